extension LintRule {
  /// A remark behind a value.
  static let textAfterValue = LintRule(
    "TA013", "text-after-value", .warning,
    why: "Sysctl files know remarks on lines of their own only; for a number the kernel drops what"
      + " follows the first blank.",
    source: "proc_get_long in kernel/sysctl.c; tried on Linux 6.18",
    remedy: "Put the remark on the line above.",
    isFixable: true,
    .assignments { assignment, _ in
      guard let remark = assignment.remark,
        let count = assignment.words.firstIndex(where: {
          $0.startIndex == remark.startIndex
        })
      else { return nil }
      let value = assignment.words.prefix(count).joined(separator: " ")
      let note = remark.drop { "#;/ \t".contains($0) }
      let lines = (note.isEmpty ? [] : ["# \(note)"]) + [assignment.line(with: value)]
      return LintHit(
        "“\(remark.prefix(40))” is a part of the value; the kernel reads \(value) by luck",
        fix: .line(assignment.place.line, lines))
    }
  )
}
