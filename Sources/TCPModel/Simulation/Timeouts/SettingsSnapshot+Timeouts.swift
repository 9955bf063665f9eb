extension SettingsSnapshot {
  /// Returns the first retransmission timeouts that a socket with these options can have: a jiffy
  /// at least, and no more than the maximum in force (`tcp_bound_rto`).
  package func firstTimeouts(with options: SocketOptions) -> ClosedRange<Duration> {
    let least = tickRate?.duration(1) ?? .milliseconds(1)
    if let option = options[.rtoMax] { return least ... .milliseconds(option) }
    guard let most = self[.tcpRtoMaxMs].number, SysctlCatalog[.tcpRtoMaxMs]?.accepts(most) == true
    else {
      return least...RetransmissionTimeout.defaultMaximum
    }
    return least ... .milliseconds(most)
  }
}
