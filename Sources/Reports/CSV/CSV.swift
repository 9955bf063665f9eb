/// Comma-separated values (RFC 4180), with line feeds.
enum CSV {
  static func line(_ cells: [String]) -> String {
    cells.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    let cell = cell.asText.printable
    let isPlain = cell.utf8.allSatisfy { $0 != 0x2c && $0 != 0x22 && $0 != 0x0a && $0 != 0x0d }
    if isPlain { return cell }
    return "\"\(cell.replacingScalars(["\"": "\"\""]))\""
  }
}

extension String {
  /// What a spreadsheet would take for a formula is text: names come from anywhere. A number stays one.
  fileprivate var asText: String {
    let isFormula = unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
    return isFormula && Double(self) == nil ? "'" + self : self
  }
}
