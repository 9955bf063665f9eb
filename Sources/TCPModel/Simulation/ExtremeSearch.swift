/// Looks for an extreme of simulations over all phases, and for the simulation that has it.
///
/// In a stretch of phases with one course no later start ends earlier and none begins to count earlier,
/// so its first and its last start bound the rest. What two timers do side by side is not searched: there
/// another course may lie between. Stretches that may hold the extreme are cut in two,
/// those that reach furthest first, until no other can hold a further one: it takes a few of all the
/// phases there are.
struct ExtremeSearch {
  enum Extreme {
    /// Jiffies between what times count from and the end.
    case earliestEnd, latestEnd
    /// The longest outage that every phase outlives, in jiffies.
    case survival
  }

  private let extreme: Extreme
  private let wheel: TimerWheel
  private let tolerance: Int
  private let budget: SweepBudget
  /// What was found, the further the greater; nil where nothing ends.
  private var furthest: Int?
  /// Which simulation it is of.
  private(set) var index = 0

  /// - Parameters:
  ///   - tolerance: by so many jiffies at most another phase may be further.
  ///   - budget: beyond it no more is tried, and nothing is certain.
  init(
    of extreme: Extreme, _ simulations: [any TimerSimulation], on wheel: TimerWheel,
    tolerance: Int = 0, within budget: SweepBudget
  ) {
    (self.extreme, self.wheel, self.budget) = (extreme, wheel, budget)
    self.tolerance = tolerance
    let bounds = simulations.map { bound($0) }
    var stretches: [(index: Int, stretch: PhaseInterval)] = []
    for index in Self.furthestFirst(bounds) where !budget.isUsedUp && mayReach(bounds[index]) {
      let stretch = PhaseInterval(allOf: simulations[index], on: wheel, within: budget)
      note(stretch, of: index)
      stretches.append((index, stretch))
    }
    let reached = stretches.map { bound($0.stretch, of: simulations[$0.index]) }
    for place in Self.furthestFirst(reached) {
      let (index, stretch) = stretches[place]
      search(stretch, of: simulations[index], at: index)
    }
  }

  private static func furthestFirst(_ bounds: [Int]) -> [Int] {
    bounds.indices.sorted { (bounds[$1], $0) < (bounds[$0], $1) }
  }

  /// Returns how many jiffies do not matter: a 256th of the widest bucket.
  static func roughly(_ simulations: [any TimerSimulation], on wheel: TimerWheel) -> Int {
    simulations.map { $0.period(on: wheel) / 256 }.max() ?? 0
  }

  /// The extreme, in jiffies; nil where nothing ends, or where the budget did not last.
  var jiffies: Int? {
    guard let furthest, !budget.isUsedUp else { return nil }
    return extreme == .latestEnd ? furthest : -furthest
  }

  private mutating func search(
    _ stretch: PhaseInterval, of simulation: any TimerSimulation, at index: Int
  ) {
    guard stretch.count > 2, !budget.isUsedUp, mayReach(bound(stretch, of: simulation)) else {
      return
    }
    let halves = stretch.halves(of: simulation, on: wheel, within: budget)
    note(halves.lower, of: index)
    note(halves.upper, of: index)
    let isLowerFirst =
      bound(halves.lower, of: simulation) > bound(halves.upper, of: simulation)
    search(isLowerFirst ? halves.lower : halves.upper, of: simulation, at: index)
    search(isLowerFirst ? halves.upper : halves.lower, of: simulation, at: index)
  }

  /// Returns whether what lies below a bound may be so much further than what was found.
  private func mayReach(_ bound: Int) -> Bool { furthest.map { bound > $0 + tolerance } ?? true }

  /// Takes in the first and the last start of a stretch.
  private mutating func note(_ stretch: PhaseInterval, of index: Int) {
    for run in [stretch.low, stretch.high] {
      if let reached = reach(run), reached > furthest ?? .min {
        (furthest, self.index) = (reached, index)
      }
    }
  }

  /// Returns what no start of a simulation exceeds, without running it; any number where sums do not tell.
  private func bound(_ simulation: any TimerSimulation) -> Int {
    guard let jiffies = simulation.bound(of: extreme, on: wheel) else { return .max }
    return extreme == .latestEnd ? jiffies : -jiffies
  }

  /// Returns what no start of a stretch exceeds; any number where its ends have two courses.
  private func bound(_ stretch: PhaseInterval, of simulation: any TimerSimulation) -> Int {
    guard stretch.isOneCourse(of: simulation, on: wheel) else { return .max }
    let (low, high) = (stretch.low, stretch.high)
    guard low.trace.kinds.last?.isEnd ?? false, let first = low.trace.times.last,
      let last = high.trace.times.last
    else { return .min }
    let lateness = stretch.latenessOfEnd(of: simulation, on: wheel)
    let reached =
      switch extreme {
      case .latestEnd: last + (lateness ?? 0) - low.origin
      case .earliestEnd: high.origin - (first - (lateness ?? 0))
      case .survival: -stretch.survives(lateness: lateness)
      }
    return lateness == nil ? reached : min(reached, bound(simulation))
  }

  /// Returns how far it is from where a run counts from to its end; nil where it has none.
  private func reach(_ run: SimulationRun) -> Int? {
    guard run.trace.kinds.last?.isEnd ?? false, let time = run.trace.times.last else { return nil }
    switch extreme {
    case .latestEnd: return time - run.origin
    case .earliestEnd: return run.origin - time
    case .survival: return -run.survives
    }
  }
}
