/// So many a second, evenly; what was missed by a late wake-up is made up for, a pause is not.
struct RateLimiter {
  /// Between two; nil is no limit.
  private let interval: Duration?
  /// When the next one may begin.
  private(set) var due = Duration.zero
  /// The longest time that is made up for.
  private static let slack = Duration.milliseconds(5)

  init(rate: Int?) { interval = rate.map { .seconds(1) / $0 } }

  /// Counts one as begun.
  mutating func begin(at now: Duration) {
    guard let interval else { return }
    due = max(due, now - Self.slack) + interval
  }
}
