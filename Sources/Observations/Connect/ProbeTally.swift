import TCPModel

/// All probed addresses taken together, in little memory however many there are.
package struct ProbeTally: Sendable {
  package private(set) var counts: [ConnectOutcome.Kind: Int] = [:]
  package private(set) var addresses = 0
  /// Addresses that are not as expected, by their outcomes.
  package private(set) var unexpectedCounts: [ConnectOutcome.Kind: Int] = [:]
  /// Addresses that hung, and those of them whose next hop does not answer.
  private var hung = 0, hungOnLink = 0
  /// Times of answers in nanoseconds; no more are kept than a few megabytes hold.
  private var times: [ConnectOutcome.Kind: [Int64]] = [:]
  private var answers = 0
  private static let limit = 1_000_000

  package init() {}

  /// Whether all that hung did so because the next hop does not answer.
  package var isSilenceOfLink: Bool { hung > 0 && hung == hungOnLink }

  package var unexpected: Int { unexpectedCounts.values.reduce(0, +) }

  package mutating func add(
    _ rounds: [ConnectResult], _ kind: ConnectOutcome.Kind, isExpected: Bool
  ) {
    counts[kind, default: 0] += 1
    addresses += 1
    if !isExpected { unexpectedCounts[kind, default: 0] += 1 }
    if kind.isSilence {
      hung += 1
      if rounds.worst?.nextHop?.isSilent == true { hungOnLink += 1 }
    }
    for round in rounds where round.outcome.isAnswer {
      answers += 1
      guard answers <= Self.limit else { continue }
      times[round.outcome.kind, default: []].append(round.time.nanoseconds)
    }
  }

  /// Returns the times of all answers of a kind, `open` or `refused`; nil if there were none, or
  /// more than are kept.
  package func statistics(of kind: ConnectOutcome.Kind) -> TimeStatistics? {
    guard answers <= Self.limit else { return nil }
    return times[kind].flatMap { TimeStatistics(nanoseconds: $0) }
  }
}
