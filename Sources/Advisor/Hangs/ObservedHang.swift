package import TCPModel

/// How long something hung before somebody was told, and what they were told.
package struct ObservedHang: Hashable, Sendable {
  package let time: Duration
  /// One step of the last digit that was said: 1 s of `15m38s`, 10 ms of `3.05s`, an hour of `2h`.
  package let step: Duration
  /// The name of the errno; nil if nobody knows.
  package let errno: String?

  package init(_ time: Duration, step: Duration, errno: String? = nil) {
    (self.time, self.step, self.errno) = (time, step, errno)
  }

  /// What may have been meant: people and logs round up or down, or take the difference of two
  /// times that were cut off, so one step either way; but never less than half of what was said.
  package var range: TimeRange { TimeRange(max(time - step, time / 2), time + step) }
}

extension ObservedHang {
  /// How many times the earliest the latest end may be; a wider range says next to nothing.
  private static let widest = 4.0
  /// The same of a range that says something.
  private static let narrow = 1.25
  /// The longest tick there is: nobody knows that of where it was seen.
  private static let tick = Duration.milliseconds(10)

  /// What was meant if it was cut off or rounded, as most times are.
  private var likelyRange: TimeRange { TimeRange(max(time - step / 2, time / 2), time + step) }

  /// Returns how well it fits an end; nil if it does not.
  func fit(of end: HangEnd) -> HangCandidate.Fit? {
    let width = end.range.latest / max(end.range.earliest, .milliseconds(1))
    guard width <= Self.widest else { return nil }
    if end.range.admits(likelyRange, tick: Self.tick) {
      return width <= Self.narrow ? .inside : .loose
    }
    if let documented = end.documented, abs(time - documented) <= step / 2 { return .documented }
    if end.range.admits(range, tick: Self.tick) { return .rounded }
    guard let documented = end.documented, documented < end.range.earliest else { return nil }
    let early = TimeRange(documented, end.range.earliest)
    return early.admits(range, tick: Self.tick) ? .early : nil
  }
}

private func abs(_ time: Duration) -> Duration { time < .zero ? .zero - time : time }
