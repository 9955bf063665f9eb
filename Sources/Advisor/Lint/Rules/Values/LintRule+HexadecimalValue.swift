import TCPModel

extension LintRule {
  /// A number in hexadecimal.
  static let hexadecimalValue = LintRule(
    "TA017", "hexadecimal-value", .note,
    why: "The kernel takes it, and hardly anybody reads it.",
    source: "proc_get_long in kernel/sysctl.c",
    remedy: "Write the number in decimal.",
    .assignments { assignment, _ in
      let isHexadecimal = { (word: Substring) in word.hasPrefix("0x") || word.hasPrefix("0X") }
      guard let word = assignment.numberWords.first(where: isHexadecimal),
        let number = KernelNumber.parse(word.utf8)
      else { return nil }
      return LintHit("\(assignment.text): that is \(number)")
    }
  )
}
