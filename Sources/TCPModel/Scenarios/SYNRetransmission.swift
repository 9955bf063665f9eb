extension ScenarioDefinition {
  static let connect = ScenarioDefinition(
    "connect() to a host that stays silent", from: "connect()",
    ending: .reported(errno: "ETIMEDOUT"), opener: .client,
    sysctls: [.tcpSynRetries, .tcpSynLinearTimeouts, .tcpRtoMaxMs],
    options: [.userTimeout, .synCount, .rtoMax],
    features: [.linearSYNTimeouts, .rtoMaximumSetting], details: .outage,
    applicationView: viewOfConnect, simulation: SYNRetransmission.timeline)

  /// What a program sees of any connect that nobody answers.
  static let viewOfConnect = """
    A blocking connect() returns the errno; after a non-blocking one SO_ERROR tells it, once. \
    Until then no event comes. After SO_ERROR was read, connecting once more on the same socket \
    gives ECONNABORTED the first time.
    """
}

/// The scenario `connect`: SYNs to a host that stays silent.
///
/// Corresponds to `tcp_retransmit_timer`, `tcp_write_timeout`, `retransmits_timed_out` and
/// `tcp_clamp_rto_to_user_timeout` in net/ipv4/tcp_timer.c for a socket in SYN-SENT. Since 5.4 two
/// limits hold side by side: the count of retransmissions, linear ones included, and the
/// time the backoff would take without linear ones (`tcp_model_timeout`), which the user timeout
/// replaces. Neither is looked at before the first retransmission.
struct SYNRetransmission: ClientSimulation {
  /// tcp_syn_retries, or TCP_SYNCNT.
  let retries: Int
  /// How many retransmissions there are at most, linear ones included; `.max` where none count.
  let limitOfCount: Int
  /// tcp_syn_linear_timeouts; zero where the kernel has none.
  let linearTimeouts: Int
  /// Jiffies.
  let initial, maximum: Int
  /// Jiffies after which the attempt has lasted too long; `.max` where time does not end it.
  let limit: Int
  /// What that is: the time of the backoff, or the user timeout.
  let timeLimit: Timeline.EndReasons
  /// TCP_USER_TIMEOUT in milliseconds, where it cuts waits short; zero is off.
  let userTimeout: Int
  let hertz: Int
  let roundTrip: Int

  var firstTimer: (delay: Int, wait: Int) { (0, min(initial, maximum)) }
  var longestWait: Int { min(initial << min(retries + 1, 20), maximum) }
  var opening: Timeline.EventKind? { .syn }
  var cutWait: CutWait? {
    userTimeout > 0 ? CutWait(spread: UserTimeout.spread(hertz: hertz)) : nil
  }
  var shiftInvariantUntil: Int { userTimeout > 0 ? userTimeout * hertz / 1000 : .max }
}

extension SYNRetransmission {
  struct Attempt: ClientAttempt {
    let start: Int
    var timeout: Int
    /// How many retransmissions were made, and how often the timeout was doubled for them.
    var sent = 0
    var backoff = 0
    /// The wait that the timer is armed for, and when it fires.
    var wait: Int
    var due: Int

    var kind: Timeline.EventKind { .retransmission }
  }

  func attempt(from start: Int, on wheel: TimerWheel) -> Attempt {
    let wait = firstTimer.wait
    return Attempt(
      start: start, timeout: initial, wait: wait, due: wheel.fire(after: wait, at: start))
  }

  /// Returns whether an attempt has used up what it may (`tcp_write_timeout`).
  func isOver(_ attempt: Attempt) -> Bool {
    attempt.sent > 0
      && (attempt.sent >= limitOfCount || attempt.due - attempt.start >= limit)
  }

  func endReasons(of attempt: Attempt) -> Timeline.EndReasons {
    endReasons(of: attempt, at: attempt.due)
  }

  /// Returns what an attempt has used up at a jiffy.
  func endReasons(of attempt: Attempt, at now: Int) -> Timeline.EndReasons {
    guard attempt.sent > 0 else { return [] }
    var endReasons: Timeline.EndReasons = []
    if attempt.sent >= limitOfCount {
      // Only a user timeout that is over and ends nothing cuts a wait so short.
      endReasons = attempt.wait == 1 ? .retransmissionsInEveryTick : .retransmissions
    }
    if now - attempt.start >= limit { endReasons.formUnion(timeLimit) }
    return endReasons
  }

  /// Returns the timeout that follows one, given how many retransmissions were made.
  func timeout(after timeout: Int, sent: Int) -> Int {
    sent > linearTimeouts ? min(2 * timeout, maximum) : timeout
  }

  func send(_ attempt: inout Attempt, on wheel: TimerWheel) {
    attempt.sent += 1
    attempt.timeout = timeout(after: attempt.timeout, sent: attempt.sent)
    if attempt.sent > linearTimeouts { attempt.backoff += 1 }
    let now = attempt.due
    attempt.wait = UserTimeout.clamp(
      attempt.timeout, to: userTimeout, elapsed: now - attempt.start, hertz: hertz)
    attempt.due = wheel.fire(after: attempt.wait, at: now)
  }
}

extension SYNRetransmission {
  /// What may end an attempt, whatever the tick.
  struct Limits {
    /// TCP_SYNCNT or tcp_syn_retries, tcp_syn_linear_timeouts, TCP_USER_TIMEOUT in milliseconds.
    let retries, linearTimeouts, userTimeout: SettingValue
    let maximum: Duration
    let kernel: KernelRules.ConnectLimits

    init(of connect: Experiment, under rules: KernelRules) throws(Unknown) {
      retries = try connect.setting(.synCount, else: .tcpSynRetries)
      linearTimeouts =
        rules.has(.linearSYNTimeouts)
        ? try connect.setting(.tcpSynLinearTimeouts)
        : SettingValue(.sysctl(.tcpSynLinearTimeouts), 0)
      userTimeout = connect.setting(.userTimeout)
      maximum = try RetransmissionTimeout.maximum(of: connect, under: rules)
      kernel = try rules.connectLimits(withUserTimeout: userTimeout.value > 0)
    }

    /// Linear ones included.
    var count: Int { retries.value + linearTimeouts.value }
    /// Linear ones left out; nil if no such time ends it.
    var time: ModelTimeout? {
      kernel.timeBase.map { ModelTimeout(retries: retries.value, base: $0, maximum: maximum) }
    }

    var endReasons: [Timeline.EndReason] {
      let linear = linearTimeouts.value > 0 ? linearTimeouts : nil
      let counted = [retries] + (linear.map { [$0] } ?? [])
      return [
        Timeline.EndReason(.retransmissions, counted, count: count),
        Timeline.EndReason(.retransmissionsInEveryTick, counted, count: count),
        Timeline.EndReason(
          .retransmissionTime, [retries], count: retries.value, time: time?.time, overruling: linear
        ),
        Timeline.EndReason(
          .userTimeout, [userTimeout], time: .milliseconds(userTimeout.value), overruling: retries),
      ]
    }
  }

  init(of connect: Experiment, within limits: Limits, at tick: TickRate) {
    (retries, linearTimeouts) = (limits.retries.value, limits.linearTimeouts.value)
    initial = tick.jiffies(RetransmissionTimeout.initial)
    maximum = tick.jiffies(limits.maximum)
    limitOfCount = limits.kernel.countsRetries ? limits.count : .max
    let userTimeout = limits.userTimeout.value
    self.userTimeout = limits.kernel.clampsToUserTimeout ? userTimeout : 0
    if userTimeout > 0, limits.kernel.endsAtUserTimeout {
      (limit, timeLimit) = (tick.jiffies(.milliseconds(userTimeout)), .userTimeout)
    } else if let time = limits.time {
      (limit, timeLimit) = (time.jiffies(at: tick), .retransmissionTime)
    } else {
      (limit, timeLimit) = (.max, [])
    }
    hertz = tick.hertz
    roundTrip = tick.jiffies(connect.path.roundTrip.upperBound)
  }

  static func simulations(of connect: Experiment, under rules: KernelRules) throws(Unknown)
    -> SimulationSet<SYNRetransmission>
  {
    let limits = try Limits(of: connect, under: rules)
    return SimulationSet(limits: limits.endReasons) { tick throws(Unknown) in
      [SYNRetransmission(of: connect, within: limits, at: tick)]
    }
  }

  static func timeline(of connect: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline
  {
    try Timeline(.connect, under: rules, simulations(of: connect, under: rules))
  }
}
