import SysctlFiles

extension LintRule {
  /// A mark of UTF-8 at the beginning of a file.
  static let byteOrderMark = LintRule(
    "TA004", "byte-order-mark", .error,
    why:
      "Loaders take the mark for a part of the first name: that key is not found, and procps exits"
      + " with 1.",
    source: "tried with systemd 252 and procps 4.0.2",
    remedy: "Save the file as UTF-8 without a mark.",
    isFixable: true,
    .file { file, _ in
      guard file.kind == .sysctl, let first = file.text.lines.first,
        first.bytes.withoutByteOrderMark.count < first.bytes.count
      else { return [] }
      return [
        LintHit(
          "the file begins with a byte order mark, which loaders take for a part of the first line",
          at: LintPlace(line: 1), fix: .byteOrderMark)
      ]
    }
  )
}
