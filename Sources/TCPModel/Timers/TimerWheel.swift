/// The kernel's timer wheel: how late a timer fires.
///
/// Corresponds to `calc_index` and `calc_wheel_index` in kernel/time/timer.c, Linux 4.8 and later.
package struct TimerWheel: Hashable, Sendable {
  /// Whether timers are late at all; nominal times come from a wheel that is not.
  private let isExact: Bool
  private let levels: Int

  /// The wheel of a kernel with this tick: nine levels, eight at 100 ticks a second and fewer.
  package init(_ tickRate: TickRate) {
    isExact = false
    levels = tickRate.hertz > 100 ? 9 : 8
  }

  private init(exactWithLevels levels: Int) { (isExact, self.levels) = (true, levels) }

  /// Timers that fire when they are due, as documentation has it.
  package static let exact = TimerWheel(exactWithLevels: 9)

  /// Jiffies below which no kernel's wheel cuts a wait short.
  static let shortestCutoff = 63 << 21

  /// The widest bucket of any kernel's wheel for a timer of `wait` jiffies.
  static func widest(of wait: Int) -> Int { TimerWheel(exactWithLevels: 9).granule(of: wait) }

  /// The last fire before `end` of a timer that is armed again and again and takes `step` jiffies
  /// each time; the next one when that is past `end`.
  func repeating(_ step: Int, from now: Int, until end: Int) -> Int {
    now + step * max(1, (end - now) / step - 1)
  }

  /// The width in jiffies of the bucket into which a timer of `wait` jiffies falls.
  package func granule(of wait: Int) -> Int {
    var granule = 1
    for _ in 1..<levels where wait >= 63 * granule { granule *= 8 }
    return granule
  }

  /// The jiffy at which a timer fires that is armed at `now` for `wait` jiffies: never early, at
  /// most one bucket late.
  package func fire(after wait: Int, at now: Int) -> Int {
    // Even an exact timer cannot fire within the jiffy that armed it.
    if isExact { return now + max(wait, 1) }
    let cutoff = 63 << (3 * (levels - 1))
    let wait = wait < cutoff ? max(wait, 0) : cutoff - (1 << (3 * (levels - 1)))
    let shift = (granule(of: wait) - 1).nonzeroBitCount
    return (((now + wait) >> shift) + 1) << shift
  }
}
