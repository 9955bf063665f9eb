import TCPModel

/// The three numbers of keepalive: silence before the first probe and between probes in seconds, and
/// the count of probes.
struct Keepalive: Hashable {
  var idle, interval, count: Int

  var options: [SocketOption: Int] {
    [.keepIdle: idle, .keepInterval: interval, .keepCount: count]
  }

  var sysctls: [SysctlKey: Int] {
    [.tcpKeepaliveTime: idle, .tcpKeepaliveIntvl: interval, .tcpKeepaliveProbes: count]
  }

  static let optionNames: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]
  static let keys: [SysctlKey] = [.tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes]

  /// The numbers with those that are fixed in place.
  func fixed(by pins: Pins) -> Keepalive {
    Keepalive(
      idle: pins.idle ?? idle, interval: pins.interval ?? interval, count: pins.count ?? count)
  }

  /// Numbers that a search may not choose.
  struct Pins: Hashable {
    var idle, interval, count: Int?

    var all: Keepalive? {
      guard let idle, let interval, let count else { return nil }
      return Keepalive(idle: idle, interval: interval, count: count)
    }

    /// What both fix.
    func merging(_ other: Pins) -> Pins {
      Pins(
        idle: idle ?? other.idle, interval: interval ?? other.interval, count: count ?? other.count)
    }
  }
}
