import SysctlFiles
import TCPModel

extension LintFile {
  /// Reads NixOS attributes: `boot.kernel.sysctl."net.ipv4.tcp_syncookies" = 1;`, in a set or alone.
  package init(nix bytes: [UInt8], path: String) {
    let assignments = SysctlFile(parsing: bytes).lines.compactMap { line -> LintAssignment? in
      // Bytes first: most lines have no quotation mark.
      guard line.bytes.contains(UInt8(ascii: "\"")), line.content != .comment else { return nil }
      return Self.attribute(in: line.text, line: line.number)
    }
    self.init(other: bytes, path: path, assignments)
  }

  private static func attribute(in text: String, line: Int) -> LintAssignment? {
    let parts = text.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, LintAssignment.isName(parts[1]), !parts[0].contains("#") else {
      return nil
    }
    let rest = parts[2].trimmedBlanks
    guard rest.hasPrefix("="), let value = value(rest.dropFirst()) else { return nil }
    let column = parts[0].unicodeScalars.count + 2
    let place = LintPlace(
      line: line, column: column, endColumn: column + parts[1].unicodeScalars.count)
    return LintAssignment(String(parts[1]), value, at: place)
  }

  /// What an expression is as NixOS writes it down; nil for what is computed.
  private static func value(_ text: Substring) -> String? {
    let expression = text.prefix { $0 != ";" && $0 != "#" }.trimmedBlanks
    let last = expression.split { $0 == " " || $0 == "(" || $0 == ")" }.last ?? ""
    if let start = expression.firstIndex(of: "\""), expression.last == "\"" {
      let value = expression[expression.index(after: start)...].dropLast()
      return LintAssignment.isTemplate(value) ? nil : String(value)
    }
    switch last {
    case "true": return "1"
    case "false": return "0"
    default: return Int(last) == nil ? nil : String(last)
    }
  }
}
