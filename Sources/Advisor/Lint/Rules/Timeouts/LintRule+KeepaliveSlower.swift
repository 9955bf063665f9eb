import TCPModel

extension LintRule {
  /// Probes further apart than the silence before the first.
  static let keepaliveSlower = LintRule(
    "TA049", "keepalive-slower", .note,
    why: "Between unanswered probes more time passes than before the first one; mostly the two were"
      + " mixed up.",
    source: "tcp_keepalive_timer in net/ipv4/tcp_timer.c",
    remedy: "Choose an interval shorter than tcp_keepalive_time.",
    .keys([.tcpKeepaliveIntvl]) { assignment, context in
      guard let interval = assignment.number, let time = context.number(.tcpKeepaliveTime),
        time > 0, interval > time
      else { return nil }
      return LintHit(
        "\(assignment.text): probes are further apart than the first is away, with"
          + " tcp_keepalive_time = \(time)")
    }
  )
}
