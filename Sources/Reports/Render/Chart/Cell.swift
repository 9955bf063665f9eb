import TCPModel

/// What stands in one column of a lane.
enum Cell {
  case blank, line, arrow, bar, endBar
  case mark(Timeline.EventKind)
  /// So many events that share a column.
  case marks(Int)

  /// Whether it belongs to the end of the connection.
  var isEnd: Bool {
    switch self {
    case .endBar, .mark(.giveUp), .mark(.newOwner): true
    case .blank, .line, .arrow, .bar, .mark, .marks: false
    }
  }

  var isMarked: Bool {
    switch self {
    case .mark, .marks: true
    case .blank, .line, .arrow, .bar, .endBar: false
    }
  }

  /// Marks an event; several in one place are counted.
  mutating func add(_ kind: Timeline.EventKind) {
    switch self {
    case .mark: self = .marks(2)
    case .marks(let number): self = .marks(number + 1)
    case .blank, .line, .arrow, .bar, .endBar: self = .mark(kind)
    }
  }

  /// The character for it, which takes one column.
  func glyph(_ charset: Charset) -> String {
    let isASCII = charset == .ascii
    return switch self {
    case .blank: " "
    case .line: isASCII ? "-" : "─"
    case .arrow: isASCII ? ">" : "→"
    case .bar: isASCII ? "=" : "━"
    case .endBar: isASCII ? ":" : "▒"
    case .mark(.syn), .mark(.synAck): isASCII ? "*" : "●"
    case .mark(.retransmission): isASCII ? "o" : "○"
    case .mark(.lossProbe): isASCII ? "^" : "◇"
    case .mark(.keepaliveProbe), .mark(.windowProbe), .mark(.neighbourProbe), .mark(.heartbeat):
      isASCII ? "+" : "◆"
    case .mark(.giveUp): isASCII ? "X" : "×"
    case .mark(.newOwner): isASCII ? "!" : "▶"
    case .marks(let number): number < 10 ? "\(number)" : "#"
    }
  }
}
