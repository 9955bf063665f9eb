import TCPModel

extension Host {
  /// The host's own connection tracking, as a device on the path; nil if it is not loaded or not
  /// known.
  ///
  /// Nor where it is as the kernel has it: after five days it forgets a silent connection, and the
  /// next segment is picked up again (nf_conntrack_tcp_loose = 1), but through NAT.
  var connectionTracking: Middlebox? {
    let (key, loose) = (SysctlKey.conntrackEstablished, SysctlKey.conntrackTCPLoose)
    guard let seconds = snapshot[key].number, seconds > 0 else { return nil }
    guard seconds < Self.stockMemory || snapshot[loose].number == 0 else { return nil }
    return Middlebox(
      name: "nf_conntrack", idleTimeout: .seconds(seconds), onExpiry: .drop,
      tcpKeepaliveCounts: true, checkedOn: nil, source: key.rawValue,
      location: FileLocation(file: key.rawValue, line: 1, column: 1))
  }

  /// `nf_conntrack_tcp_timeout_established` as compiled in (nf_conntrack_proto_tcp.c).
  private static let stockMemory = 432_000
}

extension GroupState {
  /// The devices that forget: those on the way and, where the profile asks of idle connections, the
  /// host's own.
  var middleboxes: [Middlebox] {
    let asks = group.objectives.contains { $0.scenario == .idle }
    return group.middleboxes + (asks ? [host.connectionTracking].compactMap { $0 } : [])
  }
}
