import TCPModel

/// What traps ask about a case.
extension Experiment {
  /// TCP_USER_TIMEOUT in milliseconds; zero is off.
  var userTimeout: Int { options[.userTimeout] ?? 0 }
  /// SO_KEEPALIVE.
  var isProbing: Bool { options[.keepalive] ?? 0 != 0 }
  /// The longest silence before a keepalive probe, in seconds; nil if it is not known.
  var silence: Int? {
    guard let idle = number(.keepIdle, else: .tcpKeepaliveTime),
      let interval = number(.keepInterval, else: .tcpKeepaliveIntvl)
    else { return nil }
    return KeepaliveProbe.longestSilence(idle: idle, interval: interval)
  }
  /// Whether the waits are bounded by less than the two minutes that are compiled in.
  var hasLowMaximum: Bool { timeoutBounds.longest < RetransmissionTimeout.defaultMaximum }

  /// Returns whether a sysctl holds something else than its kernel has compiled in.
  func isChanged(_ key: SysctlKey) -> Bool {
    guard let kernel = snapshot.kernel, let sysctl = SysctlCatalog[key],
      let value = snapshot[key].printed, let usual = sysctl.defaultValue(in: kernel)
    else { return false }
    return value != usual
  }

  /// Returns when it would end with exact timers if something were different; nil if it never
  /// would.
  func end(_ change: (inout Experiment) -> Void) -> Duration? {
    var changed = self
    change(&changed)
    changed.precision = .ends
    return Timeline(of: changed).nominalEnd
  }

  /// Returns whether it would end later if the waits grew up to the two minutes that are compiled
  /// in.
  func isShortenedByRTOMaximum(_ timeline: Timeline) -> Bool {
    guard hasLowMaximum, let end = timeline.nominalEnd,
      let usual = self.end({ $0.options[.rtoMax] = SocketOption.rtoMax.range.upperBound })
    else { return false }
    return end < usual
  }

  /// Returns whether the user timeout makes it end later than it would without.
  func isLengthenedByUserTimeout(_ timeline: Timeline) -> Bool {
    guard userTimeout > 0, let end = timeline.nominalEnd,
      let usual = self.end({ $0.options[.userTimeout] = nil })
    else { return false }
    return usual < end
  }
}
