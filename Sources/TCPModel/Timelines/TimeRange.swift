/// The times between which something happens, counted from the start of the scenario.
package struct TimeRange: Hashable, Sendable {
  package var earliest: Duration
  package var latest: Duration

  package init(_ earliest: Duration, _ latest: Duration) {
    (self.earliest, self.latest) = (earliest, latest)
  }

  package func union(_ other: TimeRange) -> TimeRange {
    TimeRange(min(earliest, other.earliest), max(latest, other.latest))
  }

  /// Two waits, one after the other.
  package static func + (first: TimeRange, next: TimeRange) -> TimeRange {
    TimeRange(first.earliest + next.earliest, first.latest + next.latest)
  }

  package static func * (range: TimeRange, times: Int) -> TimeRange {
    TimeRange(range.earliest * times, range.latest * times)
  }

  /// Returns whether a measured time counts as inside: the real start lies inside its jiffy, and a
  /// process wakes up late, so one tick and 5 ms early to 35 ms late is inside.
  package func admits(_ measured: Duration, tick: Duration) -> Bool {
    admits(TimeRange(measured, measured), tick: tick)
  }

  /// Returns the same of a time that is not known exactly: whether it may be inside.
  package func admits(_ measured: TimeRange, tick: Duration) -> Bool {
    measured.latest >= earliest - tick - .milliseconds(5)
      && measured.earliest <= latest + .milliseconds(35)
  }
}

extension Sequence<TimeRange> {
  /// From the earliest to the latest of all; nil if there are none.
  package var union: TimeRange? { reduce(nil) { $0?.union($1) ?? $1 } }
}
