package import TCPModel

extension Setting {
  /// What serves better in most cases; nil where nothing does.
  package var preference: String? {
    switch self {
    case .sysctl(let key): key.preference
    case .option(let option): option.preference
    }
  }
}

extension SysctlKey {
  fileprivate var preference: String? {
    switch self {
    case .tcpSynRetries, .tcpSynLinearTimeouts:
      "a deadline in the program, or TCP_SYNCNT; host-wide at least 3 retries"
    case .tcpSynackRetries: "TCP_SYNCNT on the listener concerned"
    case .tcpRetries2:
      "TCP_USER_TIMEOUT on the connections concerned; host-wide at least 8"
    case .tcpRtoMaxMs: "TCP_RTO_MAX_MS together with TCP_USER_TIMEOUT, on the connections concerned"
    case .tcpRtoMinUs: "TCP_RTO_MIN_US, or rto_min of the route, on fast networks only"
    case .tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes:
      "SO_KEEPALIVE with TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT in programs that can set"
        + " them; the sysctls reach those that set SO_KEEPALIVE alone"
    case .tcpOrphanRetries: "the default, 0"
    case .tcpFinTimeout: "the default, 60; TCP_LINGER2 on the sockets concerned"
    case .tcpTwReuse, .tcpMaxTwBuckets:
      "persistent connections, a wider ip_local_port_range, more addresses"
    case .tcpAbortOnOverflow, .tcpSyncookies, .tcpMaxSynBacklog:
      "a longer queue: somaxconn together with the backlog of listen()"
    case .tcpThinLinearTimeouts: "TCP_THIN_LINEAR_TIMEOUTS on the connections concerned"
    case .conntrackEstablished: "keepalive times below it"
    default: nil
    }
  }
}

extension SocketOption {
  fileprivate var preference: String? {
    switch self {
    case .synCount: "a deadline in the program, which limits name lookup and TLS as well"
    case .keepalive: "an application heartbeat where proxies are on the path"
    case .rtoMin, .linger2: "the default"
    default: nil
    }
  }
}
