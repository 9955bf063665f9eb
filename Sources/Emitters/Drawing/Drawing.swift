import TCPModel

/// Lanes on one axis, as lines of text.
package struct Drawing: Sendable {
  let lanes: [Lane]
  let style: Style
  let glyphs: Glyphs
  private let labelWidth: Int
  private let showsEnds: Bool
  let axis: Axis

  package init(lanes: [Lane], scale: Scale, style: Style) {
    let lanes = lanes.map {
      Lane(label: style.plain($0.label), events: $0.events, endText: $0.endText)
    }
    self.lanes = lanes
    self.style = style
    glyphs = style.isASCII ? .ascii : .utf8
    labelWidth = min(lanes.map(\.label.count).max() ?? 0, style.drawingWidth / 3)
    let room = style.drawingWidth - Self.indent - labelWidth - Self.gap
    func columns(besides texts: [String]) -> Int {
      room - (texts.map { style.plain($0).count + 1 }.max() ?? 0)
    }
    let beside = columns(besides: lanes.map(\.endText))
    showsEnds = beside >= Self.fewestColumns
    let besideNever = columns(besides: lanes.filter { $0.end == nil }.map(\.endText))
    axis = Axis(lanes, scale, columns: showsEnds ? beside : besideNever, room: room)
  }

  static let indent = 2
  private static let gap = 2
  /// Below this it is better to leave out the times of the ends, which are said elsewhere.
  private static let fewestColumns = 24

  /// Empty where there are no lanes.
  package var text: String {
    let lines = lanes.map(line) + axisLines + legendLines
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func line(_ lane: Lane) -> String {
    let track = Track(lane, on: axis)
    let used = track.cells.prefix { $0 != .blank }
    let end = showsEnds || lane.end == nil ? " " + style.plain(lane.endText) : ""
    return margin(lane.label) + drawn(used) + end
  }

  /// The indented label and the gap behind it.
  private func margin(_ label: String) -> String {
    let label =
      label.count > labelWidth ? label.prefix(labelWidth - 1) + String(glyphs.cut) : label
    let width = Self.indent + labelWidth + Self.gap
    let text = blanks(Self.indent) + label
    return text + blanks(width - text.count)
  }

  /// Cells as characters, those of the end in their colour.
  private func drawn(_ cells: ArraySlice<Track.Cell>) -> String {
    var text = ""
    var rest = cells
    while let first = rest.first {
      let run = rest.prefix { $0.isEnd == first.isEnd }
      let characters = String(run.map(character))
      text += first.isEnd ? style.giveUp(characters) : characters
      rest = rest.dropFirst(run.count)
    }
    return text
  }

  func character(_ cell: Track.Cell) -> Character {
    switch cell {
    case .blank: " "
    case .line: glyphs.line
    case .arrow: glyphs.arrow
    case .bar: glyphs.bar
    case .endBar: glyphs.endBar
    case .mark(let kind): glyphs.mark(kind)
    case .marks(let number): Glyphs.count(number)
    }
  }

  func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}

// MARK: below the lanes

extension Drawing {
  /// The ticks, and below them their labels.
  private var axisLines: [String] {
    guard axis.end > .zero else { return [] }
    var (marks, labels) = (margin(""), margin(""))
    let start = marks.count
    for tick in axis.ticks {
      marks += blanks(start + tick.column - marks.count) + String(glyphs.tick)
      // The label of the start may begin inside the gap.
      let column = start + tick.place.lowerBound
      labels = labels.prefix(column) + blanks(max(0, column - labels.count)) + tick.label
    }
    return [marks, labels]
  }
}
