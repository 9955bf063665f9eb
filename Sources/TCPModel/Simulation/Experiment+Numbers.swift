extension Experiment {
  /// The number a sysctl holds; nil where none is known.
  package func number(_ key: SysctlKey) -> Int? { snapshot[key].number }

  /// The option where the program sets it, else the sysctl; nil where neither is known.
  package func number(_ option: SocketOption, else key: SysctlKey) -> Int? {
    options[option] ?? number(key)
  }

  /// The longest wait between retransmissions, in milliseconds: 120,000 where it is no setting.
  package var longestWait: Int {
    number(.rtoMax, else: .tcpRtoMaxMs)
      ?? Int(RetransmissionTimeout.defaultMaximum / .milliseconds(1))
  }
}
