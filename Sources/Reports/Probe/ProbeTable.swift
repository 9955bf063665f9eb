import NetAddress
package import Observations
import TCPModel

/// Probed addresses as comma-separated values (RFC 4180).
package enum ProbeTable {
  package static let header = CSV.line(
    [
      "target", "address", "outcome", "errno", "seconds", "expected", "handshake_seconds",
      "syn_retransmissions", "icmp", "icmp_from", "resolution_seconds", "rounds", "answers",
      "min_seconds", "median_seconds", "p95_seconds", "reason", "times_of", "interrupted",
    ] + ConnectOutcome.Kind.allCases.map { column($0) })

  /// For example `timed_out_rounds`.
  private static func column(_ kind: ConnectOutcome.Kind) -> String {
    String(kind.rawValue.map { $0 == "-" ? "_" : $0 }) + "_rounds"
  }

  package static func line(for row: ProbedAddress) -> String {
    let result = row.result
    let statistics = row.statistics
    let all = RoundStatistics(row.rounds)
    var reason = ""
    if case .unresolved(let because) = result.outcome { reason = because }
    if case .localError(let call, _) = result.outcome { reason = call }
    return CSV.line(
      [
        row.target, row.endpoint?.description ?? "", result.outcome.kind.rawValue,
        result.outcome.errno ?? "",
        number(result.connectTime), row.isExpected ? "yes" : "no", number(result.roundTrip),
        result.retransmissions.map { "\($0)" } ?? "",
        result.report.map { "\($0.type)/\($0.code)" } ?? "",
        result.report?.sender?.description ?? "",
        number(row.resolution), "\(row.rounds.count)",
        "\(all.answers)", number(statistics?.times?.least),
        number(statistics?.times?.median), number(statistics?.times?.p95), reason,
        statistics?.timed?.rawValue ?? "", result.isInterrupted || row.isCutShort ? "yes" : "no",
      ] + ConnectOutcome.Kind.allCases.map { "\(all.counts[$0] ?? 0)" })
  }

  private static func number(_ time: Duration?) -> String { time?.decimalSeconds ?? "" }
}
