extension ScenarioDefinition {
  static let send = ScenarioDefinition(
    "established, data unacknowledged, peer silently gone", from: "the write",
    ending: .reported(errno: "ETIMEDOUT"),
    sysctls: [
      .tcpRetries2, .tcpRtoMinUs, .tcpRtoMaxMs, .tcpEarlyRetrans, .tcpSack, .tcpThinLinearTimeouts,
      .tcpCongestionControl,
    ],
    options: [.userTimeout, .rtoMax, .rtoMin, .thinLinearTimeouts],
    features: [.rtoMinimumSetting, .rtoMaximumSetting, .waitsClampedToUserTimeout],
    details: [.retransmissionTimeout, .segments, .outage, .box],
    applicationView: viewOfData, simulation: DataRetransmission.timeline)

  /// What a program sees whose data nobody takes.
  static let viewOfData = """
    Writes succeed until the send buffer is full. At the end the next read or write fails with \
    the errno; after that reads give end of file, and writes EPIPE with SIGPIPE. Nothing is sent \
    to the peer. If a router or a failing neighbour said “unreachable” meanwhile, the errno is \
    EHOSTUNREACH or ENETUNREACH.
    """
}

/// The scenario `send`: data that nobody acknowledges any more.
///
/// Corresponds to `tcp_retransmit_timer`, `retransmits_timed_out`, `tcp_schedule_loss_probe` and
/// `tcp_send_loss_probe`. The clock of the limit starts at the first retransmission by timeout, not
/// at the send, and the limit is the time that tcp_retries2 doublings of 0.2 s would take, or the
/// user timeout; how many retransmissions fit is no limit.
struct DataRetransmission: ClientSimulation {
  /// Jiffies: the first timeout, and the longest.
  private(set) var timeout: Int
  let maximum: Int
  /// The wait before the tail loss probe; nil if none is sent.
  private(set) var lossProbe: Int?
  /// When that wait is armed for what is left of it, in jiffies after the send.
  private(set) var rearmed: Int
  /// Jiffies from the first retransmission.
  let limit: Int
  /// The same once the timeout has reached its maximum; another one for orphans only.
  let limitAtMaximum: Int
  /// Whether that is the user timeout, and not the time of the doublings.
  let endsAtUserTimeout: Bool
  /// TCP_USER_TIMEOUT in milliseconds, where it cuts waits short; zero is off.
  let userTimeout: Int
  /// How many retransmissions come before the timeout doubles (thin streams); zero elsewhere.
  private(set) var linearTimeouts: Int
  let hertz: Int
  let roundTrip: Int

  var firstTimer: (delay: Int, wait: Int) {
    lossProbe.map { (rearmed, $0 - rearmed) } ?? (0, timeout)
  }
  // The wait that was doubled last is longer than all before it, and those are within the limit.
  var longestWait: Int {
    min(timeout << 20, maximum, max(limit, limitAtMaximum) + 2 * timeout)
  }
  var firstTimeout: Int? { timeout }
  var cutWait: CutWait? {
    userTimeout > 0 ? CutWait(spread: UserTimeout.spread(hertz: hertz)) : nil
  }
  var shiftInvariantUntil: Int { userTimeout > 0 ? limit : .max }
}

extension DataRetransmission {
  struct Attempt: ClientAttempt {
    var due: Int
    /// The loss probe, which is sent first if at all, or a retransmission.
    var kind: Timeline.EventKind
    /// The retransmission timeout, in jiffies.
    var wait: Int
    /// When the first retransmission left, from which on limits count.
    var clock = 0
    /// How many retransmissions were made.
    var sent = 0
  }

  func attempt(from start: Int, on wheel: TimerWheel) -> Attempt {
    let (delay, wait) = firstTimer
    return Attempt(
      due: wheel.fire(after: wait, at: start + delay),
      kind: lossProbe == nil ? .retransmission : .lossProbe, wait: timeout)
  }

  func isOver(_ attempt: Attempt) -> Bool {
    attempt.sent > 0 && attempt.due - attempt.clock >= limit(beside: attempt.wait)
  }

  /// Returns how long retransmissions may go on, in jiffies, beside a timeout.
  func limit(beside wait: Int) -> Int { wait < maximum ? limit : limitAtMaximum }

  func endReasons(of attempt: Attempt) -> Timeline.EndReasons {
    if endsAtUserTimeout { return .userTimeout }
    return attempt.due - attempt.clock >= limit ? .retransmissionTime : .retransmissionTimeAtMaximum
  }

  /// Returns the timeout that follows one, given how many retransmissions were made.
  func timeout(after wait: Int, sent: Int) -> Int {
    sent > linearTimeouts ? min(2 * wait, maximum) : wait
  }

  func send(_ attempt: inout Attempt, on wheel: TimerWheel) {
    let now = attempt.due
    if attempt.kind == .lossProbe {
      attempt.kind = .retransmission
      attempt.due = wheel.fire(after: attempt.wait, at: now)
      return
    }
    if attempt.sent == 0 { attempt.clock = now }
    attempt.sent += 1
    attempt.wait = timeout(after: attempt.wait, sent: attempt.sent)
    let clamped = UserTimeout.clamp(
      attempt.wait, to: userTimeout, elapsed: now - attempt.clock, hertz: hertz)
    attempt.due = wheel.fire(after: clamped, at: now)
  }

  func repetition(of attempt: Attempt, on wheel: TimerWheel) -> Repetition? {
    // Other events than its own may have filled what is written down.
    guard attempt.sent > 0, attempt.wait == maximum else { return nil }
    return Repetition(
      distance: wheel.fire(after: maximum, at: attempt.due) - attempt.due,
      end: attempt.clock + limitAtMaximum - maximum)
  }
}

extension DataRetransmission {
  /// What may end it, whatever the tick: the time of the doublings, or the user timeout.
  struct Limits {
    /// tcp_retries2 or tcp_orphan_retries, and TCP_USER_TIMEOUT in milliseconds.
    let retries, userTimeout: SettingValue
    let time: ModelTimeout
    /// Once the timeout has reached its maximum.
    let timeAtMaximum: ModelTimeout

    /// - Parameter acting: what the retries act as until the timeout has reached its maximum.
    init(
      of send: Experiment, _ retries: SettingValue, actingAs acting: Int, under rules: KernelRules
    ) throws(Unknown) {
      (self.retries, userTimeout) = (retries, send.setting(.userTimeout))
      let maximum = try RetransmissionTimeout.maximum(of: send, under: rules)
      func time(_ retries: Int) -> ModelTimeout {
        ModelTimeout(ofDataWith: retries, maximum: maximum)
      }
      (self.time, timeAtMaximum) = (time(acting), time(retries.value))
    }

    var endReasons: [Timeline.EndReason] {
      func reason(_ limit: Timeline.EndReason.Limit, _ time: ModelTimeout) -> Timeline.EndReason {
        Timeline.EndReason(limit, [retries], count: time.retries, time: time.time)
      }
      return [
        reason(.retransmissionTime, time), reason(.retransmissionTimeAtMaximum, timeAtMaximum),
        Timeline.EndReason(
          .userTimeout, [userTimeout], time: .milliseconds(userTimeout.value), overruling: retries),
      ]
    }
  }

  /// One simulation for every first timeout that occurs on the path, in whole ticks.
  static func simulations(
    of send: Experiment, within limits: Limits, under rules: KernelRules, at tick: TickRate
  ) throws(Unknown) -> [DataRetransmission] {
    let first = try DataRetransmission(of: send, within: limits, under: rules, at: tick)
    let path = RTTEstimate(
      send.path, minimum: first.timeout, maximum: first.maximum, at: tick)
    let probing = try sendsLossProbe(send)
    return try linearTimeouts(send).flatMap { linearTimeouts in
      let timeouts = path.timeouts { first.with(timeout: $0, linearTimeouts: linearTimeouts) }
      let simulations = timeouts.map { timeout in
        let lossProbes = path.lossProbes(before: timeout).map(RTTEstimate.LossProbe?.some)
        return probing.flatMap { $0 ? lossProbes : [nil] }.map {
          first.with(timeout: timeout, linearTimeouts: linearTimeouts, lossProbe: $0)
        }
      }
      // What lies between may come before a neighbour's timer with one timeout, after it with another.
      if send.scenario == .movedAddress { return simulations.flatMap(\.self) }
      return decisive(simulations, on: rules.wheel(at: tick)).flatMap(\.self)
    }
  }

  /// The one of the shortest first timeout there is on any path.
  private init(
    of send: Experiment, within limits: Limits, under rules: KernelRules, at tick: TickRate
  ) throws(Unknown) {
    maximum = tick.jiffies(limits.time.maximum)
    timeout = try RetransmissionTimeout.minimum(of: send, under: rules, at: tick)
    (lossProbe, rearmed, linearTimeouts) = (nil, 0, 0)
    let asked = limits.userTimeout.value
    endsAtUserTimeout = asked > 0
    userTimeout = asked > 0 ? try rules.knows(.waitsClampedToUserTimeout) ? asked : 0 : 0
    func limit(_ time: ModelTimeout) -> Int {
      asked > 0 ? tick.jiffies(.milliseconds(asked)) : time.jiffies(at: tick)
    }
    (self.limit, limitAtMaximum) = (limit(limits.time), limit(limits.timeAtMaximum))
    hertz = tick.hertz
    roundTrip = tick.jiffies(send.path.roundTrip.upperBound)
  }

  private func with(
    timeout: Int, linearTimeouts: Int, lossProbe: RTTEstimate.LossProbe? = nil
  ) -> DataRetransmission {
    var other = self
    (other.timeout, other.linearTimeouts) = (timeout, linearTimeouts)
    (other.lossProbe, other.rearmed) = (lossProbe?.wait, lossProbe?.rearmed ?? 0)
    return other
  }

  /// Tail loss probes need SACK and tcp_early_retrans 3 or 4 (`tcp_schedule_loss_probe`); where a
  /// capture does not tell, both courses are possible.
  private static func sendsLossProbe(_ send: Experiment) throws(Unknown) -> [Bool] {
    let keys: [SysctlKey] = [.tcpSack, .tcpEarlyRetrans]
    if keys.contains(where: { send.snapshot[$0] == .absent }) { return [true, false] }
    let sack = try send.value(.tcpSack)
    let mode = try send.value(.tcpEarlyRetrans)
    return [sack != 0 && (3...4).contains(mode)]
  }

  /// Returns how often the timeout is kept before it doubles: `TCP_THIN_LINEAR_RETRIES` for fewer
  /// than four segments in flight, where the program or the host treats such thin streams apart.
  ///
  /// A stream in its initial slow start is not thin (`tcp_stream_is_thin`); a timeout ends that with
  /// every congestion control but BBR, which leaves the threshold infinite (measured on 6.18).
  /// Only ESTABLISHED connections are, so never an orphan (`tcp_retransmit_timer`).
  private static func linearTimeouts(_ send: Experiment) throws(Unknown) -> [Int] {
    guard send.scenario.definition.options.contains(.thinLinearTimeouts), send.path.segments < 4
    else { return [0] }
    let isKnown: Bool
    if send.options[.thinLinearTimeouts] ?? 0 != 0 {
      isKnown = true
    } else {
      isKnown = send.snapshot[.tcpThinLinearTimeouts] != .absent
      if isKnown, try send.value(.tcpThinLinearTimeouts) == 0 { return [0] }
    }
    guard isKnown, let control = send.snapshot[.tcpCongestionControl].value else { return [0, 6] }
    return [control == .text("bbr") ? 0 : 6]
  }

  static func simulations(of send: Experiment, under rules: KernelRules) throws(Unknown)
    -> SimulationSet<DataRetransmission>
  {
    let retries = try send.setting(.tcpRetries2)
    let limits = try Limits(of: send, retries, actingAs: retries.value, under: rules)
    return SimulationSet(limits: limits.endReasons) { tick throws(Unknown) in
      try simulations(of: send, within: limits, under: rules, at: tick)
    }
  }

  static func timeline(of send: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline {
    try Timeline(
      .send, under: rules, simulations(of: send, under: rules), send.precision)
  }
}
