/// Starts of a scenario in a row, of which the first and the last were run.
struct PhaseInterval {
  let low: SimulationRun
  private(set) var high: SimulationRun

  init(from low: SimulationRun, to high: SimulationRun) { (self.low, self.high) = (low, high) }

  /// All phases of a simulation.
  init(allOf simulation: any TimerSimulation, on wheel: TimerWheel, within budget: SweepBudget) {
    low = simulation.run(from: 0, on: wheel, within: budget)
    high = simulation.run(from: simulation.period(on: wheel) - 1, on: wheel, within: budget)
  }

  var count: Int { high.start - low.start + 1 }

  /// How many events its runs hold.
  var held: Int { low.trace.held + high.trace.held }

  /// Whether its first and its last start have one course.
  var hasOneCourse: Bool { low.trace.isLike(high.trace) }

  /// Returns whether every start between the two has that course.
  func isOneCourse(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Bool {
    hasOneCourse && keepsLimits(of: simulation, on: wheel)
      && (simulation.isTraceComplete
        || keepsOrder(on: wheel, invariant: simulation.invariantWaitsUntil))
  }

  /// Whether neither end leads to a course.
  var isNone: Bool { low.trace.times.isEmpty && high.trace.times.isEmpty }

  /// Whether both traces are so long that not all was written down, and are of one course.
  var isFull: Bool { low.trace.isFull && hasOneCourse }

  /// From which event on both have the same times; `end` where the last before it differs.
  func shared(before end: Int) -> Int {
    if low.start == high.start { return 0 }
    var shared = end
    while shared > 0, low.trace.times[shared - 1] == high.trace.times[shared - 1] { shared -= 1 }
    return shared
  }

  /// Returns from which event on all starts between the two have the same times.
  /// - Parameter lateness: of their ends; where there is any, an end that both have tells nothing.
  func shared(lateness: @autoclosure () -> Int?) -> Int {
    let events = low.trace.times.count
    let shared = shared(before: events)
    return shared + 1 == events && lateness() ?? 0 > 0 ? events : shared
  }

  /// Returns whether both ends, of one course, have the same history, or at least its end.
  func hasOneEnd(of simulation: any TimerSimulation, on wheel: TimerWheel, sharing: Bool) -> Bool {
    let shared = shared(lateness: latenessOfEnd(of: simulation, on: wheel))
    if shared == 0 {
      return low.start == high.start || low.trace.order.hasFires(of: high.trace.order)
    }
    return sharing && shared < low.trace.times.count && low.trace.answered == high.trace.answered
  }

  /// Returns whether all between the two, of one course, end at the same time, after the same answer.
  func endsAtOneTime(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Bool {
    let events = low.trace.times.count
    let hasOneEnd =
      events == 0 || shared(lateness: latenessOfEnd(of: simulation, on: wheel)) < events
    return hasOneEnd && low.trace.answered == high.trace.answered
  }

  /// Returns the longest outage that all between the two outlive, in jiffies.
  /// - Parameter lateness: of their ends, where what is left of a user timeout is waited for: the later
  ///   their last segment leaves, the less.
  func survives(lateness: Int?) -> Int {
    let begins = high.outageStart
    guard let last = low.trace.lastAnswered, let end = low.trace.times.last else { return 0 }
    guard let roundTrip = low.trace.roundTrip else {
      return max(last - (lateness ?? 0) - begins, 0)
    }
    let answered =
      lateness.map { lateness in
        high.trace.times.lastIndex { $0 + roundTrip < end - lateness }
      } ?? high.trace.answered.flatMap { high in low.trace.answered.map { min($0, high) } }
    return answered.map { max(low.trace.times[$0] - begins, 0) } ?? 0
  }

  /// Returns how much earlier than the first a start between the two may end, and how much later than the
  /// last, in jiffies: where what is left of a user timeout is waited for, the later that begins the less is
  /// left, and the finer may be the bucket into which it falls. Nil where nothing is cut, or all is the same.
  func latenessOfEnd(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Int? {
    guard let wait = simulation.cutWait, let first = low.trace.times.last,
      let last = high.trace.times.last, low.trace.fires != high.trace.fires,
      low.trace.endReasons.union(high.trace.endReasons).contains(.userTimeout)
    else { return nil }
    let armed = (
      first: low.trace.fires.dropLast().last ?? low.start,
      last: high.trace.fires.dropLast().last ?? high.start
    )
    let longest = min(last - armed.first, simulation.longestWait)
    let widest = wheel.granularity(of: longest)
    guard wait.spread == 0 else { return widest - 1 + wait.spread }
    // Of a longer course the last fires are not written down.
    if low.trace.isFull || high.trace.isFull { return widest - 1 }
    let shortest = max(first - (widest - 1) - armed.last - wait.arming, 0)
    return wheel.keepsOrder(ofWaits: min(shortest, longest)...longest) ? 0 : widest - 1
  }

  /// Returns it cut in two.
  func halves(of simulation: any TimerSimulation, on wheel: TimerWheel, within budget: SweepBudget)
    -> (lower: PhaseInterval, upper: PhaseInterval)
  {
    let middle = middle(of: simulation, on: wheel)
    return (
      PhaseInterval(from: low, to: simulation.run(from: middle - 1, on: wheel, within: budget)),
      PhaseInterval(from: simulation.run(from: middle, on: wheel, within: budget), to: high)
    )
  }

  /// Returns where to cut it: in the middle, if possible where the first timer falls into another
  /// bucket.
  func middle(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Int {
    let (delay, wait) = simulation.firstTimer
    let width = wheel.granularity(of: wait)
    let middle = low.start + count / 2
    let boundary = middle - (middle + delay + wait) % width
    if boundary > low.start { return boundary }
    return boundary + width <= high.start ? boundary + width : middle
  }

  /// Takes in the stretch that follows.
  mutating func join(_ next: PhaseInterval) { high = next.high }
}
