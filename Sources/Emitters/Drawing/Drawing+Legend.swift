import TCPModel

extension Drawing {
  /// What the marks mean, folded between two of them.
  var legendLines: [String] {
    var lines: [String] = []
    for entry in legend {
      if let line = lines.last, line.count + 2 + entry.count <= style.drawingWidth {
        lines[lines.count - 1] += "  " + entry
      } else {
        lines.append(blanks(Self.indent) + entry)
      }
    }
    return lines
  }

  /// Only of what occurs.
  private var legend: [String] {
    var kinds: [Timeline.EventKind] = []
    for event in lanes.flatMap(\.events) where !kinds.contains(event.kind) {
      kinds.append(event.kind)
    }
    var entries = kinds.map { "\(glyphs.mark($0)) \($0.rawValue)" }
    let cells = Set(lanes.flatMap { Track($0, on: axis).cells })
    let bars = [Track.Cell.bar, .endBar].filter(cells.contains).map { String(character($0)) }
    if !bars.isEmpty { entries.append(bars.joined(separator: " ") + " possible times") }
    let counts = cells.compactMap(\.count)
    if let least = counts.min(), let most = counts.max() {
      let range = least == min(most, 9) ? "\(least)" : "\(least)–\(min(most, 9))"
      if least < 10 { entries.append("\(range) of them in one place") }
      if most > 9 { entries.append("\(Glyphs.count(most)) more than 9") }
    }
    if axis.unit != nil { entries.append("logarithmic axis") }
    return entries.map(style.plain)
  }
}

extension Track.Cell {
  fileprivate var count: Int? {
    if case .marks(let number) = self { number } else { nil }
  }
}
