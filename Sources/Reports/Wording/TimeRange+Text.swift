package import TCPModel

extension TimeRange {
  /// Returns the range with both ends in one unit, wide enough to hold: `133–136 s`, `593–610 s`,
  /// `2 h 11 min–2 h 14 min`.
  package var text: String {
    let (from, to) = (rounded(earliest, up: false), rounded(latest, up: true))
    if from == to { return from.text }
    guard let unit = Self.unit(from, to) else { return "\(from.text)–\(to.text)" }
    return "\(from.number(in: unit))–\(to.text(in: unit))"
  }

  /// Nil where both ends are written in two units, such as hours and minutes.
  private static func unit(_ from: Duration, _ to: Duration) -> TimeUnit? {
    switch (from, to) {
    case (_, ..<(.seconds(1))): .milliseconds
    case (_, ..<(.seconds(600))), (..<(.seconds(600)), ..<(.seconds(3600))): .seconds
    case (..<(.seconds(3600)), .seconds(3600)...): .minutes
    default: nil
    }
  }

  /// Rounded outwards to the digits that are shown.
  private func rounded(_ time: Duration, up: Bool) -> Duration {
    let step: Int64 =
      switch latest.components.seconds {
      case ..<1: 1
      case ..<10: 10
      case ..<100: 100
      case ..<3600: 1000
      default: 60_000
      }
    let (seconds, attoseconds) = time.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    let isWhole = attoseconds % 1_000_000_000_000_000 == 0
    let below = milliseconds / step * step
    if below == milliseconds, isWhole { return .milliseconds(below) }
    return .milliseconds(up ? below + step : below)
  }
}

extension TimeToEnd {
  /// When it ends: a range, `never`, `unknown`.
  package var text: String {
    switch ends {
    case .never: "never"
    case .unknown: "unknown"
    case .always: range?.text ?? "unknown"
    case .maybeNever: range.map { "\($0.text), or never" } ?? "never"
    }
  }
}

extension Timeline {
  /// The branches as a person would tell them: `6.5 s, or 13.1 s if a timer fires late`.
  package var text: String {
    if ends == .always, let endsByCircumstance { return endsByCircumstance }
    let separate = branches.separateEnds
    guard separate.count > 1, separate.count <= 3, timeToEnd.ends == .always else {
      return timeToEnd.text
    }
    return zip(separate, Self.odds(separate.map(\.share))).map { end, odds in
      odds.map { "\(end.range.text) in \($0) of 100 cases" } ?? end.range.text
    }.joined(separator: ", or ")
  }
}
