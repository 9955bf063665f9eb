extension Timeline {
  /// Simulates a scenario over all phases of every tick rate that the kernel may have.
  ///
  /// - Parameters:
  ///   - limits: what may end it, as text tells it.
  ///   - budget: what the simulations took that it was made from counts as well; nil for one of its own.
  ///   - simulations: makes the simulations for one tick rate, the most typical one first.
  init(
    _ scenario: Scenario, under rules: KernelRules, limits: [EndReason],
    _ precision: Precision = .exact, within budget: SweepBudget? = nil,
    _ simulations: (TickRate) throws(Unknown) -> [any TimerSimulation]
  ) throws(Unknown) {
    var table = CourseTable<Branch>()
    var nominal: [Event] = []
    var isForAll = true
    var uncertainty = Duration.zero
    let budget = budget ?? SweepBudget(for: precision)
    let search = SweepBudget(for: .ends)
    for tickRate in rules.tickRates {
      let simulations = try simulations(tickRate)
      let wheel = rules.wheel(at: tickRate)
      let swept =
        Branch.extreme(precision, of: simulations, at: tickRate, on: wheel, within: search)
        ?? Branch.all(
          of: simulations, at: tickRate, on: wheel, precision, within: budget, search)
      if budget.isOverdrawn {
        throw Unknown(
          "these settings, on such a path, lead to more courses than are simulated",
          after: Effort(events: budget.effort + search.effort))
      }
      uncertainty = max(
        uncertainty, tickRate.duration(precision.uncertainty(of: simulations, on: wheel)))
      for branch in swept { table.merge(branch) }
      if nominal.isEmpty, let simulation = simulations.first {
        nominal = simulation.nominalEvents(at: tickRate)
      }
      isForAll = isForAll && simulations.haveOneNominalEnd(at: tickRate)
    }
    var branches = table.values
    if rules.tickRates.count > 1 {
      for index in branches.indices { branches[index].share = nil }
    }
    // Whatever the phase, the round trip and the tick: the one course there is.
    if branches.count == 1 { branches[0].share = 1 }
    branches.sort {
      ($0.range.latest, $0.range.earliest) < ($1.range.latest, $1.range.earliest)
    }
    let told = Set(branches.compactMap(\.errno)).sorted().joined(separator: " or ")
    self.init(
      scenario, branches: branches,
      ends: branches.isEmpty ? .unknown(because: "it ends before the peer dies") : .always,
      nominalEvents: nominal,
      errno: told.isEmpty ? scenario.definition.ending.errno : told, limits: limits)
    isNominalForAll = isForAll
    self.uncertainty = uncertainty
    effort.events = budget.effort + search.effort
  }
}

extension Timeline {
  init<Simulation: TimerSimulation>(
    _ scenario: Scenario, under rules: KernelRules, _ set: SimulationSet<Simulation>,
    _ precision: Precision = .exact
  ) throws(Unknown) {
    try self.init(
      scenario, under: rules, limits: set.limits, precision, set.simulations)
  }
}

extension TimerSimulation {
  fileprivate func nominalEvents(at tickRate: TickRate) -> [Timeline.Event] {
    var trace = EventTrace()
    run(from: 0, on: .exact, into: &trace)
    let events = zip(trace.kinds, trace.times).map { kind, time in
      let time = tickRate.duration(time - (trace.origin ?? 0))
      return Timeline.Event(kind, TimeRange(time, time))
    }
    return (opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []) + events
  }
}

extension [any TimerSimulation] {
  /// Several first timeouts have several; one has one, but for what a loss probe puts it off.
  fileprivate func haveOneNominalEnd(at tickRate: TickRate) -> Bool {
    let all = self + compactMap(\.otherOrder)
    guard all.count > 1, let first = all.first else { return true }
    guard first.firstTimeout == nil else {
      return all.allSatisfy { $0.firstTimeout == first.firstTimeout }
    }
    let end = first.nominalEvents(at: tickRate).last
    return all.allSatisfy { $0.nominalEvents(at: tickRate).last == end }
  }
}

extension CourseTable<Timeline.Branch> {
  /// Takes in a branch: one with the same course of events widens, any other is a new one.
  fileprivate mutating func merge(_ branch: Timeline.Branch) {
    values[place(of: Course(of: branch), else: branch)].widen(by: branch)
  }
}

extension Timeline.Branch {
  /// Takes in what else may come of one course of events.
  fileprivate mutating func widen(by other: Timeline.Branch) {
    for event in other.events.indices {
      events[event].range = events[event].range.union(other.events[event].range)
    }
    waits = zip(waits, other.waits).map { max($0, $1) }
    if let others = other.timeouts { timeouts = timeouts?.union(others) ?? others }
    endReasons.formUnion(other.endReasons)
    listed = [listed, other.listed].compactMap(\.self).min()
    survives = min(survives, other.survives)
  }
}
