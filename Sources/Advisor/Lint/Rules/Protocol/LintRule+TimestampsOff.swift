import TCPModel

extension LintRule {
  /// TCP timestamps switched off.
  static let timestampsOff = LintRule(
    "TA057", "timestamps-off", .warning,
    why:
      "Old segments are no longer told from new ones (PAWS), round trips are measured less often,"
      + " and tcp_tw_reuse is idle.",
    since: "4.10 (random offsets)",
    source: "RFC 7323; tcp_timestamps in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 1: offsets are random for each connection since Linux 4.10.",
    .keys([.tcpTimestamps]) { assignment, _ in
      guard assignment.number == 0 else { return nil }
      return LintHit(
        "\(assignment.text) gives up protection against old segments and the measurement of round trips"
      )
    }
  )
}
