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
      // What a namespace does not have says another rule.
      guard !assignment.origin.onlyRaises, let value = assignment.numbers.last, value >= 0,
        let key = assignment.key,
        !assignment.target.isNamespace || assignment.absence(of: key, in: context) == nil,
        let usual = assignment.usual(in: context), value < usual.value
      else { return nil }
      let verb = assignment.numbers.count > 1 ? "ends at" : "="
      return LintHit(
        "\(assignment.shortName) \(verb) \(value), less than the \(usual.value) that Linux"
          + " \(context.oldest.series) has by itself\(usual.condition)",
        severity: assignment.key == .somaxconn ? nil : .note)
    }
  )
}

extension LintAssignment {
  /// What the oldest kernel has at least, and on what condition.
  fileprivate func usual(in context: LintContext) -> (value: Int, condition: String)? {
    guard let most = key.flatMap({ Sysctl.largestBuffer(of: $0, in: context.oldest) }) else {
      return sysctl?.defaultValue(in: context.oldest).flatMap { Int($0) }.map { ($0, "") }
    }
    guard numbers.count == 3 else { return nil }
    return (most.bytes, ", given \(most.memory >> 20) MiB of free memory at boot")
  }
}
