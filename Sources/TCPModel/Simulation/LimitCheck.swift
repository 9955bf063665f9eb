/// That a run was held against a limit when its timer fired.
struct LimitCheck {
  /// Which fire it was, and which the limit counts from; nil for the start.
  let fire: Int
  var base: Int?
  /// Jiffies after that from which on the limit is met.
  let limit: Int
}

extension PhaseInterval {
  /// Whether every run between the two, with the same events so far, meets the limits that they meet. One
  /// bucket later a fire may meet a limit which, in the bucket before and after that, it does not: the
  /// moment from which the limit counts has moved by less.
  func keepsLimits(of simulation: any TimerSimulation, on wheel: TimerWheel) -> Bool {
    let (first, last) = (low.trace.fires, high.trace.fires)
    guard let checks = simulation.limitChecks(after: first, from: low.start),
      let others = simulation.limitChecks(after: last, from: high.start),
      checks.count == others.count, first.count == last.count
    else { return false }
    if checks.isEmpty { return true }
    lazy var sums = LatenessSums(between: (low.start, first), (high.start, last), on: wheel)
    return zip(checks, others).allSatisfy { check, other in
      guard check.fire == other.fire, check.base == other.base, check.limit == other.limit else {
        return false
      }
      let bases = (
        first: check.base.map { first[$0] } ?? low.start,
        last: check.base.map { last[$0] } ?? high.start
      )
      let fires = (first: first[check.fire], last: last[check.fire])
      let areMet = fires.first - bases.first >= check.limit
      guard areMet == (fires.last - bases.last >= check.limit) else { return false }
      if areMet ? fires.first - bases.last >= check.limit : fires.last - bases.first < check.limit {
        return true
      }
      guard max(fires.first - low.start, fires.last - high.start) < simulation.invariantWaitsUntil
      else { return false }
      let base = check.base.map { sums.sums[$0] } ?? 0...0
      let sum = sums.sums[check.fire]
      return areMet
        ? sum.lowerBound - base.lowerBound >= check.limit
        : sum.upperBound - base.upperBound < check.limit
    }
  }
}

/// Sums of waits in a row, each of which takes as long in another phase as its bucket allows.
struct LatenessSums {
  private(set) var sums: [ClosedRange<Int>] = []
  private var sum = 0...0

  init() {}

  /// - Parameters: where two runs start, and when their timer fires.
  init(
    between first: (start: Int, fires: [Int]), _ last: (start: Int, fires: [Int]),
    on wheel: TimerWheel
  ) {
    var before = (first: first.start, last: last.start)
    for fire in zip(first.fires, last.fires) {
      add(fire.0 - before.first, fire.1 - before.last, on: wheel)
      before = fire
    }
  }

  mutating func begin() { sum = 0...0 }

  /// Takes in what a wait took in two phases.
  mutating func add(_ first: Int, _ last: Int, on wheel: TimerWheel) {
    let width = wheel.granularity(of: max(first, last, 0))
    let least = sum.lowerBound + max(first, last) - width
    sum = least...max(sum.upperBound + min(first, last) + width, least)
    sums.append(sum)
  }
}
