extension SocketOption {
  /// The sysctl that stands in for the option where a program does not set it; nil where unset is
  /// off, or where the scenario does not look at it.
  package func sysctl(in scenario: Scenario) -> SysctlKey? {
    guard decides(scenario) else { return nil }
    if let own = scenario.definition.standIns[self] { return own }
    switch self {
    case .keepIdle: return .tcpKeepaliveTime
    case .keepInterval: return .tcpKeepaliveIntvl
    case .keepCount: return .tcpKeepaliveProbes
    case .synCount: return .tcpSynRetries
    case .rtoMax: return .tcpRtoMaxMs
    case .rtoMin: return .tcpRtoMinUs
    case .linger2: return .tcpFinTimeout
    default: return nil
    }
  }
}
