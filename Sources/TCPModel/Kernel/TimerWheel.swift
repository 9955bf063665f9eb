/// The kernel's timer wheel: how late a timer fires.
///
/// Corresponds to `calc_index` and `calc_wheel_index` in kernel/time/timer.c, Linux 4.8 and later.
package struct TimerWheel: Hashable, Sendable {
  private enum Kind: Hashable {
    /// Buckets, ever wider from level to level.
    case buckets(levels: Int)
    /// Put off by up to a 256th of the wait, so that several fire together (`apply_slack`).
    case slack
    /// Never late: nominal times come from it.
    case exact
  }

  /// When in its bucket a timer fires.
  private enum Rounding: Hashable {
    case asPhaseHasIt
    /// As in the phases that are kindest to it, and the unkindest.
    case earliest, latest
  }

  private let kind: Kind
  private var rounding = Rounding.asPhaseHasIt

  private init(_ kind: Kind) { self.kind = kind }

  /// The wheel of a kernel with this tick: nine levels, eight at 100 ticks a second and fewer.
  package init(_ tickRate: TickRate) { kind = .buckets(levels: tickRate.hertz > 100 ? 9 : 8) }

  /// Timers that fire when they are due, as documentation has it.
  package static let exact = TimerWheel(.exact)
  /// The timers before the wheel of buckets, as in Linux 3.10.
  static let slack = TimerWheel(.slack)

  /// The same timers, each as early as it can be in any phase, and as late.
  var bounds: (earliest: TimerWheel, latest: TimerWheel) {
    var (earliest, latest) = (self, self)
    (earliest.rounding, latest.rounding) = (.earliest, .latest)
    return (earliest, latest)
  }

  /// Jiffies below which no kernel's wheel cuts a wait short.
  static let shortestCutoff = 63 << 21

  /// Returns the widest bucket of any kernel's wheel for a timer of `wait` jiffies.
  static func widest(of wait: Int) -> Int { TimerWheel(.buckets(levels: 9)).granularity(of: wait) }

  /// After how many jiffies the lateness of a timer of `wait` jiffies repeats: the width of the
  /// bucket into which it falls.
  package func granularity(of wait: Int) -> Int {
    switch kind {
    case .exact: return 1
    case .slack: return 1 << (Int.bitWidth - (wait / 256).leadingZeroBitCount)
    case .buckets(let levels): return 1 << Self.shift(of: wait, levels: levels)
    }
  }

  /// Returns whether of two timers with waits between two the one that is due later fires no earlier.
  func keepsOrder(ofWaits waits: ClosedRange<Int>) -> Bool {
    switch kind {
    case .exact: true
    case .slack: waits.lowerBound / 256 == waits.upperBound / 256
    case .buckets: granularity(of: waits.lowerBound) == granularity(of: waits.upperBound)
    }
  }

  /// Three times the lowest level whose 63 buckets reach as far as the wait (`LVL_SHIFT`).
  @inline(__always)
  private static func shift(of wait: Int, levels: Int) -> Int {
    let bits = Int.bitWidth - wait.leadingZeroBitCount
    let level = max(0, bits - 4) / 3
    return 3 * min(wait >= 63 << (3 * level) ? level + 1 : level, levels - 1)
  }

  /// Returns the jiffy at which a timer fires that is armed at `now` for `wait` jiffies: never
  /// early, at most one bucket late.
  package func fire(after wait: Int, at now: Int) -> Int {
    switch kind {
    // Even an exact timer cannot fire within the jiffy that armed it.
    case .exact: return now + max(wait, 1)
    case .slack:
      let (due, slack) = (now + max(wait, 1), max(wait, 1) / 256)
      switch rounding {
      case .asPhaseHasIt: return Self.putOff(due, by: slack)
      case .earliest: return due
      case .latest: return due + slack
      }
    case .buckets(let levels):
      let cutoff = 63 << (3 * (levels - 1))
      let wait = wait < cutoff ? max(wait, 0) : cutoff - (1 << (3 * (levels - 1)))
      let shift = Self.shift(of: wait, levels: levels)
      switch rounding {
      case .asPhaseHasIt: return (((now + wait) >> shift) + 1) << shift
      case .earliest: return now + wait + 1
      case .latest: return now + wait + (1 << shift)
      }
    }
  }

  /// Returns the roundest number among the `slack` that follow a jiffy; the jiffy itself if there
  /// are none.
  private static func putOff(_ due: Int, by slack: Int) -> Int {
    let limit = due + slack
    let different = due ^ limit
    guard different != 0 else { return due }
    let highest = Int.bitWidth - 1 - different.leadingZeroBitCount
    return (limit >> highest) << highest
  }
}
