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

  /// Jiffies within which an extreme of simulations is looked for.
  func tolerance(of simulations: [any TimerSimulation], on wheel: TimerWheel) -> Int {
    switch self {
    case .exact, .ends: 0
    case .latestEnd, .survival: ExtremeSearch.roughly(simulations, on: wheel)
    }
  }
}
