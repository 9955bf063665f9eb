import TCPModel

extension LintRule {
  /// The longest wait cut down, the number of retransmissions not raised.
  static let rtoMaxAlone = LintRule(
    "TA043", "rto-max-alone", .warning,
    why: "As many retransmissions with shorter waits are over earlier: the sum counts.",
    since: "6.15",
    source:
      "tcp_rto_max_ms in https://docs.kernel.org/networking/ip-sysctl.html: tcp_retries2 is to be"
      + " raised with it",
    remedy: "Raise tcp_retries2 as well, or set TCP_RTO_MAX_MS on the connections concerned.",
    .keys([.tcpRtoMaxMs]) { assignment, context in
      let retries = context.number(.tcpRetries2) ?? 15
      guard let most = assignment.number, (1000..<60_000).contains(most), (1...15).contains(retries)
      else { return nil }
      let end = context.end(.send, with: [.tcpRtoMaxMs: most, .tcpRetries2: retries])
      return LintHit(
        "\(assignment.text): with tcp_retries2 = \(retries) unacknowledged data ends a connection"
          + (end.map { " after \($0.rounded)" } ?? " early"))
    }
  )
}
