/// The kernel's timer tick, CONFIG_HZ: how many jiffies make a second.
package struct TickRate: Hashable, Sendable, CustomStringConvertible {
  package let hertz: Int

  /// A tick rate of 1 to 10,000 per second; nil outside.
  package init?(hertz: Int) {
    guard (1...10_000).contains(hertz) else { return nil }
    self.hertz = hertz
  }

  private init(known hertz: Int) { self.hertz = hertz }

  package var description: String { "HZ=\(hertz)" }

  /// What is simulated where the tick is unknown: the rates that distributions build.
  package static let common: [TickRate] = [100, 250, 300, 1000].map(TickRate.init(known:))

  package func duration(_ jiffies: Int) -> Duration {
    // Whole seconds apart: a year of nanoseconds times the tick is more than 64 bits hold.
    .seconds(jiffies / hertz) + .nanoseconds(jiffies % hertz * 1_000_000_000 / hertz)
  }

  /// Returns the jiffies that end within a time.
  func wholeJiffies(_ time: Duration) -> Int {
    let jiffies = jiffies(time)
    return duration(jiffies) > time ? jiffies - 1 : jiffies
  }

  /// Returns a time in jiffies, rounded up as `msecs_to_jiffies` and `usecs_to_jiffies` do.
  package func jiffies(_ time: Duration) -> Int {
    let (seconds, attoseconds) = time.components
    let fraction = Int(attoseconds / 1_000_000_000)  // nanoseconds
    return Int(seconds) * hertz + (fraction * hertz + 999_999_999) / 1_000_000_000
  }
}
