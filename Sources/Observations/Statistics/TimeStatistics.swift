/// The spread of many times; each value is a time that was measured.
package struct TimeStatistics: Equatable, Sendable {
  package let count: Int
  /// The median of an even number is the lower of the two in the middle.
  package let least, median, p95, most: Duration

  /// Returns nil if there are no times.
  package init?(_ times: [Duration]) { self.init(sorted: times.sorted()) { $0 } }

  /// Returns nil if there are no times; nanoseconds take half the memory of durations.
  package init?(nanoseconds times: [Int64]) {
    self.init(sorted: times.sorted()) { .nanoseconds($0) }
  }

  private init?<Time>(sorted: [Time], _ time: (Time) -> Duration) {
    guard let first = sorted.first, let last = sorted.last else { return nil }
    count = sorted.count
    (least, most) = (time(first), time(last))
    median = time(Self.quantile(50, of: sorted))
    p95 = time(Self.quantile(95, of: sorted))
  }

  /// Returns the smallest of them that so many of a hundred do not exceed (nearest rank).
  private static func quantile<Time>(_ percent: Int, of sorted: [Time]) -> Time {
    sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
  }
}
