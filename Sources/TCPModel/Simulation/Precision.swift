/// How exact the times of a timeline are; a range that is not exact holds the exact one.
package enum Precision: Hashable, Sendable {
  case exact
  /// The end is; what comes before it is bounded only, which takes a fraction of the time on a path of
  /// many round trips.
  case ends
  /// Nothing but the latest end is told, within the `uncertainty` of the timeline.
  case latestEnd
  /// Nothing but the longest outage that all outlive is, within the same.
  case survival

  /// What alone is told; nil where all courses are.
  var extreme: ExtremeSearch.Extreme? {
    switch self {
    case .exact, .ends: nil
    case .latestEnd: .latestEnd
    case .survival: .survival
    }
  }

  /// Jiffies by which the extreme that is told may be worse than the true one. What simulations are the
  /// worst is itself looked for within the tolerance.
  func uncertainty(of simulations: [any TimerSimulation], on wheel: TimerWheel) -> Int {
    extreme == nil
      ? 0 : 2 * tolerance(of: simulations, on: wheel) + simulations.distance
  }

  /// Jiffies within which an extreme of simulations is looked for.
  func tolerance(of simulations: [any TimerSimulation], on wheel: TimerWheel) -> Int {
    extreme == nil ? 0 : ExtremeSearch.roughly(simulations, on: wheel)
  }
}
