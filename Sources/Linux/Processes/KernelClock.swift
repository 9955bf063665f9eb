import Glibc

/// The kernel's clocks.
package enum KernelClock: Sendable {
  case monotonic, realtime

  /// The time since the clock's own start.
  package var now: Duration {
    var time = timespec()
    clock_gettime(self == .monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME, &time)
    return Duration(time)
  }

  /// One timer tick, 1/CONFIG_HZ: the resolution of CLOCK_MONOTONIC_COARSE.
  package static var tick: Duration {
    var resolution = timespec()
    clock_getres(CLOCK_MONOTONIC_COARSE, &resolution)
    return Duration(resolution)
  }

  /// Lets the calling thread rest; a signal ends it early.
  static func sleep(for time: Duration) {
    let (seconds, attoseconds) = time.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }
}

extension Duration {
  fileprivate init(_ time: timespec) {
    self = .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
