package import TCPModel

/// A time that somebody asked for, in the unit that they wrote.
package struct WrittenTime: Hashable, Sendable {
  package let time: Duration
  /// Nil if nobody wrote it, such as for half of another time.
  package let unit: TimeUnit?

  package init(_ time: Duration, in unit: TimeUnit? = nil) { (self.time, self.unit) = (time, unit) }

  /// For example `8 min` for `8min`, and `480 s` for `480s`.
  package var text: String { unit.map { time.text(in: $0) } ?? time.text }
}
