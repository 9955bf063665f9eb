extension Experiment {
  /// The sysctls that decide it: those of the scenario, but of the neighbours of its own family alone.
  package var decidingSysctls: [SysctlKey] {
    scenario.sysctls.filter { $0.family ?? family == family }
  }
}

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
    case .accept: [.tcpSynackRetries]
    case .close: [.tcpOrphanRetries, .tcpRtoMinUs, .tcpRtoMaxMs, .tcpEarlyRetrans, .tcpSack]
    case .finWait: [.tcpFinTimeout, .tcpRtoMinUs, .tcpRtoMaxMs]
    // Its 60 s are compiled in.
    case .timeWait: []
    case .zeroWindow: [.tcpRetries2, .tcpRtoMinUs, .tcpRtoMaxMs]
    case .neighbour:
      Self.connect.sysctls
        + Experiment.Family.allCases.flatMap { family in
          [
            "mcast_solicit", "app_solicit", "retrans_time_ms",
            // Of an entry that is stale.
            "delay_first_probe_time", "ucast_solicit", "mcast_resolicit",
          ].map { .neighbour($0, family) }
        }
    }
  }
}
