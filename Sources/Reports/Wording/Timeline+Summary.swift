package import TCPModel

extension Timeline {
  /// When it ends, as a person tells it, the likeliest first: `13–13.6 s, or 6.61–6.62 s if timers
  /// fire late (13 of 100 cases)`.
  package var summary: String {
    let separate = branches.separateEnds
    let odds = Self.odds(separate.map(\.share))
    guard ends == .always, endsByCircumstance == nil, separate.count > 1, separate.count <= 4,
      !odds.contains(nil)
    else { return toldWithoutOdds }
    let ranked = zip(separate, odds).sorted { ($0.0.share ?? 0) > ($1.0.share ?? 0) }
    let likeliest = ranked[0].0
    return likeliest.range.text
      + ranked.dropFirst().map { ", or \($0.summary($1 ?? "", beside: likeliest))" }.joined()
  }

  /// The same without how likely each end is.
  var toldWithoutOdds: String {
    guard ends == .always else { return timeToEnd.text }
    if let endsByCircumstance { return endsByCircumstance }
    let ends = branches.separateEnds
    return ends.count <= 3 ? ends.map(\.range.text).joined(separator: ", or ") : timeToEnd.text
  }

  /// Returns what becomes of a live client before what becomes of one that is gone, where TCP_DEFER_ACCEPT
  /// tells them apart: `accepted after 15.2–15.5 s if alive, dropped after 63.6–65.7 s if gone`.
  func withAcceptance(_ end: String) -> String {
    guard let acceptance else { return end }
    let gone = endsByCircumstance == nil ? "\(end) if gone" : end
    return "accepted after \(acceptance.range.text) if alive, dropped after \(gone)"
  }

  /// How many of 100 cases lead to each branch.
  var odds: [String?] { Self.odds(branches.map(\.share)) }

  /// Returns shares as numbers of 100 cases, rounded so that they add up to 100; nil for what is
  /// unknown.
  static func odds(_ shares: [Double?]) -> [String?] {
    var rest = 100
    return shares.enumerated().map { index, share in
      guard let share else { return nil }
      let rounded = index == shares.count - 1 ? rest : Int((share * 100).rounded())
      rest -= rounded
      return rounded < 1 ? "fewer than 1" : rounded > 99 ? "more than 99" : "\(rounded)"
    }
  }
}

extension SeparateEnd {
  /// Limits are looked at when a timer fires: a late one meets a limit that would else be met one
  /// timer later.
  fileprivate func summary(_ odds: String, beside likeliest: SeparateEnd) -> String {
    if eventCount < likeliest.eventCount {
      return "\(range.text) if timers fire late (\(odds) of 100 cases)"
    }
    if eventCount > likeliest.eventCount {
      return "\(range.text) if timers fire nearly on time (\(odds) of 100 cases)"
    }
    return "\(range.text) in \(odds) of 100 cases"
  }
}
