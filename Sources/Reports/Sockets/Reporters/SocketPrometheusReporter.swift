package import Advisor
import NetAddress
import Observations
import TCPModel

/// A textfile for Prometheus' node exporter: by groups of connections, not by sockets, so that there
/// are few series and they stay.
package enum SocketPrometheusReporter: SocketReporter {
  package static let name = "prometheus"
  package static let tellsAllOptions = false

  fileprivate struct Family {
    let name, help: String
    let samples: (SocketReport) -> [(labels: [(String, String)], value: String)]
  }

  package static func write(
    _ reports: [SocketReport], _ context: SocketReportContext, to sink: (String) -> Void
  ) {
    for family in families {
      var gauge = PrometheusGauge("tcpadvisor_sockets_\(family.name)", family.help)
      var seen: Set<String> = []
      for report in reports {
        for sample in family.samples(report) {
          let place = [("netns", report.namespace.name ?? report.namespace.id ?? "")]
          let series = gauge.series(place + sample.labels)
          // A series that comes twice makes the exporter refuse the whole file.
          guard seen.insert(series).inserted else { continue }
          sink(gauge.line(series, sample.value))
        }
      }
    }
  }

  private static var families: [Family] {
    [
      Family(name: "state", help: "Sockets by their state.") { report in
        TCPState.allCases.map { state in
          let count = report.sockets.count { $0.socket.table.state == state }
          return ([("state", state.name)], "\(count)")
        }
      },
      Family(name: "connections", help: "Connections of a program to a peer with the same options.")
      {
        $0.groups.map { ($0.labels, "\($0.sockets.count)") }
      },
      Family(name: "waiting", help: "Those of them whose peer does not answer now.") {
        $0.groups.map { ($0.labels, "\($0.waiting)") }
      },
      Family(
        name: "idle_never_noticed",
        help: "1 where a peer that is silently gone would never be noticed while idle."
      ) { $0.groups.map { ($0.labels, $0.mayHangForever ? "1" : "0") } },
      .latest(
        .idle, "idle", "Longest time until a peer that is silently gone is noticed while idle."),
      .latest(.send, "send", "Longest time until it is noticed while data is unacknowledged."),
      Family(name: "accept_queue", help: "Connections that wait to be accepted.") {
        $0.listeners.map { ($0.labels, "\($0.waiting)") }
      },
      Family(name: "accept_queue_limit", help: "How many may wait to be accepted.") {
        $0.listeners.map { ($0.labels, "\($0.limit)") }
      },
      Family(name: "missed", help: "Objectives of profiles that live connections miss.") { report in
        report.findings.isEmpty
          ? [] : [([], "\(report.findings.count(where: \.finding.isMissed))")]
      },
    ]
  }
}

extension SocketPrometheusReporter.Family {
  /// One sample for each group where the end has a latest time.
  fileprivate static func latest(_ scenario: Scenario, _ name: String, _ help: String) -> Self {
    Self(name: "\(name)_latest_seconds", help: help) { report in
      report.groups.compactMap { group in
        guard let time = group.forecast(scenario)?.timeToEnd, time.ends == .always,
          let latest = time.range?.latest
        else { return nil }
        return (group.labels, latest.decimalSeconds)
      }
    }
  }
}

extension SocketGroup {
  fileprivate var labels: [(String, String)] {
    [("process", program ?? ""), ("peer", peer.text), ("basis", basis.text)]
  }
}

extension ListenerState {
  fileprivate var labels: [(String, String)] {
    [
      ("process", listener.program ?? ""),
      ("local", listener.socket.table.local.description),
    ]
  }
}
