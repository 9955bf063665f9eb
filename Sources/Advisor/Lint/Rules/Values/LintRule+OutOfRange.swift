import TCPModel

extension LintRule {
  /// A number that the kernel does not accept.
  static let outOfRange = LintRule(
    "TA019", "out-of-range", .error,
    why: "The kernel refuses it (EINVAL), and the key keeps what it has.",
    source: "ranges found by writing to Linux 6.18.44; releases from the sources",
    remedy: "Write a number within the range.",
    .assignments { assignment, context in
      guard let reason = assignment.rangeObjection(in: context) else { return nil }
      return LintHit("\(assignment.text): \(reason)")
    }
  )
}

extension LintAssignment {
  fileprivate func rangeObjection(in context: LintContext) -> String? {
    guard let key, let count = expectedNumbers else { return nil }
    let numbers = numbers.prefix(count)
    if key == .ipLocalPortRange { return portObjection(numbers) }
    guard let range = range(in: context), let wrong = numbers.first(where: { !range.contains($0) })
    else { return nil }
    return "\(wrong) is refused; the kernel accepts \(range.lowerBound) to \(range.upperBound)"
  }

  /// What every kernel that is asked about refuses, or the newest.
  private func range(in context: LintContext) -> ClosedRange<Int>? {
    if let sysctl, let range = sysctl.range {
      if let since = sysctl.rangeCheckedSince, context.newest < since { return whole }
      guard sysctl.isKeptInJiffies, let tick = context.host.tickRate else { return range }
      return -(1 << 31) / tick.hertz...((1 << 31) - 1) / tick.hertz
    }
    guard let other = key.flatMap({ OtherSysctl[$0] }) else { return whole }
    // AccECN: 6.18 documents the values, and refuses them; later releases were not read.
    if key == SysctlKey("net.ipv4.tcp_ecn"), context.oldest > KernelVersion(6, 18) { return nil }
    return context.newest >= KernelVersion(5, 15) ? other.range ?? whole : whole
  }

  /// What fits into an int; tcp_mem is made of longs.
  private var whole: ClosedRange<Int>? {
    sysctl?.unit == .pages || key == SysctlKey("net.ipv4.udp_mem")
      ? nil : Int(Int32.min)...Int(Int32.max)
  }

  private func portObjection(_ numbers: ArraySlice<Int>) -> String? {
    guard let first = numbers.first else { return nil }
    if let wrong = numbers.first(where: { !(1...65535).contains($0) }) {
      return "\(wrong) is no port; the kernel accepts 1 to 65535"
    }
    if let last = numbers.dropFirst().first, last < first {
      return "the range ends before it begins, which the kernel refuses"
    }
    return first < 1024
      ? "the kernel refuses a range that begins below ip_unprivileged_port_start, 1024 by default"
      : nil
  }
}
