extension Experiment {
  /// Returns the number a sysctl holds; nil if none is known, or what comes of it.
  package func number(_ key: SysctlKey) -> Int? {
    do throws(Unknown) { return try value(key) } catch { return nil }
  }

  /// Returns the option where the program sets it, else the sysctl; nil if neither is known.
  package func number(_ option: SocketOption, else key: SysctlKey) -> Int? {
    options[option] ?? number(key)
  }

  /// Whether the next keepalive probe may leave later after one that was answered than after other traffic:
  /// the interval is longer than the idle time. False where either is not known.
  package var waitsAfterAnsweredProbes: Bool {
    guard options[.keepalive] ?? 0 != 0,
      let idle = number(.keepIdle, else: .tcpKeepaliveTime),
      let interval = number(.keepInterval, else: .tcpKeepaliveIntvl)
    else { return false }
    return interval > idle
  }

  /// The bounds of its retransmission timeouts; those that are compiled in where nobody knows.
  package var timeoutBounds: (shortest: Duration, longest: Duration) {
    do throws(Unknown) {
      let rules = try KernelRules(of: snapshot)
      return (
        try RetransmissionTimeout.minimum(of: self, under: rules),
        try RetransmissionTimeout.maximum(of: self, under: rules)
      )
    } catch {
      return (RetransmissionTimeout.defaultMinimum, RetransmissionTimeout.defaultMaximum)
    }
  }
}
