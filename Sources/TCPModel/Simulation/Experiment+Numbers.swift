extension Experiment {
  /// Returns the number a sysctl holds; nil if none is known, or what comes of it.
  package func number(_ key: SysctlKey) -> Int? {
    do throws(Unknown) { return try value(key) } catch { return nil }
  }

  /// Returns the option where the program sets it, else the sysctl; nil if neither is known.
  package func number(_ option: SocketOption, else key: SysctlKey) -> Int? {
    options[option] ?? number(key)
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
