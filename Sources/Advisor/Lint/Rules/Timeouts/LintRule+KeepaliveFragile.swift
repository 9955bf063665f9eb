import TCPModel

extension LintRule {
  /// A single lost probe ends connections.
  static let keepaliveFragile = LintRule(
    "TA048", "keepalive-fragile", .warning,
    why: "With one probe, the loss of one packet ends every idle connection that has SO_KEEPALIVE.",
    source: "tcp_keepalive_timer in net/ipv4/tcp_timer.c",
    remedy: "Ask for at least 3 probes.",
    .keys([.tcpKeepaliveProbes]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit("\(assignment.text): one lost packet ends an idle connection")
    }
  )
}
