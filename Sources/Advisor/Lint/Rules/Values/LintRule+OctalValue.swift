import TCPModel

extension LintRule {
  /// A number with a leading zero.
  static let octalValue = LintRule(
    "TA016", "octal-value", .error,
    why: "The kernel reads it as octal: 060 is 48.",
    source: "proc_get_long in kernel/sysctl.c; tried on Linux 6.18",
    remedy: "Leave the leading zero out.",
    .assignments { assignment, _ in
      guard assignment.expectedNumbers != nil else { return nil }
      if let written = assignment.origin.written, isOctal(written) {
        return LintHit(
          "\(assignment.text): YAML reads \(written) as octal, and \(assignment.value) is handed on",
          remedy: "Leave the leading zero out, or write \(assignment.value).")
      }
      for word in assignment.numberWords where isOctal(word) {
        guard let number = KernelNumber.parse(word.utf8) else { continue }
        return LintHit("\(assignment.text): the kernel reads \(word) as octal, \(number)")
      }
      return nil
    }
  )

  /// Whether a leading zero makes another number of it.
  private static func isOctal(_ word: some StringProtocol) -> Bool {
    guard word.hasPrefix("0"), word.utf8.count > 1, let meant = Int(word),
      let number = KernelNumber.parse(word.utf8)
    else { return false }
    return number != meant
  }
}
