import TCPModel

/// A chart as lines of text.
struct TerminalChart {
  private let lanes: [Lane]
  private let layout: TextLayout
  private let labelWidth: Int
  /// Whether the times of the ends, which are said elsewhere too, stand behind the lanes.
  private let showsEnds: Bool
  private let axis: Axis

  init(_ chart: TimelineChart, layout: TextLayout) {
    (lanes, self.layout) = (chart.lanes, layout)
    var (labels, ends, endless) = (0, 0, 0)
    for lane in lanes {
      labels = max(labels, layout.plain(lane.label).count)
      let width = 1 + lane.endText.count
      ends = max(ends, width)
      if lane.end == nil { endless = width }
    }
    labelWidth = min(labels, layout.chartWidth / 3)
    let room = layout.chartWidth - Self.indent - labelWidth - Self.gap
    showsEnds = room - ends >= Self.fewestColumns
    axis = Axis(lanes, chart.scale, columns: room - (showsEnds ? ends : endless), room: room)
  }

  private static let indent = 2
  private static let gap = 2
  private static let fewestColumns = 24

  /// Empty where there are no lanes.
  var text: String {
    var (text, legend) = ("", Legend(charset: layout.charset, isLogarithmic: axis.unit != nil))
    for lane in lanes {
      let cells = lane.cells(on: axis)
      legend.add(lane.events, cells)
      let end = showsEnds || lane.end == nil ? " " + layout.plain(lane.endText) : ""
      text += margin(lane.label) + drawn(cells) + end + "\n"
    }
    if axis.end > .zero {
      text += margin("") + ticks + "\n" + margin("").dropLast() + labels + "\n"
    }
    return text + legend.lines(indent: Self.indent, width: layout.chartWidth)
  }

  /// The indented label, cut where it is too long, and the gap behind it.
  private func margin(_ label: String) -> String {
    var label = layout.plain(label)
    if label.count > labelWidth {
      label = label.prefix(labelWidth - 1) + (layout.charset == .ascii ? "~" : "…")
    }
    return Self.blanks(Self.indent) + label + Self.blanks(labelWidth + Self.gap - label.count)
  }

  /// The used cells as characters, those of the end in their colour.
  private func drawn(_ cells: [Cell]) -> String {
    var (text, end) = ("", "")
    for cell in cells {
      if case .blank = cell { break }
      if cell.isEnd {
        end += cell.glyph(layout.charset)
      } else {
        text += painted(end) + cell.glyph(layout.charset)
        end = ""
      }
    }
    return text + painted(end)
  }

  private func painted(_ end: String) -> String { end.isEmpty ? "" : layout.paint(end, .red) }

  private var ticks: String {
    var columns = Array(repeating: " ", count: axis.columns)
    for tick in axis.ticks { columns[tick.column] = layout.charset == .ascii ? "'" : "╵" }
    return Self.trimmed(columns.joined())
  }

  /// Of the ticks, from one column left of the axis on.
  private var labels: String {
    var columns = Array(repeating: " ", count: axis.room + 1)
    for tick in axis.ticks {
      var column = tick.location.lowerBound + 1
      for character in RoundTime.text(tick.time, upTo: axis.end) {
        columns[column] = String(character)
        column += 1
      }
    }
    return Self.trimmed(columns.joined())
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
