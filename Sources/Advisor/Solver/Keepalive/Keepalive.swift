import TCPModel

/// The three numbers of keepalive: silence before the first probe and between probes in seconds, and
/// the count of probes.
struct Keepalive: Hashable {
  var idle, interval, count: Int

  /// The longest silence before a probe.
  var silence: Int { KeepaliveProbe.longestSilence(idle: idle, interval: interval) }

  /// When the probes have ended a connection, with exact timers and no user timeout.
  var end: Int { idle + count * interval }

  var options: [SocketOption: Int] {
    [.keepIdle: idle, .keepInterval: interval, .keepCount: count]
  }

  var sysctls: [SysctlKey: Int] {
    [.tcpKeepaliveTime: idle, .tcpKeepaliveIntvl: interval, .tcpKeepaliveProbes: count]
  }

  static let optionNames: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]
  static let keys: [SysctlKey] = [.tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes]

  /// Returns the numbers with those that are fixed in place.
  func fixed(by pins: Pins) -> Keepalive {
    Keepalive(
      idle: pins.idle ?? idle, interval: pins.interval ?? interval, count: pins.count ?? count)
  }

  /// Returns the numbers that a program sets which is told of the silence alone.
  func linked(by link: KeepaliveLink, idle: Int) -> Keepalive {
    let options = link.options(idle: idle)
    return Keepalive(
      idle: idle, interval: options[.keepInterval] ?? interval, count: options[.keepCount] ?? count)
  }

  /// Numbers that a search may not choose.
  struct Pins: Hashable {
    var idle, interval, count: Int?

    var all: Keepalive? {
      guard let idle, let interval, let count else { return nil }
      return Keepalive(idle: idle, interval: interval, count: count)
    }
  }

  /// What each number may be.
  struct Bounds: Hashable {
    var idle, interval, count: ClosedRange<Int>

    /// What TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT take.
    static let options = Bounds(
      idle: SocketOption.keepIdle.range, interval: SocketOption.keepInterval.range,
      count: SocketOption.keepCount.range)
    /// What the sysctls take at every tick, without the values that mean no probe at all.
    static let sysctls = Bounds(idle: 1...2_147_483, interval: 1...2_147_483, count: 1...255)

    func contains(_ numbers: Keepalive) -> Bool {
      idle.contains(numbers.idle) && interval.contains(numbers.interval)
        && count.contains(numbers.count)
    }
  }
}
