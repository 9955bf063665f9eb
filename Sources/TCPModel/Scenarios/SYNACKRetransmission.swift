extension ScenarioDefinition {
  static let accept = ScenarioDefinition(
    "a client's last ACK never comes", from: "the first SYN-ACK", ending: .unreported,
    opener: .server, sysctls: [.tcpSynackRetries, .tcpRtoMaxMs],
    options: [.synCount, .deferAccept, .rtoMax], neededFeatures: [.tcpRtoMaxMs: .cappedSYNACKWaits],
    features: [.timerPerConnection, .cappedSYNACKWaits, .rtoMaximumSetting],
    standIns: [.synCount: .tcpSynackRetries],
    applicationView: """
      The server sees nothing. The client may hold an established connection, and write into it; \
      what it sends after the end is answered by a reset.
      """,
    simulation: SYNACKRetransmission.timeline)
}

/// The scenario `accept`: SYN-ACKs to a client whose last ACK never comes.
///
/// Corresponds to `reqsk_timer_handler` and `syn_ack_recalc` in net/ipv4/inet_connection_sock.c.
/// Only the count of timeouts ends it, and linear timeouts do not matter here; the RTO maximum of the
/// listener bounds the waits in Linux 6.19 and later (`tcp_reqsk_timeout`).
struct SYNACKRetransmission: TimerSimulation {
  /// tcp_synack_retries, or TCP_SYNCNT of the listener.
  let retries: Int
  /// The timeouts of TCP_DEFER_ACCEPT, where the client's ACK came and is ignored because it had no
  /// data; nil if no ACK came, which TCP_DEFER_ACCEPT does not change.
  let deferred: Int?
  /// Which of both it is, where TCP_DEFER_ACCEPT is set.
  let circumstance: Timeline.Circumstance?
  /// Jiffies.
  let initial, maximum: Int
  let roundTrip: Int

  private var timeouts: Int { max(retries, deferred ?? 0) }

  var firstTimer: (delay: Int, wait: Int) { (0, initial) }
  var longestWait: Int { wait(timeouts) }
  var opening: Timeline.EventKind? { .synAck }
  var shiftInvariantUntil: Int { deferred == nil ? .max : 0 }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    // While an ACK without data is ignored nothing is sent, but for a last chance at the end.
    let firstSent = deferred.map { $0 - 1 } ?? 0
    var now = wheel.fire(after: initial, at: start)
    for timeout in 0..<timeouts {
      if timeout >= firstSent { trace.add(.synAck, at: now) }
      now = wheel.fire(after: wait(timeout + 1), at: now)
    }
    trace.giveUp(at: now, roundTrip: roundTrip, by: .retransmissions)
  }

  private func wait(_ timeouts: Int) -> Int { min(initial << min(timeouts, 20), maximum) }
}

extension SYNACKRetransmission {
  /// Returns the timeouts that TCP_DEFER_ACCEPT seconds are rounded up to (`secs_to_retrans`).
  static func timeouts(deferring seconds: Int) -> Int {
    var (timeouts, wait, period) = (1, 1, 1)
    while seconds > period, timeouts < 255 {
      timeouts += 1
      wait = min(2 * wait, 120)
      period += wait
    }
    return timeouts
  }

  private static func timeouts(deferringAs accept: Experiment) -> Int? {
    let seconds = accept.options[.deferAccept] ?? 0
    return seconds > 0 ? timeouts(deferring: seconds) : nil
  }

  static func simulations(of accept: Experiment, at tick: TickRate, under rules: KernelRules)
    throws(Unknown) -> [SYNACKRetransmission]
  {
    let retries = try accept.setting(.synCount, else: .tcpSynackRetries).value
    let deferred = timeouts(deferringAs: accept)
    let initial = tick.jiffies(RetransmissionTimeout.initial)
    let maximum =
      rules.has(.cappedSYNACKWaits)
      ? try RetransmissionTimeout.maximum(of: accept, under: rules)
      : RetransmissionTimeout.defaultMaximum
    // 64 bits hold the wait, seven the count (`num_timeout` of struct request_sock).
    guard max(retries, deferred ?? 0) + initial.trailingZeroBitCount < 64 else {
      throw Unknown("so many timeouts of a SYN-ACK are more than the kernel can count")
    }
    func simulation(_ deferred: Int?, _ circumstance: Timeline.Circumstance?)
      -> SYNACKRetransmission
    {
      SYNACKRetransmission(
        retries: retries, deferred: deferred, circumstance: circumstance, initial: initial,
        maximum: tick.jiffies(maximum),
        roundTrip: tick.jiffies(accept.path.roundTrip.upperBound))
    }
    // One timeout is what there is without it too.
    guard let deferred, deferred > 1 || retries < deferred else { return [simulation(nil, nil)] }
    return [simulation(nil, .notAcknowledged), simulation(deferred, .acknowledged)]
  }

  static func timeline(of accept: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline
  {
    try rules.needTimerPerConnection()
    var timeline = try Timeline(.accept, under: rules, limits: [endReason(of: accept)]) {
      tick throws(Unknown) in
      try simulations(of: accept, at: tick, under: rules)
    }
    timeline.acceptance = acceptance(in: timeline, of: accept)
    return timeline
  }

  /// Returns when a live client is accepted that sends nothing; nil where that is at once.
  ///
  /// While an ACK without data is ignored no SYN-ACK leaves: the first that leaves after the opening
  /// one is answered by a live client, and that ACK is no longer ignored (`tcp_check_req`).
  private static func acceptance(in timeline: Timeline, of accept: Experiment)
    -> Timeline.DeferredAcceptance?
  {
    guard let timeouts = timeouts(deferringAs: accept) else { return nil }
    let asked = timeline.branches.filter { $0.circumstance != .notAcknowledged }
      .compactMap { $0.events.dropFirst().first?.range }
    guard let range = asked.union else { return nil }
    let roundTrip = accept.path.roundTrip
    return Timeline.DeferredAcceptance(
      timeouts: timeouts,
      range: range + TimeRange(roundTrip.lowerBound, roundTrip.upperBound))
  }

  /// TCP_DEFER_ACCEPT has a part in it where it allows more timeouts than the retries do.
  private static func endReason(of accept: Experiment) throws(Unknown) -> Timeline.EndReason {
    let retries = try accept.setting(.synCount, else: .tcpSynackRetries)
    let isDeferredLonger = timeouts(deferringAs: accept).map { $0 > retries.value } ?? false
    return Timeline.EndReason(
      .retransmissions, [retries] + (isDeferredLonger ? [accept.setting(.deferAccept)] : []),
      count: retries.value)
  }
}
