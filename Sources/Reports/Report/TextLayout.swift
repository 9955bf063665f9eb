package import Advisor
import Observations
import TCPModel

/// How a report looks: its width, its characters, and colour on a terminal.
package struct TextLayout: Sendable {
  private let isColoured: Bool
  let charset: Charset
  /// Of prose and tables: a longer line is one that the eye loses.
  private let width: Int
  /// Of drawings: every column more is a finer scale, up to what one look takes in.
  let drawingWidth: Int

  /// - Parameter width: the terminal's, in columns; narrower than 40 nothing can be laid out.
  package init(isColoured: Bool, width: Int = 80, charset: Charset = .utf8) {
    (self.isColoured, self.charset) = (isColoured, charset)
    self.width = min(max(width, 40), 100)
    drawingWidth = min(max(width, 40), 160)
  }

  /// The text in characters that the reader has; tables and folded text need no more asking.
  package func plain(_ text: String) -> String { charset.plain(text) }

  private enum Colour: String { case bold = "1", red = "31", green = "32", yellow = "33" }

  private func paint(_ text: String, _ colour: Colour) -> String {
    isColoured ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// How the end of a connection is marked in a drawing.
  func giveUp(_ text: String) -> String { paint(text, .red) }

  package func warn(_ text: String) -> String { paint(text, .yellow) }

  package func mark(_ finding: Finding) -> String {
    switch finding.verdict {
    case .met: paint("met", .green)
    case .missed: paint("MISSED", .red)
    case .unknown: paint("unknown", .yellow)
    }
  }

  package func mark(_ status: Comparison.Status) -> String {
    switch status {
    case .confirmed: paint("confirmed", .green)
    case .confirmedSoFar: paint("so far", .green)
    case .outside: paint("OUTSIDE", .red)
    case .notRun: "not run"
    }
  }

  func section(_ title: String, _ body: String) -> String {
    // Painted line by line: a colour that is still on would paint what stands before the next.
    let lines = fold(title, hanging: 2).split(separator: "\n").map { paint(String($0), .bold) }
    return lines.joined(separator: "\n") + "\n\(body)"
  }

  func mark(_ kind: ConnectOutcome.Kind, isExpected: Bool) -> String {
    switch kind {
    case _ where isExpected: paint(kind.text, .green)
    case .open, .refused, .unreachable, .timedOut: paint(kind.text, .red)
    case .undecided, .localError, .unresolved: paint(kind.text, .yellow)
    }
  }

  func mark(_ status: FactComparison.Status) -> String {
    switch status {
    case .same: paint("same", .green)
    case .different: paint("DIFFERENT", .red)
    case .unknown: paint("unknown", .yellow)
    case .notPlayed: "not played"
    }
  }

  /// Below this the last column of a table goes below its row.
  private static let narrowest = 20

  /// Whether rows fit as columns beside each other.
  func fits(_ rows: [[String]]) -> Bool {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { visible($0, column) }.max() ?? 0 }
    return widths.reduce(0) { $0 + $1 + 2 } <= width
  }

  /// Rows in columns two blanks apart; what does not fit goes on below the last column.
  package func table(_ rows: [[String]]) -> String {
    let rows = rows.map { $0.map(plain) }
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count - 1 || $0.count < columns ? visible($0, column) : 0 }.max() ?? 0
    }
    let last = 2 + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let words = rows.compactMap(\.last).flatMap { $0.split(separator: " ") }
    let longest = words.map { shown(String($0)) }.max() ?? 0
    let isNarrow = last + max(longest, Self.narrowest) > width
    return rows.map { row in
      var line = " "
      for (column, cell) in row.dropLast().enumerated() {
        line += " " + cell
        line += String(repeating: " ", count: max(0, widths[column] - shown(cell)) + 1)
      }
      let cell = row.last ?? ""
      guard columns > 1, isNarrow else {
        return fold("\(line) \(cell)", hanging: last)
      }
      let below = cell.isEmpty || row.count == 1 ? "" : fold("      \(cell)", hanging: 6)
      return fold(row.count == 1 ? "\(line) \(cell)" : line, hanging: 4) + below
    }.joined()
  }

  private func visible(_ row: [String], _ column: Int) -> Int {
    column < row.count ? shown(row[column]) : 0
  }

  /// How many places a text takes on screen, colour codes left out.
  private func shown(_ text: String) -> Int {
    var count = 0
    var isCode = false
    for character in text {
      if character == "\u{1B}" {
        isCode = true
      } else if isCode {
        isCode = character != "m"
      } else {
        count += 1
      }
    }
    return count
  }

  /// Lines of at most the width, folded at blanks; those after the first are indented.
  package func fold(_ text: String, hanging: Int = 0) -> String {
    let hanging = min(hanging, width - Self.narrowest)
    var lines: [String] = []
    var rest = plain(text)[...]
    while shown(String(rest)) > room(lines, hanging) {
      let limit = room(lines, hanging)
      let indent = rest.prefix { $0 == " " }.count
      var at: Substring.Index?
      for index in rest.indices where rest[index] == " " {
        let used = shown(String(rest[..<index]))
        if used > limit { break }
        let isWithin = rest.distance(from: rest.startIndex, to: index) > indent
        if isWithin, !isBeforeUnit(index, in: rest) { at = index }
      }
      guard let cut = at else { break }
      lines.append(String(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
    }
    lines.append(String(rest))
    return lines.enumerated().map { index, line in
      var line = (index == 0 ? "" : String(repeating: " ", count: hanging)) + line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static let units: Set<Substring> = ["s", "ms", "min", "h", "µs", "us"]

  /// Whether a blank stands between a number and its unit.
  private func isBeforeUnit(_ blank: Substring.Index, in text: Substring) -> Bool {
    guard let last = text[..<blank].last, last.isNumber else { return false }
    return Self.units.contains(text[text.index(after: blank)...].prefix { $0.isLetter })
  }

  private func room(_ lines: [String], _ hanging: Int) -> Int {
    lines.isEmpty ? width : width - hanging
  }
}
