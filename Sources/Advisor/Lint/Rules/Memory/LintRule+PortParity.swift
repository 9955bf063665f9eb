import TCPModel

extension LintRule {
  /// A range of ports whose ends are both odd or both even.
  static let portParity = LintRule(
    "TA076", "port-parity", .note,
    why:
      "connect() prefers one parity and bind() the other: with ends of different parity both have"
      + " as many.",
    since: "4.2",
    source:
      "ip_local_port_range in https://docs.kernel.org/networking/ip-sysctl.html; the kernel logs"
      + " “prefer different parity”",
    remedy: "Move one end by one.",
    .keys([.ipLocalPortRange]) { assignment, _ in
      let numbers = assignment.numbers
      guard numbers.count >= 2, (numbers[0] + numbers[1]) % 2 == 0, numbers[0] < numbers[1] else {
        return nil
      }
      return LintHit("\(assignment.text): both ends are \(numbers[0] % 2 == 0 ? "even" : "odd")")
    }
  )
}
