package import Advisor
import NetAddress
import Observations
import TCPModel

extension SocketReport {
  /// The report with room for more than a terminal has: everything, the ends drawn on one axis, and
  /// the groups as a table that can be sorted.
  package func page(_ programs: [KnownProgram]) -> Document {
    let sections = document(showsAll: true, programs).sections
    return Document(Array(sections.prefix(1)) + [overview] + ends + sections.dropFirst())
  }

  /// What heads the page of all namespaces.
  package static func title(of reports: [SocketReport]) -> String {
    let kernel = reports.first.map { " on \($0.namespace.settings.kernelName)" } ?? ""
    return "TCP sockets\(kernel)"
  }

  private var overview: Document.Section {
    var table = Document.Table(
      groups.map { group -> [RichText] in
        [
          RichText(group.program ?? "unknown process"), RichText(group.peer.text),
          "\(group.sockets.count)", "\(group.status)",
          RichText(group.forecast(.idle)?.timeToEnd.text ?? ""),
          RichText(group.forecast(.send)?.timeToEnd.text ?? ""),
        ]
      })
    table.header = ["program", "peer", "connections", "status", "idle", "data unacknowledged"]
    return Document.Section("Until a peer that is gone is noticed", [.table(table)])
  }

  /// So many lanes are taken in at one look.
  private static let mostLanes = 24

  private var ends: [Document.Section] {
    let titles: [(Scenario, RichText)] = [
      (.idle, "While idle"), (.send, "With data unacknowledged"),
    ]
    return titles.map { scenario, title in
      let lanes = groups.prefix(Self.mostLanes).compactMap { $0.lane(scenario) }
      let more = groups.count - lanes.count
      let notes: [RichText] = more > 0 && !lanes.isEmpty ? ["the first \(lanes.count) groups"] : []
      return Document.Section(title, [.chart(TimelineChart(lanes)), .notes(notes)])
    }
  }
}

extension SocketGroup {
  /// Its end alone: what comes before differs from socket to socket.
  fileprivate func lane(_ scenario: Scenario) -> Lane? {
    guard let end = forecast(scenario)?.timeToEnd else { return nil }
    if case .unknown = end.ends { return nil }
    let events = end.range.map { [Timeline.Event(.giveUp, $0)] } ?? []
    return Lane(
      label: "\(program ?? "unknown process") \(peer.text)", events: events, endText: end.text)
  }
}
