/// The silence of a peer that comes back; times are on the monotonic clock.
struct Outage {
  private let length: Duration
  /// When it began; nil before the moment that is hardest to outlive.
  private(set) var start: Duration?
  /// When the peer answered again; nil before.
  private(set) var end: Duration?

  init(lasting length: Duration, from start: Duration?) {
    (self.length, self.start) = (length, start)
  }

  /// When it is to end; nil if that is not known yet, or done.
  var due: Duration? { end == nil ? start.map { $0 + length } : nil }

  /// Begins it if it has not begun.
  mutating func begin(at time: Duration) { start = start ?? time }

  /// - Returns: how long it was; nil if it had not begun.
  mutating func end(at time: Duration) -> Duration? {
    end = time
    return start.map { time - $0 }
  }
}
