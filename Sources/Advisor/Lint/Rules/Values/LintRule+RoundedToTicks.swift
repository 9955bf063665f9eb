import TCPModel

extension LintRule {
  /// Milliseconds that a kernel rounds up.
  static let roundedToTicks = LintRule(
    "TA022", "rounded-to-ticks", .note,
    why:
      "The kernel keeps whole ticks: 250 ms is read back as 252 ms at 250 ticks a second, and drift"
      + " checks never rest.",
    source: "tried on Linux 6.18 with HZ=250",
    remedy: "Write a multiple of the tick: 4 ms at 250 ticks a second, 10 ms at 100.",
    .assignments { assignment, context in
      guard assignment.sysctl?.readBack == .inTicks || assignment.isRounded,
        let number = assignment.number, number > 0
      else { return nil }
      let tick = 1000 / (context.host.tickRate?.hertz ?? 250)
      guard tick > 1, number % tick != 0 else { return nil }
      return LintHit(
        "\(assignment.text): read back as \((number + tick - 1) / tick * tick) at"
          + " \(1000 / tick) ticks a second")
    }
  )
}

extension LintAssignment {
  private static let rounded: Set<SysctlKey> = [
    SysctlKey("net.ipv4.icmp_ratelimit"), SysctlKey("net.ipv4.tcp_invalid_ratelimit"),
  ]

  fileprivate var isRounded: Bool { key.map(Self.rounded.contains) ?? false }
}
