package import Advisor
import NetAddress
import Observations
import TCPModel

/// Comma-separated values, a row for each socket.
package enum SocketCSVReporter: SocketReporter {
  package static let name = "csv"

  private static let scenarios: [Scenario] = [.idle, .send, .zeroWindow, .close]

  package static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void
  ) {
    let times = scenarios.flatMap { scenario -> [String] in
      let name = String(scenario.rawValue.map { $0 == "-" ? "_" : $0 })
      return ["\(name)_ends", "\(name)_earliest_seconds", "\(name)_latest_seconds"]
    }
    sink(
      CSV.line(
        [
          "netns", "state", "local", "remote", "process", "pid", "fd", "uid",
        ] + SocketOption.all.map(\.fieldName) + ["options_unknown_because"] + times + [
          "waits_for", "unanswered", "ends_in_earliest_seconds", "ends_in_latest_seconds", "errno",
        ]))
    for report in reports {
      for socket in report.sockets { sink(CSV.line(cells(of: socket, in: report))) }
    }
  }

  private static func cells(of judged: JudgedSocket, in report: SocketReport) -> [String] {
    let (socket, table) = (judged.socket, judged.socket.table)
    let owner = socket.owner
    let options = SocketOption.all.map { option in
      socket.readings?.options[option].map { "\($0)" } ?? ""
    }
    let times = scenarios.flatMap { span(judged.forecast($0)?.timeToEnd) }
    return [
      report.namespace.id ?? "", table.state.name, table.local.description,
      table.remote.description, judged.program ?? "", owner.map { "\($0.process)" } ?? "",
      owner.map { "\($0.descriptor)" } ?? "", "\(table.user)",
    ] + options + [socket.optionsUnknown?.text ?? ""] + times + waiting(judged.ongoing)
  }

  private static func span(_ time: TimeToEnd?) -> [String] {
    guard let time else { return ["", "", ""] }
    return [
      time.ends.name, time.range?.earliest.decimalSeconds ?? "",
      time.ends == .always ? time.range?.latest.decimalSeconds ?? "" : "",
    ]
  }

  private static func waiting(_ ongoing: OngoingScenario?) -> [String] {
    guard let ongoing else { return ["", "", "", "", ""] }
    let ends = span(ongoing.progress?.remaining).dropFirst()
    return [ongoing.scenario.rawValue, "\(ongoing.unanswered)"] + ends + [
      ongoing.timeline.errno ?? ""
    ]
  }
}
