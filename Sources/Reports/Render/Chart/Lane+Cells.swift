import TCPModel

extension Lane {
  /// The columns of the lane; what is drawn later covers what was drawn before.
  func cells(on axis: Axis) -> [Cell] {
    var cells = Array(repeating: Cell.blank, count: axis.columns)
    func draw(_ cell: Cell, from first: Int, to last: Int) {
      for column in first...last { cells[column] = cell }
    }
    draw(.line, from: 0, to: end.map { axis.column(of: $0.latest) } ?? axis.columns - 1)
    for event in events {
      let first = axis.column(of: event.range.earliest)
      let last = axis.column(of: event.range.latest)
      if first < last { draw(event.kind.isEnd ? .endBar : .bar, from: first, to: last) }
    }
    // An event stands where it comes at the earliest.
    for event in events where !event.kind.isEnd {
      cells[axis.column(of: event.range.earliest)].add(event.kind)
    }
    guard let end else {
      cells[axis.columns - 1] = .arrow
      return cells
    }
    // The end stands where it comes at the latest, or a column beside an event that stands there.
    let column = axis.column(of: end.latest)
    cells[cells[column].isMarked ? column + 1 : column] = .mark(events.last?.kind ?? .giveUp)
    return cells
  }
}
