package import Advisor

/// Sockets for people.
package enum SocketTextReporter: SocketReporter {
  package static let name = "text"
  package static let isPainted = true
  package static let tellsAllOptions = false

  package static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void
  ) {
    for (index, report) in reports.enumerated() {
      let document = report.document(showsAll: context.showsAll, context.programs)
      sink((index == 0 ? "" : "\n") + document.text(context.layout))
    }
  }
}
