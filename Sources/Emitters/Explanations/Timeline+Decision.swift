package import TCPModel

extension Timeline {
  /// What ended it, and by which settings: a sentence for each limit that was met in some phase.
  package func decision(of play: Case) -> [String] {
    let met = limits
    var sentences: [String] = []
    if met.contains(.neighbourProbes) { sentences.append(play.neighbourReason) }
    if met.contains(.retransmissions) { sentences.append(play.countReason) }
    if met.contains(.retransmissionTime) { sentences.append(play.timeReason) }
    if met.contains(.probes) { sentences.append(play.probeReason) }
    if met.contains(.userTimeout) { sentences.append(play.userTimeoutReason) }
    if met.contains(.lifetime) { sentences.append(play.lifetimeReason) }
    // Limits that every branch meets are met together.
    let isTogether = branches.allSatisfy { $0.limits == met }
    return sentences.enumerated().map { index, sentence in
      "\(index == 0 ? "Decided by" : isTogether ? "And by" : "Or by") \(sentence)."
    }
  }
}

extension Case {
  /// `TCP_SYNCNT = 3` where the program sets it, else `tcp_syn_retries = 6`.
  private func named(_ option: SocketOption, else key: SysctlKey) -> String {
    options[option].map { "\(option.name) = \($0)" } ?? named(key)
  }

  private func named(_ key: SysctlKey) -> String {
    "\(key.shortName) = \(snapshot[key].printed ?? "unknown")"
  }

  private func number(_ option: SocketOption, else key: SysctlKey) -> Int? {
    options[option] ?? number(key)
  }

  private func number(_ key: SysctlKey) -> Int? {
    guard case .value(let value) = snapshot[key] else { return nil }
    return value
  }

  fileprivate var countReason: String {
    if scenario == .accept {
      return
        "the count: \(named(.synCount, else: .tcpSynackRetries)), and TCP_DEFER_ACCEPT where that"
        + " is longer"
    }
    let retries = named(.synCount, else: .tcpSynRetries)
    guard case .value(let linear) = snapshot[.tcpSynLinearTimeouts], linear > 0,
      let count = number(.synCount, else: .tcpSynRetries)
    else { return "the count: \(retries)" }
    return "the count: \(retries) and \(named(.tcpSynLinearTimeouts)) allow"
      + " \(count + linear) retransmissions"
  }

  /// The sum that retransmissions may take; the kernel makes it from a first wait of its own.
  fileprivate var timeReason: String {
    switch scenario {
    case .connect, .neighbour:
      let retries = named(.synCount, else: .tcpSynRetries)
      return
        "the time that \(retries) stands for, \(sum(number(.synCount, else: .tcpSynRetries), from: synBase));"
        + " linear timeouts are not in that sum"
    case .close:
      let isZero = snapshot[.tcpOrphanRetries] == .value(0)
      let retries = isZero ? 8 : number(.tcpOrphanRetries)
      let acting = isZero ? ", which acts as 8 until the timeout has reached its maximum," : ""
      return "the time that \(named(.tcpOrphanRetries))\(acting) stands for,"
        + " \(sum(retries, from: Self.establishedBase)), counted from the first"
        + " retransmission"
    case .accept, .idle, .send, .zeroWindow, .finWait, .timeWait:
      return "the time that \(named(.tcpRetries2)) stands for,"
        + " \(sum(number(.tcpRetries2), from: Self.establishedBase)), counted from the first"
        + " retransmission; how many there were is not looked at"
    }
  }

  private static let establishedBase = Duration.milliseconds(200)

  /// Of 4.19 some took the one of established sockets: those that this limit ends.
  private var synBase: Duration {
    snapshot.kernel == KernelVersion(4, 19) ? Self.establishedBase : .seconds(1)
  }

  /// What `retries` doublings of a first wait add up to (`tcp_model_timeout`).
  private func sum(_ retries: Int?, from base: Duration) -> String {
    guard let retries else { return "a sum that is not known" }
    let maximum = number(.rtoMax, else: .tcpRtoMaxMs) ?? 120_000
    return Duration.milliseconds(
      RetransmissionTimeout.model(
        retries: retries, base: Int(base / .milliseconds(1)), maximum: maximum)
    ).text
  }

  fileprivate var probeReason: String {
    guard scenario == .idle else {
      return "the count: \(named(.tcpRetries2)) probes in a row without an answer"
    }
    return
      "the count: \(named(.keepCount, else: .tcpKeepaliveProbes)) probes without an answer, after"
      + " \(named(.keepIdle, else: .tcpKeepaliveTime)) s of silence and"
      + " \(named(.keepInterval, else: .tcpKeepaliveIntvl)) s apart"
  }

  fileprivate var userTimeoutReason: String {
    let timeout = "TCP_USER_TIMEOUT = \(options[.userTimeout] ?? 0) ms"
    switch scenario {
    case .connect, .neighbour:
      return "\(timeout), which takes the place of the time that"
        + " \(named(.synCount, else: .tcpSynRetries)) stands for"
    case .idle:
      return "\(timeout), looked at when a keepalive probe is due; their count is not"
    case .zeroWindow: return "\(timeout), counted from the first probe, answered or not"
    case .close, .send, .accept, .finWait, .timeWait:
      return "\(timeout), counted from the first retransmission"
    }
  }

  fileprivate var neighbourReason: String {
    func value(_ name: String) -> String { named(.neighbour(name, family)) }
    return "the neighbour table: \(value("mcast_solicit")) and \(value("app_solicit")) requests,"
      + " \(value("retrans_time_ms")) ms apart"
  }

  fileprivate var lifetimeReason: String {
    guard scenario == .finWait else {
      return "a constant of the kernel, 60 s (TCP_TIMEWAIT_LEN); no setting changes it"
    }
    let isSet = options[.linger2] ?? 0 != 0
    return isSet ? "TCP_LINGER2 = \(options[.linger2] ?? 0) s" : "\(named(.tcpFinTimeout)) s"
  }
}
