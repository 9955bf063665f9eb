import TCPModel

extension LintRule {
  /// RACK switched off.
  static let rackOff = LintRule(
    "TA068", "rack-off", .warning,
    why: "RACK is the only way in which new kernels find losses: the bit has no effect there.",
    since: "6.18",
    source: "tcp_recovery in https://docs.kernel.org/networking/ip-sysctl.html of Linux 6.18",
    remedy: "Leave it at 1.",
    .keys([SysctlKey("net.ipv4.tcp_recovery")]) { assignment, context in
      guard let bits = assignment.number, bits & 1 == 0 else { return nil }
      let isIdle = context.newest >= KernelVersion(6, 18)
      return LintHit(
        "\(assignment.text): "
          + (isIdle
            ? "bit 0 has no effect since Linux 6.18"
            : "losses are found later, by counting duplicates"))
    }
  )
}
