import SysctlFiles

extension LintRule {
  /// A last line without a newline.
  static let noFinalNewline = LintRule(
    "TA006", "no-final-newline", .note,
    why: "Loaders take it; what is appended with `cat >>` becomes a part of the last value.",
    source: "tried with systemd 252 and procps 4.0.2",
    remedy: "End the file with a newline.",
    isFixable: true,
    .file { file, _ in
      guard file.kind == .sysctl, let last = file.text.lines.last, last.ending == .none else {
        return []
      }
      let end = last.column(of: last.bytes.count)
      return [
        LintHit(
          "the last line has no newline", at: LintPlace(line: last.number, column: end),
          fix: .finalNewline)
      ]
    }
  )
}
