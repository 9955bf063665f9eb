/// Everything that was probed taken together, in as much memory as few numbers take.
package struct ProbeTally: Sendable {
  package private(set) var counts: [ConnectOutcome.Kind: Int] = [:]
  package private(set) var addresses = 0
  package private(set) var unexpected = 0
  /// Times of answers; no more are kept than a few megabytes hold.
  private var times: [Float] = []
  private var answers = 0
  private static let limit = 1_000_000

  package init() {}

  package mutating func add(
    _ rounds: [ConnectResult], _ kind: ConnectOutcome.Kind, isExpected: Bool
  ) {
    counts[kind, default: 0] += 1
    addresses += 1
    if !isExpected { unexpected += 1 }
    for round in rounds where round.outcome.isAnswer {
      answers += 1
      if answers <= Self.limit { times.append(Float(round.time.seconds)) }
    }
  }

  /// Of all answers; nil where there were none, or too many to keep.
  package var statistics: TimeStatistics? {
    guard answers <= Self.limit else { return nil }
    return TimeStatistics(times.map { .microseconds(Int64($0 * 1_000_000 + 0.5)) })
  }
}
