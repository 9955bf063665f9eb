package import TCPModel

/// How often the local ports can be used again from one address to one destination, where this end
/// closes first and so keeps the port in TIME-WAIT.
package struct PortTurnover: Sendable {
  package let ports: Int
  /// How long a port is taken by a connection that is over: `TCP_TIMEWAIT_LEN`.
  package let timeWait = Duration.seconds(60)
  /// How old a connection in TIME-WAIT must be before a new one takes its port, by tcp_tw_reuse and
  /// where the peer's timestamps allow it; nil if none does.
  package let reusedAfter: Duration?

  /// - Returns: nil where the range of local ports is not known.
  package init?(in snapshot: SettingsSnapshot) {
    guard let ports = snapshot.localPorts else { return nil }
    self.ports = ports
    let isOn = snapshot[.tcpTwReuse].number == 1 && snapshot[.tcpTimestamps].number != 0
    // `tcp_twsk_unique`: a second, where no sysctl says how long.
    let delay = snapshot[SysctlKey("net.ipv4.tcp_tw_reuse_delay")].number ?? 1000
    reusedAfter = isOn ? .milliseconds(delay) : nil
  }

  /// New connections a second, in the long run, before connect() fails with EADDRNOTAVAIL.
  package var rate: Int { rate(over: timeWait) }

  /// The same where ports are used again sooner; nil where they are not.
  package var rateWithReuse: Int? { reusedAfter.map(rate) }

  private func rate(over time: Duration) -> Int { Int(Double(ports) / (time / .seconds(1))) }
}
