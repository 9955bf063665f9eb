import SysctlFiles

/// Mends what can be mended without changing what a file means for the worse.
package struct LintFixer {
  private let linter: Linter

  package init(_ linter: Linter) { self.linter = linter }

  /// Returns the bytes of a sysctl file with all that can be mended; the same where nothing can.
  package func fixed(_ file: LintFile) -> [UInt8] {
    guard file.kind == .sysctl else { return file.text.bytes }
    var file = file
    // What one fix lays bare may be mended by another: a quoted value with a mark before it.
    for _ in 0..<10 {
      let fixes = linter.findings(in: LintGroup([file])).filter { $0.suppression == nil }
        .filter(isHarmless).compactMap(\.fix)
      let bytes = Self.applying(fixes, to: file.text)
      if bytes == file.text.bytes { break }
      file = file.holding(bytes)
    }
    return file.text.bytes
  }

  /// Whether a mended line sets nothing that one would be warned of: before, it set nothing at all.
  private func isHarmless(_ finding: LintFinding) -> Bool {
    guard finding.rule.severity == .error, case .line(_, let lines)? = finding.fix else {
      return true
    }
    let text = lines.joined(separator: "\n")
    let mended = LintFile(sysctls: Array(text.utf8), path: "")
    return linter.findings(in: LintGroup([mended])).allSatisfy { $0.severity == .note }
  }

  private static func applying(_ fixes: [LintFix], to text: SysctlFile) -> [UInt8] {
    let lines = Dictionary(
      fixes.compactMap { fix -> (Int, [String])? in
        if case .line(let number, let lines) = fix { (number, lines) } else { nil }
      }
    ) { first, _ in first }
    var bytes: [UInt8] = []
    for line in text.lines {
      let isReturned = line.ending == .carriageReturnNewline && !fixes.contains(.lineEndings)
      let ending = line.ending == .none ? "" : isReturned ? "\r\n" : "\n"
      if let changed = lines[line.number], String(validating: line.bytes, as: UTF8.self) != nil {
        bytes += changed.joined(separator: isReturned ? "\r\n" : "\n").utf8
      } else {
        bytes += line.bytes
      }
      bytes += ending.utf8
    }
    if fixes.contains(.byteOrderMark) { bytes = Array(bytes[...].withoutByteOrderMark) }
    if fixes.contains(.finalNewline), !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
    return bytes
  }
}
