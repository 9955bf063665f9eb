/// By how much two ways of doing the same differ, done by turns: the median of the differences, and
/// where it lies as far as so few can tell.
package struct PairedDifference: Equatable, Sendable {
  package let pairs: Int
  package let median: Duration
  /// Holds the true median with a certainty of at least 95 %; nil if pairs are too few.
  package let range: ClosedRange<Duration>?

  /// With fewer pairs all of one sign are no surprise: 2 · 0.5⁵ is above 5 %.
  package static let leastPairs = 6

  /// Returns nil if there are no pairs.
  package init?(_ differences: [Duration]) {
    let sorted = differences.sorted()
    guard !sorted.isEmpty else { return nil }
    pairs = sorted.count
    median = sorted[(pairs - 1) / 2]
    let rank = Self.rank(of: pairs)
    range = rank > 0 ? sorted[rank - 1]...sorted[pairs - rank] : nil
  }

  /// Whether the difference is significant: its range does not contain zero.
  package var isShown: Bool { range.map { !$0.contains(.zero) } ?? false }

  /// From which of the sorted differences on, counted from either end, the range goes: that of the
  /// sign test, so that nothing is taken for granted of how times are spread.
  /// - Returns: zero where there is none.
  private static func rank(of pairs: Int) -> Int {
    if pairs > 100 {
      let count = Double(pairs)
      return Int(count / 2 - 0.98 * count.squareRoot())
    }
    var share = (0..<pairs).reduce(1.0) { share, _ in share / 2 }
    var below = 0.0
    for rank in 0..<pairs {
      below += share
      if below > 0.025 { return rank }
      share *= Double(pairs - rank) / Double(rank + 1)
    }
    return 0
  }
}
