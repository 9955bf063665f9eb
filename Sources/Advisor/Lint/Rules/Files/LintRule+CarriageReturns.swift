import SysctlFiles

extension LintRule {
  /// Lines that end as in files of Windows.
  static let carriageReturns = LintRule(
    "TA007", "carriage-returns", .note,
    why:
      "Both loaders take the carriage return off; other readers take it for a part of the value.",
    source: "tried with systemd 252 and procps 4.0.2",
    remedy: "Save the file with newlines alone.",
    isFixable: true,
    .file { file, _ in
      guard file.kind == .sysctl else { return [] }
      let lines = file.text.lines.filter { $0.ending == .carriageReturnNewline }
      guard let first = lines.first else { return [] }
      let count = lines.count == 1 ? "a line ends" : "\(lines.count) lines end"
      return [
        LintHit(
          "\(count) with a carriage return before the newline",
          at: LintPlace(line: first.number, column: first.column(of: first.bytes.count)),
          fix: .lineEndings)
      ]
    }
  )
}
