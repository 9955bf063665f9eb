import TCPModel

extension LintRule {
  /// A time or a count of nothing, or less.
  static let zeroOrNegative = LintRule(
    "TA021", "zero-or-negative", .error,
    why: "The kernel takes it without a word: connections end at once, or behave as nobody has"
      + " described.",
    source: "written to Linux 6.18.44; tcp_write_timeout and tcp_keepalive_timer",
    remedy: "Write a positive number, or leave the key alone.",
    .keys(
      [
        .tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpFinTimeout, .tcpKeepaliveProbes, .tcpRetries2,
        .tcpSynackRetries,
      ]
    ) { assignment, _ in
      guard let number = assignment.number, number <= 0 else { return nil }
      return LintHit("\(assignment.text): the kernel accepts it, and no connection is served by it")
    }
  )
}
