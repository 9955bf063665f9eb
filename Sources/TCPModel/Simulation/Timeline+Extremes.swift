extension Timeline.Branch {
  /// Returns what a precision asks for of all simulations, for one tick rate: one branch, without the
  /// events before its end, or none where nothing ends. Nil where more is asked for, or where the budget
  /// does not last.
  static func extreme(
    _ precision: Precision, of simulations: [any TimerSimulation], at tick: TickRate,
    on wheel: TimerWheel, within budget: SweepBudget
  ) -> [Timeline.Branch]? {
    let tolerance = precision.tolerance(of: simulations, on: wheel)
    func found(_ extreme: ExtremeSearch.Extreme) -> Int?? {
      let search = ExtremeSearch(
        of: extreme, simulations, on: wheel, tolerance: tolerance, within: budget)
      return budget.isUsedUp ? nil : .some(search.jiffies)
    }
    // What it is an extreme of may itself be the worst within the tolerance.
    switch precision {
    case .exact, .ends: return nil
    case .latestEnd:
      return found(.latestEnd).map { latest in
        guard let latest else { return [] }
        let range = TimeRange(.zero, tick.duration(latest + 2 * tolerance))
        return [Timeline.Branch(endingWithin: range)]
      }
    case .survival:
      return found(.survival).map { survival in
        guard let survival else { return [] }
        var branch = Timeline.Branch(endingWithin: TimeRange(.zero, .seconds(Int32.max)))
        branch.survives = tick.duration(max(survival - 2 * tolerance, 0))
        return [branch]
      }
    }
  }

  private init(endingWithin range: TimeRange) {
    self.init(
      share: nil, events: [Timeline.Event(.giveUp, range)], waits: [range.latest], survives: .zero)
  }

  /// Returns every course of all simulations, for one tick rate.
  /// - Parameters:
  ///   - budget: beyond it courses are bounded only, and narrowed by what is certain of all of them.
  ///   - search: what may be done for that.
  static func all(
    of simulations: [any TimerSimulation], at tick: TickRate, on wheel: TimerWheel,
    _ precision: Precision, within budget: SweepBudget, _ search: SweepBudget
  ) -> [Timeline.Branch] {
    var branches = PhaseSweep.branches(
      of: simulations, at: tick, on: wheel, precision, within: budget)
    guard budget.isUsedUp,
      let extremes = Extremes(of: simulations, at: tick, on: wheel, within: search)
    else { return branches }
    for index in branches.indices { extremes.narrow(&branches[index]) }
    return branches
  }
}

/// What is certain of all branches, however roughly each of them is known.
private struct Extremes {
  private let end: TimeRange
  private let survives: Duration

  /// Returns what every phase of all simulations keeps to; nil where nothing ends, or where the budget
  /// does not last.
  init?(
    of simulations: [any TimerSimulation], at tick: TickRate, on wheel: TimerWheel,
    within budget: SweepBudget
  ) {
    let tolerance = ExtremeSearch.roughly(simulations, on: wheel)
    func found(_ extreme: ExtremeSearch.Extreme) -> Int? {
      ExtremeSearch(of: extreme, simulations, on: wheel, tolerance: tolerance, within: budget)
        .jiffies
    }
    guard let earliest = found(.earliestEnd), let latest = found(.latestEnd),
      let survives = found(.survival)
    else { return nil }
    // Of a path with more first timeouts than are simulated, each stands for those beside it.
    let timeouts = simulations.compactMap(\.firstTimeout)
    let apart = max(0, (zip(timeouts, timeouts.dropFirst()).map { $1 - $0 }.max() ?? 1) - 1)
    let beside = apart + tolerance
    end = TimeRange(tick.duration(max(earliest - beside, 0)), tick.duration(latest + beside))
    self.survives = tick.duration(max(survives - beside, 0))
  }

  /// Takes away from a branch what no phase reaches.
  func narrow(_ branch: inout Timeline.Branch) {
    guard let last = branch.events.indices.last, branch.events[last].kind.isEnd else { return }
    for index in branch.events.indices {
      let range = branch.events[index].range
      branch.events[index].range = TimeRange(
        index == last ? max(range.earliest, end.earliest) : range.earliest,
        min(range.latest, end.latest))
    }
    branch.survives = max(branch.survives, survives)
  }
}
