package import Advisor

/// Sockets as one JSON object.
package enum SocketJSONReporter: SocketReporter {
  package static let name = "json"

  package static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void
  ) {
    JSON.answer("sockets", about: context.host, reports.json).write(to: sink)
    sink("\n")
  }
}

/// An object on a line for each socket, then for each namespace.
package enum SocketJSONLinesReporter: SocketReporter {
  package static let name = "jsonl"

  package static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void
  ) {
    for report in reports {
      report.eachSocket { sink(line($0, "socket")) }
      sink(line(report.json, "namespace"))
    }
  }

  private static func line(_ value: JSON, _ type: String) -> String {
    value.merging(["type": .string(type)]).line + "\n"
  }
}
