package import TCPModel

extension Timeline {
  /// When it ends, as a person tells it, the likeliest first: `13–13.6 s, or 6.61–6.62 s if timers
  /// fire late (13 of 100 cases)`.
  package var summary: String {
    let odds = odds
    guard ends == .always, endsByCircumstance == nil, branches.separateEnds.count > 1,
      branches.count <= 4, !odds.contains(nil)
    else { return toldWithoutOdds }
    let ranked = zip(branches, odds).sorted { ($0.0.share ?? 0) > ($1.0.share ?? 0) }
    let likeliest = ranked[0].0
    return likeliest.range.text
      + ranked.dropFirst().map { ", or \($0.summary($1 ?? "", beside: likeliest))" }.joined()
  }

  /// The same where nobody knows how likely each end is.
  var toldWithoutOdds: String {
    guard ends == .always else { return timeToEnd.text }
    if let endsByCircumstance { return endsByCircumstance }
    let ends = branches.separateEnds
    return ends.count <= 3 ? ends.map(\.text).joined(separator: ", or ") : timeToEnd.text
  }

  /// How many of 100 cases lead to each branch; rounded so that they add up to 100. nil where
  /// nobody knows.
  var odds: [String?] {
    var rest = 100
    return branches.indices.map { index in
      guard let share = branches[index].share else { return nil }
      let rounded = index == branches.count - 1 ? rest : Int((share * 100).rounded())
      rest -= rounded
      return rounded < 1 ? "fewer than 1" : rounded > 99 ? "more than 99" : "\(rounded)"
    }
  }
}

extension Timeline.Branch {
  /// Limits are looked at when a timer fires: a late one meets a limit that would else be met one
  /// timer later.
  fileprivate func summary(_ odds: String, beside likeliest: Timeline.Branch) -> String {
    if events.count < likeliest.events.count {
      return "\(range.text) if timers fire late (\(odds) of 100 cases)"
    }
    if events.count > likeliest.events.count {
      return "\(range.text) if timers fire nearly on time (\(odds) of 100 cases)"
    }
    return "\(range.text) in \(odds) of 100 cases"
  }
}
