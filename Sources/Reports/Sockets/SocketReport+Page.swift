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

  /// A lane for all groups that end at the same time.
  private var ends: [Document.Section] {
    let titles: [(Scenario, RichText)] = [
      (.idle, "While idle"), (.send, "With data unacknowledged"),
    ]
    return titles.map { scenario, title in
      let ends = groups.grouped { $0.forecast(scenario)?.timeToEnd }
      return Document.Section(title, [.chart(TimelineChart(ends.compactMap(Self.lane)))])
    }
  }

  /// The end alone: what comes before differs from socket to socket. Nil where nobody knows it.
  private static func lane(_ end: TimeToEnd?, of groups: [SocketGroup]) -> Lane? {
    guard let end else { return nil }
    if case .unknown = end.ends { return nil }
    let first = groups.first.map { "\($0.program ?? "unknown process") \($0.peer.text)" } ?? ""
    let more = groups.count > 1 ? " and \((groups.count - 1).counted("other group"))" : ""
    return Lane(
      label: first + more, events: end.range.map { [Timeline.Event(.giveUp, $0)] } ?? [],
      endText: end.text)
  }
}
