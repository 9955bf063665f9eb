import TCPModel

extension LintRule {
  /// TIME-WAIT ports to be taken over, without timestamps.
  static let timeWaitReuseIdle = LintRule(
    "TA052", "time-wait-reuse-idle", .warning,
    why:
      "A port is taken over only where both sides have timestamps: without them the setting has no"
      + " effect.",
    source: "tcp_twsk_unique in net/ipv4/tcp_ipv4.c",
    remedy: "Leave tcp_timestamps at 1.",
    .keys([.tcpTwReuse]) { assignment, context in
      guard let mode = assignment.number, mode > 0, context.number(.tcpTimestamps) == 0 else {
        return nil
      }
      return LintHit("\(assignment.text) has no effect with tcp_timestamps = 0")
    }
  )
}
