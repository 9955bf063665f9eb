import TCPModel

/// What the characters of a drawing mean, only those that occur in it.
struct Legend {
  private let charset: Charset
  private let isLogarithmic: Bool
  private var kinds: [Timeline.EventKind] = []
  private var hasBars = false
  private var hasEndBars = false
  /// The most events in one column; fewer than two need no word.
  private var most = 1

  init(charset: Charset, isLogarithmic: Bool) {
    (self.charset, self.isLogarithmic) = (charset, isLogarithmic)
  }

  mutating func add(_ events: [Timeline.Event], _ cells: [Cell]) {
    for event in events where !kinds.contains(event.kind) { kinds.append(event.kind) }
    for cell in cells {
      switch cell {
      case .bar: hasBars = true
      case .endBar: hasEndBars = true
      case .marks(let number): most = max(most, number)
      case .blank, .line, .arrow, .mark: break
      }
    }
  }

  /// Folded between two entries.
  func lines(indent: Int, width: Int) -> String {
    let start = String(repeating: " ", count: indent - 2)
    var (lines, line) = ("", start)
    for entry in entries {
      if line.count + 2 + entry.count > width {
        lines += line + "\n"
        line = start
      }
      line += "  " + entry
    }
    return entries.isEmpty ? "" : lines + line + "\n"
  }

  private var entries: [String] {
    var entries = kinds.map { "\(Cell.mark($0).glyph(charset)) \($0.rawValue)" }
    let bars =
      (hasBars ? Cell.bar.glyph(charset) + " " : "")
      + (hasEndBars ? Cell.endBar.glyph(charset) + " " : "")
    if !bars.isEmpty { entries.append(bars + "possible times") }
    if most > 1 {
      let digits = charset.plain(most > 2 ? "2–\(min(most, 9))" : "2")
      entries.append("\(digits) of them in one place" + (most > 9 ? ", # more" : ""))
    }
    if isLogarithmic { entries.append("logarithmic axis") }
    return entries
  }
}
