extension Scenario {
  /// The sysctls that decide when it ends, as far as it is modelled.
  package var sysctls: [SysctlKey] {
    switch self {
    case .connect: [.tcpSynRetries, .tcpSynLinearTimeouts, .tcpRtoMaxMs]
    case .idle: [.tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes]
    case .send:
      [
        .tcpRetries2, .tcpRtoMinUs, .tcpRtoMaxMs, .tcpEarlyRetrans, .tcpSack,
        .tcpThinLinearTimeouts, .tcpCongestionControl,
      ]
    case .neighbour, .accept, .zeroWindow, .close, .finWait, .timeWait: []
    }
  }
}
