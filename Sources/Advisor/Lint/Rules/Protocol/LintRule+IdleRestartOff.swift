import TCPModel

extension LintRule {
  /// No slow start after a pause, on every path.
  static let idleRestartOff = LintRule(
    "TA062", "idle-restart-off", .note,
    why:
      "After a pause a whole window leaves at once, also onto paths that have changed meanwhile.",
    source:
      "RFC 2861; tcp_slow_start_after_idle in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Keep it to hosts whose paths are known and short of nothing.",
    .keys([SysctlKey("net.ipv4.tcp_slow_start_after_idle")]) { assignment, _ in
      guard assignment.number == 0 else { return nil }
      return LintHit(
        "\(assignment.text): after a pause connections send a burst, which suits known paths only")
    }
  )
}
