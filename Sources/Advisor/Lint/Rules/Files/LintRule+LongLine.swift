import SysctlFiles

extension LintRule {
  /// A line that ends what systemd-sysctl reads.
  static let longLine = LintRule(
    "TA010", "long-line", .warning,
    why: "systemd-sysctl reads a file up to its first line of 1 MiB (LONG_LINE_MAX).",
    source: "src/basic/fileio.h of systemd 252",
    remedy: "Break the line, or remove it.",
    .file { file, _ in
      guard file.kind == .sysctl,
        let line = file.text.lines.first(where: { $0.bytes.count >= 1 << 20 })
      else { return [] }
      return [
        LintHit(
          "systemd-sysctl reads neither this line of \(line.bytes.count) bytes nor what follows it",
          at: LintPlace(line: line.number))
      ]
    }
  )
}
