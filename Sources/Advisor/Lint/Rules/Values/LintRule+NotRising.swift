import TCPModel

extension LintRule {
  /// Numbers that ought to rise and fall.
  static let notRising = LintRule(
    "TA020", "not-rising", .error,
    why: "The kernel takes them as they are: least, default and most then contradict each other.",
    source:
      "tcp_rmem and tcp_mem in https://docs.kernel.org/networking/ip-sysctl.html; tried on Linux"
      + " 6.18",
    remedy: "Write the least first and the most last.",
    .keys([.tcpRmem, .tcpWmem, .tcpMem, SysctlKey("net.ipv4.udp_mem")]) { assignment, _ in
      let numbers = assignment.numbers.prefix(3)
      guard numbers.count == 3, zip(numbers, numbers.dropFirst()).contains(where: >) else {
        return nil
      }
      return LintHit("\(assignment.text): the numbers fall, and the kernel does not object")
    }
  )
}
