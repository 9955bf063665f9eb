extension LintRule {
  /// A value between quotation marks.
  static let quotedValue = LintRule(
    "TA015", "quoted-value", .error,
    why: "Sysctl files know no quotation marks: they are written to the kernel with the value.",
    source: "tried with systemd 252 and procps 4.0.2",
    remedy: "Leave the quotation marks out.",
    isFixable: true,
    .assignments { assignment, _ in
      guard assignment.isQuoted else { return nil }
      let value = assignment.value.dropFirst().dropLast()
      return LintHit(
        "\(assignment.text): the quotation marks are a part of the value",
        fix: .line(assignment.place.line, [assignment.line(with: value)]))
    }
  )
}
