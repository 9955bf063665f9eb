import TCPModel

extension LintRule {
  /// Strict filtering by the way back, on all interfaces.
  static let strictReversePath = LintRule(
    "TA077", "strict-reverse-path", .note,
    why:
      "The stricter of `all` and the interface counts: with 1 hosts with several ways drop packets"
      + " that come by another one.",
    source:
      "rp_filter in https://docs.kernel.org/networking/ip-sysctl.html; systemd sets 2 for each"
      + " interface",
    remedy: "Set 2 (loose), unless each interface has the only way to its networks.",
    .keys([SysctlKey("net.ipv4.conf.all.rp_filter")]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit(
        "conf.all.rp_filter = 1 holds for each interface that asks for less, and drops what comes by another"
          + " way than answers go")
    }
  )
}
