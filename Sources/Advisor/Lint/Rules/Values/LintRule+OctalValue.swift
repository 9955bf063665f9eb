import TCPModel

extension LintRule {
  /// A number with a leading zero.
  static let octalValue = LintRule(
    "TA016", "octal-value", .error,
    why: "The kernel reads it as octal: 060 is 48.",
    source: "proc_get_long in kernel/sysctl.c; tried on Linux 6.18",
    remedy: "Leave the leading zero out.",
    .assignments { assignment, _ in
      let words = assignment.expectedNumbers == nil ? [] : assignment.numberWords
      for word in words where word.hasPrefix("0") && word.utf8.count > 1 {
        guard let number = KernelNumber.parse(word.utf8), let meant = Int(word), number != meant
        else {
          continue
        }
        return LintHit("\(assignment.text): the kernel reads \(word) as octal, \(number)")
      }
      return nil
    }
  )
}
