import TCPModel

extension LintRule {
  /// Retransmissions of the whole host below what RFC 1122 wants.
  static let retries2Low = LintRule(
    "TA042", "retries2-low", .warning,
    why: "A short change of routes ends every connection of the host that is sending.",
    source: "RFC 1122, 4.2.3.5: R2 is at least 100 s; simulated, and measured on Linux 6.18",
    remedy: "Set TCP_USER_TIMEOUT on the connections concerned; host-wide at least 8.",
    .keys([.tcpRetries2]) { assignment, context in
      guard let retries = assignment.number, (1...7).contains(retries) else { return nil }
      let end = context.end(.send, with: .tcpRetries2, retries)
      return LintHit(
        "\(assignment.text): unacknowledged data ends a connection"
          + (end.map { " after \($0.rounded)" } ?? " early") + ", on every path of the host")
    }
  )
}
