import TCPModel

extension LintRule {
  /// A value below what the kernel does by itself.
  static let belowDefault = LintRule(
    "TA039", "below-default", .warning,
    why: "It was generous once; kernels have more by themselves today, and the line takes it away.",
    source: "the compiled defaults of Linux 5.10 to 7.3; tcp_init in net/ipv4/tcp.c",
    remedy: "Remove the line, or raise the value above the default.",
    .keys([.somaxconn, .rmemMax, .wmemMax, .netdevMaxBacklog, .tcpRmem, .tcpWmem]) {
      assignment, context in
      guard let value = assignment.numbers.last, value >= 0,
        let usual = assignment.usual(in: context), value < usual
      else { return nil }
      let verb = assignment.numbers.count > 1 ? "ends at" : "="
      return LintHit(
        "\(assignment.shortName) \(verb) \(value), less than the \(usual) that Linux"
          + " \(context.oldest.series) has by itself",
        severity: assignment.key == .somaxconn ? nil : .note)
    }
  )
}

extension LintAssignment {
  /// What the oldest kernel has at least, where memory is plenty.
  fileprivate func usual(in context: LintContext) -> Int? {
    switch key {
    case SysctlKey.tcpRmem: numbers.count == 3 ? 6_291_456 : nil
    case SysctlKey.tcpWmem: numbers.count == 3 ? 4_194_304 : nil
    default: sysctl?.defaultValue(in: context.oldest).flatMap { Int($0) }
    }
  }
}
