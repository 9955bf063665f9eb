import SysctlFiles

extension LintRule {
  /// NULs or carriage returns within lines.
  static let controlBytes = LintRule(
    "TA005", "control-bytes", .error,
    why: "Loaders part a line there, or cut it off, each in its own way.",
    source: "src/basic/fileio.c of systemd 252; sysctl.c of procps-ng 4.0.2",
    remedy: "Remove the bytes, or the file if it is no text.",
    .file { file, _ in
      guard file.kind == .sysctl else { return [] }
      let lines = file.text.lines.filter { $0.content == .malformed(.innerBreak) }
      guard let first = lines.first else { return [] }
      let byte = first.bytes.firstIndex { $0 == 0 || $0 == 0x0d } ?? first.bytes.startIndex
      let kind = first.bytes[byte] == 0 ? "a NUL" : "a carriage return"
      let others = lines.count - 1
      let rest =
        others == 0 ? "" : others == 1 ? ", and so does another" : ", and so do \(others) more"
      return [
        LintHit(
          "the line holds \(kind)\(rest)",
          at: LintPlace(
            line: first.number, column: first.column(of: byte - first.bytes.startIndex)))
      ]
    }
  )
}
