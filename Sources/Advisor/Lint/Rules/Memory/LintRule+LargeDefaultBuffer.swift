import TCPModel

extension LintRule {
  /// Every socket begins with a large buffer.
  static let largeDefaultBuffer = LintRule(
    "TA071", "large-default-buffer", .warning,
    why: "The number in the middle is what each socket begins with; the last one is how far it may"
      + " grow by itself.",
    source: "tcp_rmem and tcp_wmem in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy:
      "Leave the number in the middle at 131072 (tcp_rmem) or 16384 (tcp_wmem), and raise the last.",
    .keys([.tcpRmem, .tcpWmem]) { assignment, _ in
      let numbers = assignment.numbers
      guard numbers.count == 3, numbers[1] >= 1 << 20 else { return nil }
      return LintHit(
        "\(assignment.shortName): each socket begins with \(numbers[1]) bytes, whether it needs them or"
          + " not")
    }
  )
}
