extension TextLayout {
  /// Below this the last column of a table goes below its row.
  static let narrowest = 20

  /// Whether rows fit as columns beside each other.
  func fits(_ rows: [[String]]) -> Bool {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? self.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    return widths.reduce(0) { $0 + $1 + 2 } <= width
  }

  /// Returns rows in columns two blanks apart; what does not fit goes on below the last column.
  func table(_ rows: [[String]]) -> String {
    let widths = widths(of: rows)
    let last = 2 + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let words = rows.compactMap(\.last).flatMap { $0.split(separator: " ") }
    let longest = words.map { columns(of: $0) }.max() ?? 0
    let isNarrow = widths.count > 1 && last + max(longest, Self.narrowest) > width
    return rows.map { row in
      isNarrow ? foldedRow(row, widths) : fold(line(row, widths), hanging: last)
    }.joined()
  }

  /// Of each column; the last of the longest rows takes what is left.
  private func widths(of rows: [[String]]) -> [Int] {
    let count = rows.map(\.count).max() ?? 0
    return (0..<count).map { column in
      rows.map { row in
        let isOpen = row.count == count && column == count - 1
        return column < row.count && !isOpen ? columns(of: row[column]) : 0
      }.max() ?? 0
    }
  }

  private func line(_ row: [String], _ widths: [Int]) -> String {
    start(of: row, widths) + " " + (row.last ?? "")
  }

  /// All cells but the last.
  private func start(of row: [String], _ widths: [Int]) -> String {
    row.dropLast().enumerated().reduce(" ") { line, cell in
      let blanks = max(0, widths[cell.offset] - columns(of: cell.element)) + 1
      return line + " " + cell.element + String(repeating: " ", count: blanks)
    }
  }

  /// The last cell below the others.
  private func foldedRow(_ row: [String], _ widths: [Int]) -> String {
    guard row.count > 1 else { return fold(line(row, widths), hanging: 4) }
    let cell = row.last ?? ""
    return fold(start(of: row, widths), hanging: 4)
      + (cell.isEmpty ? "" : fold("      \(cell)", hanging: 6))
  }
}
