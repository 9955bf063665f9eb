import TCPModel

/// The characters that drawings are made of; each takes one column.
struct Glyphs {
  let line, bar, endBar, arrow, tick, cut: Character
  private let first, repeated, lossProbe, probe, giveUp: Character

  static let utf8 = Glyphs(
    line: "─", bar: "━", endBar: "▒", arrow: "→", tick: "╵", cut: "…",
    first: "●", repeated: "○", lossProbe: "◇", probe: "◆", giveUp: "×")
  static let ascii = Glyphs(
    line: "-", bar: "=", endBar: ":", arrow: ">", tick: "'", cut: "~",
    first: "*", repeated: "o", lossProbe: "^", probe: "+", giveUp: "X")

  func mark(_ kind: Timeline.EventKind) -> Character {
    switch kind {
    case .syn, .synAck: first
    case .retransmission: repeated
    case .lossProbe: lossProbe
    case .keepaliveProbe, .windowProbe, .neighbourProbe: probe
    case .giveUp: giveUp
    }
  }

  /// How many events share a column.
  static func count(_ number: Int) -> Character { number < 10 ? Character("\(number)") : "#" }
}
