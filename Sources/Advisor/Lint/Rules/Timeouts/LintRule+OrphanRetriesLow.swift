import TCPModel

extension LintRule {
  /// Few retransmissions for connections that the program has closed.
  static let orphanRetriesLow = LintRule(
    "TA044", "orphan-retries-low", .warning,
    why: "What a program wrote before it closed is given up early, and nobody is told.",
    source: "tcp_orphan_retries in net/ipv4/tcp_timer.c: 0 stands for 8",
    remedy: "Leave it at 0.",
    .keys([.tcpOrphanRetries]) { assignment, context in
      guard let retries = assignment.number, (1...7).contains(retries) else { return nil }
      let end = context.end(.close, with: .tcpOrphanRetries, retries)
      return LintHit(
        "\(assignment.text): data of closed connections is given up"
          + (end.map { " after \($0.rounded)" } ?? " early") + ", while 0 stands for 8")
    }
  )
}
