package import TCPModel

extension TimeRange {
  /// The range as people write it, wide enough to hold: `133.3–135.4 s`, `2 h 11 min–2 h 14 min`.
  package var text: String {
    let (from, to) = (rounded(earliest, up: false), rounded(latest, up: true))
    if from == to { return from.text }
    let (first, last) = (from.text, to.text)
    let unit = last.drop { $0.isNumber || $0 == "." }
    let isPlain = unit == " s" || unit == " ms"
    return isPlain && first.hasSuffix(unit)
      ? "\(first.dropLast(unit.count))–\(last)" : "\(first)–\(last)"
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
    guard branches.count > 1, branches.count <= 3, timeToEnd.ends == .always else {
      return timeToEnd.text
    }
    return zip(branches, odds).map { branch, odds in
      odds.map { "\(branch.range.text) in \($0) of 100 cases" } ?? branch.range.text
    }.joined(separator: ", or ")
  }
}
