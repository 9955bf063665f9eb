/// Starts of a scenario in a row, and the traces of the first and the last of them.
struct PhaseInterval {
  private(set) var first: Int
  private(set) var low: EventTrace
  private(set) var last: Int
  private(set) var high: EventTrace

  init(first: Int, low: EventTrace, last: Int, high: EventTrace) {
    (self.first, self.low, self.last, self.high) = (first, low, last, high)
  }

  /// From which jiffies on the times of both count.
  var origins: (low: Int, high: Int) { (low.origin ?? first, high.origin ?? last) }

  var count: Int { last - first + 1 }

  /// Whether both traces are so long that not all was written down, and are of one course.
  var isFull: Bool { low.isFull && low.isLike(high) }

  /// From which event on both have the same times; `end` where the last before it differs.
  func shared(before end: Int) -> Int {
    if first == last { return 0 }
    var shared = end
    while shared > 0, low.times[shared - 1] == high.times[shared - 1] { shared -= 1 }
    return shared
  }

  /// Returns whether both ends, of one course, have the same history, or at least its end.
  func hasOneEnd(sharing: Bool) -> Bool {
    let events = low.times.count
    let shared = shared(before: events)
    if shared == 0 { return first == last || low.unseen == high.unseen }
    return sharing && shared < events && low.answered == high.answered
  }

  /// All phases of a simulation.
  init(allOf simulation: any TimerSimulation, on wheel: TimerWheel, within budget: SweepBudget) {
    let last = simulation.period(on: wheel) - 1
    self.init(
      first: 0, low: simulation.trace(from: 0, on: wheel, within: budget),
      last: last, high: simulation.trace(from: last, on: wheel, within: budget))
  }

  /// Returns it cut in two.
  func halves(of simulation: any TimerSimulation, on wheel: TimerWheel, within budget: SweepBudget)
    -> (lower: PhaseInterval, upper: PhaseInterval)
  {
    let middle = middle(of: simulation, on: wheel)
    return cut(
      at: middle, simulation.trace(from: middle - 1, on: wheel, within: budget),
      simulation.trace(from: middle, on: wheel, within: budget))
  }

  /// - Parameters: the traces of the starts before and at `middle`.
  func cut(at middle: Int, _ before: EventTrace, _ at: EventTrace) -> (
    lower: PhaseInterval, upper: PhaseInterval
  ) {
    (
      PhaseInterval(first: first, low: low, last: middle - 1, high: before),
      PhaseInterval(first: middle, low: at, last: last, high: high)
    )
  }

  /// Returns where to cut it: in the middle, if possible where the first timer falls into another
  /// bucket.
  func middle(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Int {
    let (delay, wait) = simulation.firstTimer
    let width = wheel.granularity(of: wait)
    let middle = first + count / 2
    let boundary = middle - (middle + delay + wait) % width
    if boundary > first { return boundary }
    return boundary + width <= last ? boundary + width : middle
  }

  /// Takes in the stretch that follows.
  mutating func join(_ next: PhaseInterval) { (last, high) = (next.last, next.high) }
}
