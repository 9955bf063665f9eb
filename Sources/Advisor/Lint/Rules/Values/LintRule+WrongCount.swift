import TCPModel

extension LintRule {
  /// Fewer or more numbers than a key has.
  static let wrongCount = LintRule(
    "TA018", "wrong-count", .warning,
    why: "The kernel sets as many as there are and drops the rest, in silence.",
    source: "proc_dointvec in kernel/sysctl.c; tried on Linux 6.18",
    remedy: "Write as many numbers as the key has.",
    .assignments { assignment, _ in
      guard let count = assignment.expectedNumbers, assignment.remark == nil, !assignment.isQuoted,
        !assignment.words.isEmpty, assignment.words.count != count,
        assignment.refusedWord == nil
      else { return nil }
      let given = assignment.words.count
      let sentence =
        given < count
        ? "\(count) numbers are needed, and the last \(count - given == 1 ? "one keeps" : "\(count - given) keep") what is there"
        : "\(count == 1 ? "one number is" : "\(count) numbers are") needed, and the kernel drops what follows"
      return LintHit("\(assignment.text): \(sentence)")
    }
  )
}
