import TCPModel

extension LintRule {
  /// tcp_rfc1337 set as hardening.
  static let rfc1337 = LintRule(
    "TA063", "rfc1337", .note,
    why: "It touches connections in TIME-WAIT alone: with 1 a reset does not end them.",
    source: "tcp_timewait_state_process in net/ipv4/tcp_minisocks.c",
    remedy: "Nothing has to be done; it neither hardens nor harms much.",
    .keys([SysctlKey("net.ipv4.tcp_rfc1337")]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit("\(assignment.text): resets no longer end TIME-WAIT; nothing else changes")
    }
  )
}
