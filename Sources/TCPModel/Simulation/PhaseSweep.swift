/// Simulations over all phases of the timer wheel, folded into branches.
///
/// The only thing unknown about a kernel's timers is the phase: the jiffy number, modulo the widest
/// bucket, at which the scenario starts. Long waits end in wide buckets, so however many phases
/// there are, they soon have the same history. What the first and the last start of a stretch have
/// in common from some event on, all between have; only what comes before it is simulated for each.
struct PhaseSweep {
  private let tickRate: TickRate
  private let wheel: TimerWheel
  /// The one that is folded; what folds is not made anew for every kind.
  private var simulation: any TimerSimulation { didSet { certain = nil } }
  /// What is certain of it; nil until that is asked for.
  private var certain: CertainTimes?
  private var builders = CourseTable<BranchBuilder>()
  /// Whether stretches may be taken to share the end of their history, and whether that was wrong.
  private var sharesEnds = true
  /// What is bounded only.
  private let precision: Precision
  /// Whether more occurs than is simulated.
  private let isSample: Bool
  private let budget: SweepBudget
  private var isWrong = false
  /// Whether two timers fired in one jiffy in a run of the simulation that is folded. Where they do, the
  /// first start of a stretch, or its last, tells of it: two orders are one only where nothing meets.
  private var isTied = false
  /// Stretches that are not folded yet, and how many events their runs hold.
  private var waiting: [PhaseInterval] = []
  private var held = 0
  /// So many may wait.
  private static let mostHeld = 500_000

  private init(
    _ simulation: any TimerSimulation, at tickRate: TickRate, on wheel: TimerWheel,
    _ precision: Precision, isSample: Bool, _ budget: SweepBudget
  ) {
    (self.simulation, self.tickRate, self.wheel) = (simulation, tickRate, wheel)
    (self.precision, self.isSample, self.budget) = (precision, isSample, budget)
  }

  /// Returns the branches of all simulations, for one tick rate.
  /// - Parameters:
  ///   - simulations: one for each round trip that occurs.
  ///   - budget: beyond it everything is bounded only.
  static func branches(
    of simulations: [any TimerSimulation], at tickRate: TickRate, on wheel: TimerWheel,
    _ precision: Precision = .exact, within budget: SweepBudget = SweepBudget()
  ) -> [Timeline.Branch] {
    guard let first = simulations.first else { return [] }
    var sweep = PhaseSweep(
      first, at: tickRate, on: wheel, precision, isSample: simulations.distance > 0, budget)
    for simulation in simulations where !budget.isOverdrawn {
      sweep.simulation = simulation
      sweep.add()
      guard sweep.isTied, let other = simulation.otherOrder else { continue }
      sweep.simulation = other
      sweep.add()
    }
    let opening = first.opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []
    let phases = sweep.builders.values.reduce(0) { $0 + $1.phases }
    return sweep.builders.values.map { builder in
      let share =
        simulations.count == 1 && first.otherOrder == nil
        ? Double(builder.phases) / Double(phases) : nil
      return builder.branch(at: tickRate, opening: opening, share: share)
    }
  }

  private mutating func add() {
    (sharesEnds, isTied) = (simulation.isTraceComplete, false)
    // Nothing is taken to be shared that could turn out not to be.
    guard sharesEnds else { return addBuilders() }
    let before = builders
    addBuilders()
    guard isWrong else { return }
    builders = before
    (isWrong, sharesEnds, isTied) = (false, false, false)
    addBuilders()
  }

  private mutating func addBuilders() {
    let period = simulation.period(on: wheel)
    let whole = PhaseInterval(allOf: simulation, on: wheel, within: budget)
    // Beside a life of an hour at least, a sixteenth of the widest bucket is little.
    let coarse = period / (whole.low.trace.passesOver ? 16 : 4096)
    // What is a sample stands for others as well: the wider, the better.
    let most = isSample ? period : period / 16
    cut(whole, (coarse, most))
    foldWaiting(but: 0)
  }

  /// Folds the stretches that wait, but for the last ones, which others may join.
  private mutating func foldWaiting(but last: Int) {
    for interval in waiting.dropLast(last) { add(interval) }
    waiting.removeFirst(waiting.count - last)
    held = waiting.reduce(0) { $0 + $1.held }
  }

  /// Cuts a stretch in two until all its starts have one course and one end; those beside each
  /// other with the same end are put together again.
  ///
  /// Where so much repeats that not every event is written down, `coarse` jiffies of phases are
  /// taken together: later starts never end earlier, or by `latenessOfEnd` at most, so the first and the last
  /// bound the rest. So are `most` jiffies once the budget is used up, and after that all.
  private mutating func cut(_ interval: PhaseInterval, _ width: (coarse: Int, most: Int)) {
    // What is left is thrown away.
    if budget.isOverdrawn { return }
    let isLike = interval.hasOneCourse
    let isOne =
      isLike
      && (interval.hasOneEnd(of: simulation, on: wheel, sharing: sharesEnds)
        || (interval.isNone
          || precision != .exact && interval.endsAtOneTime(of: simulation, on: wheel))
          && isOneCourse(interval))
    let isCoarse =
      interval.isFull && interval.count <= width.coarse
      && isBoundedByEnds(interval)
      || (budget.isExhausted || budget.isUsedUp && interval.count <= width.most)
        && isOneCourse(interval)
    if isOne || isCoarse {
      if sharesEnds, isOne, let last = waiting.last, last.high.trace.isLike(interval.low.trace),
        last.high.trace.times.last == interval.low.trace.times.last,
        PhaseInterval(from: last.low, to: interval.high)
          .hasOneEnd(of: simulation, on: wheel, sharing: true)
      {
        return waiting[waiting.count - 1].join(interval)
      }
      waiting.append(interval)
      held += interval.held
      if held > Self.mostHeld { foldWaiting(but: 1) }
      return
    }
    let halves = interval.halves(of: simulation, on: wheel, within: budget)
    cut(halves.lower, width)
    cut(halves.upper, width)
  }

  /// Returns whether the first and the last start of a long course bound the rest. Where other timers' fires
  /// count besides and were passed over, nobody can tell, and it is taken to be so.
  private func isBoundedByEnds(_ interval: PhaseInterval) -> Bool {
    simulation.isTraceComplete || interval.low.trace.order.isPartial || isOneCourse(interval)
  }

  private func isOneCourse(_ interval: PhaseInterval) -> Bool {
    budget.compare(interval)
    return interval.isOneCourse(of: simulation, on: wheel)
  }

  private mutating func add(_ interval: PhaseInterval) {
    let low = interval.low.trace
    let events = low.times.count
    isTied = isTied || low.order.isTied || interval.high.trace.order.isTied
    // Ended before what its times would count from: not a course of its own.
    if events == 0 { return }
    let builder = builder(of: low)
    builders.values[builder].add(interval, after: simulation.firstTimeout)
    let lateness = interval.latenessOfEnd(of: simulation, on: wheel)
    let shared = interval.shared(lateness: lateness)
    guard shared < events else {
      if certain == nil, simulation.isBoundedByWheels {
        certain = CertainTimes(of: simulation, on: wheel)
      }
      return builders.values[builder].bound(
        before: events, of: interval, lateness: lateness, within: certain)
    }
    builders.values[builder].note(shared..<events, of: interval)
    if precision != .exact || budget.isUsedUp {
      return builders.values[builder].bound(before: shared, of: interval)
    }
    let answered = low.answered
    if answered.map({ $0 >= shared }) ?? true {
      builders.values[builder].note(answered: low.lastAnswered, of: interval)
    }
    refine(interval, before: shared, answered, in: builder)
  }

  /// Notes the events before `end` of a stretch whose history is the same from there on.
  private mutating func refine(
    _ interval: PhaseInterval, before end: Int, _ answered: Int?, in builder: Int
  ) {
    if end == 0 || isWrong { return }
    if budget.isUsedUp {
      return builders.values[builder].bound(before: end, of: interval)
    }
    let isChain =
      interval.low.trace.times[end] - interval.low.start < simulation.shiftInvariantUntil
    let width = isChain ? widest(interval, before: end) : interval.count
    guard interval.count > 2 * width else {
      return note(interval, before: end, answered, in: builder)
    }
    // One bucket later, the events before it are one bucket later: both ends stand for the rest.
    let low = run(from: interval.low.start + width - 1, like: interval, to: end)
    let high = run(from: interval.high.start - width + 1, like: interval, to: end)
    note(PhaseInterval(from: interval.low, to: low), before: end, answered, in: builder)
    note(PhaseInterval(from: high, to: interval.high), before: end, answered, in: builder)
  }

  /// Notes the events before `end`, once for all neighbours in which they are the same.
  private mutating func note(
    _ interval: PhaseInterval, before end: Int, _ answered: Int?, in builder: Int
  ) {
    var intervals: [PhaseInterval] = []
    cut(interval, before: end, into: &intervals)
    if isWrong { return }
    for interval in intervals {
      let shared = interval.shared(before: end)
      builders.values[builder].note(shared..<end, of: interval)
      if let answered, (shared..<end).contains(answered) {
        builders.values[builder].note(answered: interval.low.trace.times[answered], of: interval)
      }
      refine(interval, before: shared, answered, in: builder)
    }
  }

  /// Cuts a stretch in two until the last event before `end` is the same for all its starts.
  private mutating func cut(
    _ interval: PhaseInterval, before end: Int, into intervals: inout [PhaseInterval]
  ) {
    if isWrong { return }
    if budget.isUsedUp { return intervals.append(interval) }
    if interval.shared(before: end) < end {
      if let last = intervals.last,
        last.high.trace.times[end - 1] == interval.low.trace.times[end - 1]
      {
        return intervals[intervals.count - 1].join(interval)
      }
      return intervals.append(interval)
    }
    let middle = interval.middle(of: simulation, on: wheel)
    let low = run(from: middle - 1, like: interval, to: end)
    let high = run(from: middle, like: interval, to: end)
    cut(PhaseInterval(from: interval.low, to: low), before: end, into: &intervals)
    cut(PhaseInterval(from: high, to: interval.high), before: end, into: &intervals)
  }

  private mutating func builder(of trace: EventTrace) -> Int {
    let course = Course(of: trace, under: simulation.circumstance)
    let known = builders.values.count
    let place = builders.place(of: course, else: BranchBuilder(of: course))
    if place == known { budget.keep(trace) }
    return place
  }
}

extension PhaseSweep {
  /// Returns a run up to and with the event `end` from inside a stretch, which must meet the others
  /// there.
  private mutating func run(
    from start: Int, like interval: PhaseInterval, to end: Int
  ) -> SimulationRun {
    var trace = EventTrace(capacity: end + 1)
    simulation.run(from: start, on: wheel, into: &trace)
    budget.use(trace)
    let meets =
      trace.times.count > end && trace.times[end] == interval.low.trace.times[end]
      && trace.kinds[...end] == interval.low.trace.kinds[...end]
    if !meets { isWrong = true }
    return SimulationRun(from: start, meets ? trace : interval.low.trace)
  }

  /// Returns the widest bucket into which a wait before the event `end` may fall.
  private func widest(_ interval: PhaseInterval, before end: Int) -> Int {
    let times = interval.low.trace.times
    var longest = times[0] - interval.low.start - simulation.firstTimer.delay
    for event in 1..<max(end, 1) { longest = max(longest, times[event] - times[event - 1]) }
    return wheel.granularity(of: longest)
  }
}
