import SysctlFiles

extension LintRule {
  /// Blanks between the leading `-` and the name.
  static let hyphenApart = LintRule(
    "TA003", "hyphen-apart", .warning,
    why:
      "procps takes the blank for a part of the name and skips the line; systemd-sysctl does not.",
    source: "sysctl.c of procps-ng 4.0.2",
    remedy: "Write the `-` at the name.",
    isFixable: true,
    .lines { line in
      guard case .statement(let statement) = line.content, statement.isNameApart else { return nil }
      let value = statement.value.map { " = \($0.text)" } ?? ""
      return LintHit(
        "the `-` stands apart from \(statement.name.text), which procps does not understand",
        at: line.place, fix: .line(line.number, ["-\(statement.name.text)\(value)"]))
    }
  )
}
