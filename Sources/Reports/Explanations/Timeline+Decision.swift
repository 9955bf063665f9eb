package import TCPModel

extension Timeline {
  /// What ended it, and by which settings: a sentence for each limit that was met in some phase.
  package func decision(of experiment: Experiment) -> [String] {
    let met = endReasons
    var sentences: [String] = []
    if met.contains(.neighbourProbes) { sentences.append(experiment.neighbourReason) }
    if met.contains(.retransmissions) { sentences.append(experiment.countReason(met)) }
    if met.contains(.retransmissionTime) { sentences.append(experiment.timeReason(self)) }
    if met.contains(.probes) { sentences.append(experiment.probeReason) }
    if met.contains(.userTimeout) { sentences.append(experiment.userTimeoutReason) }
    if met.contains(.lifetime) { sentences.append(experiment.lifetimeReason(self)) }
    // Limits that every branch meets are met together.
    let isTogether = branches.allSatisfy { $0.endReasons == met }
    return sentences.enumerated().map { index, sentence in
      "\(index == 0 ? "Decided by" : isTogether ? "And by" : "Or by") \(sentence)."
    }
  }
}

extension Experiment {
  /// `TCP_SYNCNT = 3` where the program sets it, else `tcp_syn_retries = 6`.
  private func named(_ option: SocketOption, else key: SysctlKey) -> String {
    options[option].map { "\(option.name) = \($0)" } ?? named(key)
  }

  private func named(_ key: SysctlKey) -> String {
    "\(key.shortName) = \(snapshot[key].printed ?? "unknown")"
  }

  private var rules: KernelRules? { try? KernelRules(of: snapshot) }

  fileprivate func countReason(_ met: Timeline.EndReasons) -> String {
    if scenario == .accept {
      let isDeferring = options[.deferAccept] ?? 0 > 0
      return "the count: \(named(.synCount, else: .tcpSynackRetries))"
        + (isDeferring ? ", or TCP_DEFER_ACCEPT where the client's ACK came and no data" : "")
    }
    let retries = named(.synCount, else: .tcpSynRetries)
    // Linux 4.19 cuts the waits short, and looks at the count alone.
    let isHurried =
      options[.userTimeout] ?? 0 > 0 && !met.contains(.userTimeout)
      && rules?.has(.waitsClampedToUserTimeout) == true
      && rules?.has(.userTimeoutOfConnect) == false
    let hurry = isHurried ? ", used up by a SYN in every tick once the user timeout is over" : ""
    guard linearTimeouts > 0, let count = number(.synCount, else: .tcpSynRetries) else {
      return "the count: \(retries)\(hurry)"
    }
    return "the count: \(retries) and \(named(.tcpSynLinearTimeouts)) allow"
      + " \(count + linearTimeouts) retransmissions\(hurry)"
  }

  private var linearTimeouts: Int { number(.tcpSynLinearTimeouts) ?? 0 }

  /// The sum that retransmissions may take; the kernel makes it from a first wait of its own.
  fileprivate func timeReason(_ timeline: Timeline) -> String {
    switch scenario {
    case .connect, .neighbour:
      let sum = sum(number(.synCount, else: .tcpSynRetries), from: synBase)?.text ?? "unknown"
      return "the time that \(named(.synCount, else: .tcpSynRetries)) stands for, \(sum)"
        + (linearTimeouts > 0 ? "; linear timeouts are not in that sum" : "")
    case .close: return orphanReason(timeline)
    case .accept, .idle, .send, .zeroWindow, .finWait, .timeWait:
      return "the time that \(named(.tcpRetries2)) stands for,"
        + " \(sum(number(.tcpRetries2), from: Self.establishedBase)?.text ?? "unknown"), counted"
        + " from the first retransmission; the number of retransmissions is ignored"
    }
  }

  /// None stands for eight, but only until the timeout has reached its maximum.
  private func orphanReason(_ timeline: Timeline) -> String {
    let isNone = number(.tcpOrphanRetries) == 0
    let sum = sum(isNone ? 8 : number(.tcpOrphanRetries), from: Self.establishedBase)
    if isNone, let sum, let end = timeline.range?.latest, end < sum {
      return "\(named(.tcpOrphanRetries)), which is none once the timeout has reached its maximum"
    }
    let acting = isNone ? ", which acts as 8 until the timeout has reached its maximum," : ""
    return "the time that \(named(.tcpOrphanRetries))\(acting) stands for,"
      + " \(sum?.text ?? "unknown"), counted from the first retransmission"
  }

  private static let establishedBase = Duration.milliseconds(200)

  /// Of 4.19 some took the one of established sockets: those that this limit ends.
  private var synBase: Duration {
    snapshot.kernel == KernelVersion(4, 19) ? Self.establishedBase : .seconds(1)
  }

  /// What `retries` doublings of a first wait add up to (`tcp_model_timeout`).
  private func sum(_ retries: Int?, from base: Duration) -> Duration? {
    retries.map { retries in
      .milliseconds(
        RetransmissionTimeout.model(
          retries: retries, base: Int(base / .milliseconds(1)), maximum: longestWait))
    }
  }

  fileprivate var probeReason: String {
    guard scenario == .idle else {
      // Linux 4.19 and earlier look before they count.
      let more = rules?.has(.countedWindowProbes) == false ? " and one more" : ""
      return "the count: \(named(.tcpRetries2))\(more) probes in a row without an answer"
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
      return "\(timeout), which replaces the time that"
        + " \(named(.synCount, else: .tcpSynRetries)) stands for"
    case .idle:
      return "\(timeout), checked when a keepalive probe is due; the number of probes is ignored"
    case .zeroWindow: return "\(timeout), counted from the first probe, answered or not"
    case .close, .send, .accept, .finWait, .timeWait:
      return "\(timeout), counted from the first retransmission"
    }
  }

  fileprivate var neighbourReason: String {
    func value(_ name: String) -> String { named(.neighbour(name, family)) }
    if neighbourEntry == .stale {
      let asking = "then \(value("ucast_solicit")) requests to the old address"
      return "the neighbour table: \(value("delay_first_probe_time")) s, \(asking), then "
        + "\(value("mcast_solicit")) to all, \(value("retrans_time_ms")) ms apart"
    }
    return "the neighbour table: \(value("mcast_solicit")) and \(value("app_solicit")) requests,"
      + " \(value("retrans_time_ms")) ms apart"
  }

  fileprivate func lifetimeReason(_ timeline: Timeline) -> String {
    guard scenario == .finWait else {
      return "a constant of the kernel, 60 s (TCP_TIMEWAIT_LEN); no setting changes it"
    }
    guard let lifetime = rules.flatMap({ FinWait2.lifetime(of: self, under: $0) }) else {
      return "TCP_LINGER2 below zero"
    }
    let rest = lifetime.seconds - 60
    let usual = Duration.seconds(rest > 0 ? 2 * rest : lifetime.seconds)
    if let end = timeline.nominalEnd, end > usual + .milliseconds(20) {
      return "three and a half retransmission timeouts, the least there is"
    }
    if lifetime.isOfSysctl { return "\(named(.tcpFinTimeout)) s" }
    let asked = options[.linger2] ?? 0
    return "TCP_LINGER2 = \(asked) s"
      + (asked > lifetime.seconds ? ", cut to \(lifetime.seconds) s" : "")
  }
}
