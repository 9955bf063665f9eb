import TCPModel

extension TimeRange {
  /// In whole seconds, as messages tell it: `7 s`, `13–14 s`; after ten minutes in minutes.
  var rounded: String {
    let (from, to) = (earliest.components.seconds, latest.components.seconds)
    if to >= 600 { return Self.text(from / 60, (to + 59) / 60, "min") }
    return Self.text(from, latest > .seconds(to) ? to + 1 : to, "s")
  }

  private static func text(_ from: Int64, _ to: Int64, _ unit: String) -> String {
    from == to ? "\(from) \(unit)" : "\(from)–\(to) \(unit)"
  }
}
