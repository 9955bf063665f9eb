import TCPModel

/// The columns of one lane.
struct Track {
  enum Cell: Hashable {
    case blank, line, arrow, bar, endBar
    case mark(Timeline.EventKind)
    case marks(Int)

    /// Whether it belongs to the end of the connection.
    var isEnd: Bool { self == .endBar || self == .mark(.giveUp) }
  }

  private(set) var cells: [Cell]

  /// What is drawn later covers what was drawn before.
  init(_ lane: Lane, on axis: Axis) {
    cells = Array(repeating: .blank, count: axis.columns)
    let events = lane.events.filter { $0.kind != .giveUp }
    draw(.line, axis, to: lane.end)
    for event in events { draw(.bar, axis.column(of: event.range.earliest), axis, event.range) }
    if let end = lane.end { draw(.endBar, axis.column(of: end.earliest), axis, end) }
    mark(events, axis)
    mark(lane.end, axis)
  }

  private mutating func draw(_ cell: Cell, _ axis: Axis, to end: TimeRange?) {
    let last = end.map { axis.column(of: $0.latest) } ?? axis.columns - 1
    for column in 0...last { cells[column] = cell }
  }

  private mutating func draw(_ cell: Cell, _ first: Int, _ axis: Axis, _ range: TimeRange) {
    let last = axis.column(of: range.latest)
    guard last > first else { return }
    for column in first...last { cells[column] = cell }
  }

  /// An event stands where it comes at the earliest; several in one place are counted.
  private mutating func mark(_ events: [Timeline.Event], _ axis: Axis) {
    for event in events {
      let column = axis.column(of: event.range.earliest)
      switch cells[column] {
      case .mark: cells[column] = .marks(2)
      case .marks(let number): cells[column] = .marks(number + 1)
      case .blank, .line, .arrow, .bar, .endBar: cells[column] = .mark(event.kind)
      }
    }
  }

  /// The end stands where it comes at the latest, or a column beside an event that stands there.
  private mutating func mark(_ end: TimeRange?, _ axis: Axis) {
    guard let end else { return cells[axis.columns - 1] = .arrow }
    let column = axis.column(of: end.latest)
    switch cells[column] {
    case .mark, .marks: cells[column + 1] = .mark(.giveUp)
    case .blank, .line, .arrow, .bar, .endBar: cells[column] = .mark(.giveUp)
    }
  }
}
