package import TCPModel

/// Probed addresses for monitoring.
package enum ProbeMetrics {
  /// A textfile for Prometheus' node exporter.
  package static func prometheus(_ rows: [ProbedAddress]) -> String {
    family("expected", "Whether the outcome was the expected one.", rows) { row in
      (labels(row) + [("outcome", row.result.outcome.kind.rawValue)], row.isExpected ? "1" : "0")
    }
      + family("seconds", "From connect() to its outcome.", rows) { row in
        (labels(row), "\(row.result.time.seconds)")
      }
      + family("loss_ratio", "Share of the rounds without an answer.", rows) { row in
        (labels(row), "\(RoundStatistics(row.rounds).loss)")
      }
  }

  private static func labels(_ row: ProbedAddress) -> [(String, String)] {
    [("target", row.target), ("address", row.address ?? "")]
  }

  private static func family(
    _ name: String, _ help: String, _ rows: [ProbedAddress],
    _ sample: (ProbedAddress) -> ([(String, String)], String)
  ) -> String {
    let name = "tcpadvisor_probe_\(name)"
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
      + rows.map { row in
        let (labels, value) = sample(row)
        let list = labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
        return "\(name){\(list)} \(value)\n"
      }.joined()
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if character == "\\" || character == "\"" { escaped += "\\" }
      escaped.append(character)
    }
    return escaped
  }

  /// The line of a Nagios plug-in.
  package static func nagios(_ tally: ProbeTally) -> String {
    let kinds = ConnectOutcome.Kind.allCases
    let sums = kinds.compactMap { kind in tally.counts[kind].map { "\($0) \(kind.text)" } }
    let word = tally.addresses == 0 ? "UNKNOWN" : tally.unexpected == 0 ? "OK" : "CRITICAL"
    let data = kinds.map { "'\($0.rawValue)'=\(tally.counts[$0] ?? 0)" }
    let time = tally.statistics.map { " 'median'=\($0.median.seconds)s" } ?? ""
    let text = sums.isEmpty ? "nothing was connected to" : sums.joined(separator: ", ")
    return "PROBE \(word) - \(text) | \(data.joined(separator: " "))\(time)"
  }
}
