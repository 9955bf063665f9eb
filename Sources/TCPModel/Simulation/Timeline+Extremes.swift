extension Timeline.Branch {
  /// Returns what a precision asks for of all simulations, for one tick rate: one branch, without the
  /// events before its end, or none where nothing ends. Nil where more is asked for, or where the budget
  /// does not last.
  static func extreme(
    _ precision: Precision, of simulations: [any TimerSimulation], at tick: TickRate,
    on wheel: TimerWheel, within budget: SweepBudget
  ) -> [Timeline.Branch]? {
    guard let extreme = precision.extreme, simulations.areSearchable else { return nil }
    let search = ExtremeSearch(
      of: extreme, simulations, on: wheel,
      tolerance: precision.tolerance(of: simulations, on: wheel), within: budget)
    if budget.isUsedUp { return nil }
    guard let jiffies = search.jiffies else { return [] }
    let uncertainty = precision.uncertainty(of: simulations, on: wheel)
    switch extreme {
    case .earliestEnd:
      return [Timeline.Branch(endingAt: tick.duration(max(jiffies - uncertainty, 0)))]
    case .latestEnd: return [Timeline.Branch(endingAt: tick.duration(jiffies + uncertainty))]
    case .survival:
      var branch = Timeline.Branch(endingAt: .seconds(Int32.max))
      branch.survives = tick.duration(max(jiffies - uncertainty, 0))
      return [branch]
    }
  }

  private init(endingAt time: Duration) {
    let range = TimeRange(.zero, time)
    self.init(share: nil, events: [Timeline.Event(.giveUp, range)], waits: [time], survives: .zero)
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
    guard budget.isUsedUp, simulations.areSearchable,
      let extremes = Extremes(of: simulations, at: tick, on: wheel, within: search)
    else { return branches }
    for index in branches.indices { extremes.narrow(&branches[index]) }
    return branches
  }
}

extension [any TimerSimulation] {
  /// Whether an extreme can be searched for: between two starts of one course none has another that is
  /// further.
  fileprivate var areSearchable: Bool { allSatisfy { $0.isTraceComplete } }
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
    let beside = simulations.distance + tolerance
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
