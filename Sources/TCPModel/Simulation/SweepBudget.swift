/// How much a timeline may cost: events simulated, over all phases, first timeouts and ticks.
///
/// Settings that a kernel takes can make millions of different courses. Once the budget is used up,
/// phases beside each other are taken together of which all have one course, as the first and the last
/// tell (`PhaseInterval.isOneCourse`): no later start ends earlier, so these two bound the rest, and ranges
/// are a little wider than they need be. Once twice as much is used up, all such phases are.
final class SweepBudget {
  private let most, overdrawn: Int
  /// What it takes to begin a run, in events.
  private static let start = 32
  /// What it takes to sort a run in among the others, in events; no part of the budget.
  private static let sorting = 40
  /// What it takes to keep an event of a course.
  private static let keeping = 16
  /// So many events are kept of all courses; each takes a hundred bytes and more.
  private static let mostKept = 250_000
  private var used = 0
  private var kept = 0
  private var runs = 0
  private var compared = 0

  var isUsedUp: Bool { used > most }
  /// Whether all phases of one course are taken together.
  var isExhausted: Bool { used > 2 * most }
  /// Whether so much was done that nothing is said: of what kernels and paths are like, nothing is.
  var isOverdrawn: Bool { used > overdrawn || kept > Self.mostKept }
  /// What was done in all.
  var effort: Int { used + runs * Self.sorting + compared }

  /// - Parameters:
  ///   - most: the events until ranges are rough.
  ///   - overdrawn: those until nothing is said.
  init(_ most: Int, overdrawn: Int) { (self.most, self.overdrawn) = (most, overdrawn) }

  /// Less must do where the end alone is of interest.
  convenience init(for precision: Precision = .exact) {
    let most = precision == .exact ? 2_500_000 : 1_500_000
    self.init(most, overdrawn: 6 * most)
  }

  /// Counts a course that is kept, whose memory counts as time.
  func keep(_ trace: EventTrace) {
    used += trace.times.count * Self.keeping
    kept += trace.times.count
  }

  func use(_ trace: EventTrace) {
    used += max(trace.times.count, trace.order.count) + Self.start
    runs += 1
  }

  /// Counts that two runs were held against each other, event by event; no part of the budget.
  func compare(_ interval: PhaseInterval) { compared += interval.held }
}
