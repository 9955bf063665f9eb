import TCPModel

extension LintRule {
  /// Receive buffers that do not grow.
  static let autotuningOff = LintRule(
    "TA072", "autotuning-off", .warning,
    why: "Each connection stays at the buffer that it began with, however fast its path.",
    source: "tcp_moderate_rcvbuf in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 1.",
    .keys([SysctlKey("net.ipv4.tcp_moderate_rcvbuf")]) { assignment, _ in
      guard assignment.number == 0 else { return nil }
      return LintHit("\(assignment.text): receive buffers stay as large as they begin")
    }
  )
}
