import SysctlFiles
import TCPModel

extension SysctlLine {
  /// A command of a shell that stands where a setting belongs.
  struct Command {
    /// What it sets, as a line of its own; nil where it does more than that.
    let assignment: String?
  }

  private static let programs: Set<Substring> = [
    "sysctl", "sudo", "/sbin/sysctl", "/usr/sbin/sysctl", "echo", "export", "set",
  ]

  /// Nil for a line that is none.
  var command: Command? {
    guard case .malformed(let fault) = content, fault == .blankInName || fault == .noAssignment
    else { return nil }
    let text = text
    let words = text.split { $0 == " " || $0 == "\t" }
    guard words.count > 1, let first = words.first, Self.programs.contains(first) else {
      return nil
    }
    let rest = words.drop { Self.programs.contains($0) || $0.hasPrefix("-") }
    let isPlain =
      words.contains { $0.hasSuffix("sysctl") } && !text.contains { "|>;&\"'".contains($0) }
    guard isPlain, let name = rest.first else { return Command(assignment: nil) }
    let line = text[name.startIndex...]
    guard let sign = line.firstIndex(of: "=") else { return Command(assignment: nil) }
    let key = line[..<sign].trimmedBlanks
    let value = line[line.index(after: sign)...].trimmedBlanks
    let isWhole = !key.contains(" ") && !key.isEmpty && !value.contains("=")
    return Command(assignment: isWhole ? "\(key) = \(value)" : nil)
  }

  /// The whole line.
  var place: LintPlace {
    LintPlace(line: number, column: 1, endColumn: column(of: bytes.count))
  }
}

extension StringProtocol {
  /// Without the blanks at both ends.
  var trimmedBlanks: String {
    let text = drop { $0 == " " || $0 == "\t" }
    let end = text.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { String(text[...$0]) } ?? ""
  }
}
