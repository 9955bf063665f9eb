import NetAddress
package import Observations
import TCPModel

/// Probed addresses as a textfile for Prometheus' node exporter.
///
/// An address that stands there twice is one, with the rounds of both: a series that comes twice
/// makes the exporter refuse the whole file.
package struct PrometheusText: Sendable {
  private let rows: [ProbedAddress]
  /// The address of each row as text; empty for a name that has none.
  private let addresses: [String]
  /// Those of one series lie beside each other.
  private let order: [Int]

  package init(_ rows: [ProbedAddress]) {
    let addresses = rows.map { $0.endpoint?.description ?? "" }
    (self.rows, self.addresses) = (rows, addresses)
    order = rows.indices.sorted {
      (rows[$0].target, addresses[$0]) < (rows[$1].target, addresses[$1])
    }
  }

  /// - Parameter sink: takes the text part by part, as it may be longer than one wants to have in
  ///   memory.
  package func write(to sink: (String) -> Void) {
    for family in Self.families {
      var gauge = PrometheusGauge("tcpadvisor_probe_\(family.name)", family.help)
      eachRow { row, address in
        for sample in family.samples(row) {
          let series = gauge.series(
            [("target", row.target), ("address", address)] + sample.labels)
          sink(gauge.line(series, sample.value))
        }
      }
    }
  }

  /// - Parameter body: takes a row with the rounds of all of its series, and its address as text.
  private func eachRow(_ body: (ProbedAddress, String) -> Void) {
    var rest = order[...]
    while let first = rest.popFirst() {
      var row = rows[first]
      while let next = rest.first, rows[next].target == row.target,
        addresses[next] == addresses[first]
      {
        row.rounds += rows[next].rounds
        rest.removeFirst()
      }
      body(row, addresses[first])
    }
  }

  private struct Family {
    let name, help: String
    let samples: (ProbedAddress) -> [(labels: [(String, String)], value: String)]

    /// One sample for each row that has the time.
    static func time(
      _ name: String, _ help: String, _ time: @escaping (ProbedAddress) -> Duration?
    ) -> Family {
      Family(name: name, help: help) { row in time(row).map { [([], $0.decimalSeconds)] } ?? [] }
    }

    /// One sample for each outcome.
    static func outcomes(
      _ name: String, _ help: String,
      _ count: @escaping (ProbedAddress, ConnectOutcome.Kind) -> Int?
    ) -> Family {
      Family(name: name, help: help) { row in
        ConnectOutcome.Kind.allCases.compactMap { kind in
          count(row, kind).map { ([("outcome", kind.rawValue)], "\($0)") }
        }
      }
    }
  }

  private static var families: [Family] {
    [
      Family(name: "expected", help: "Whether every round was as expected.") { row in
        [([], row.isExpected ? "1" : "0")]
      },
      .outcomes("outcome", "1 for the outcome it had, 0 for the others.") { row, kind in
        row.result.outcome.kind == kind ? 1 : 0
      },
      .time("seconds", "From connect() to its outcome.") { $0.result.connectTime },
      .time("handshake_seconds", "Round trip of the handshake.") { $0.result.roundTrip },
      .time("resolution_seconds", "How long the name took.") { $0.resolution },
      Family(name: "loss_ratio", help: "Share of the rounds without any answer.") { row in
        RoundStatistics(row.rounds).loss.map { [([], share($0))] } ?? []
      },
      .outcomes("rounds", "How many rounds had each outcome.") { row, kind in
        row.statistics.map { $0.counts[kind] ?? 0 }
      },
      .time("min_seconds", "Shortest of the rounds that were answered.") {
        $0.statistics?.times?.least
      },
      .time("median_seconds", "Median of the rounds that were answered.") {
        $0.statistics?.times?.median
      },
      .time("p95_seconds", "95 of 100 answered rounds took no longer.") {
        $0.statistics?.times?.p95
      },
    ]
  }

  /// Without an exponent.
  private static func share(_ share: Double) -> String {
    Duration.nanoseconds(Int64(share * 1e9 + 0.5)).decimalSeconds
  }
}
