extension ScenarioDefinition {
  static let connect = ScenarioDefinition(
    "connect() to a host that stays silent", from: "connect()",
    ending: .reported(errno: "ETIMEDOUT"), opener: .client,
    sysctls: [.tcpSynRetries, .tcpSynLinearTimeouts, .tcpRtoMaxMs],
    options: [.userTimeout, .synCount, .rtoMax], details: .outage,
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
struct SYNRetransmission: TimerSimulation {
  /// `TCP_TIMEOUT_INIT`, RFC 6298.
  static let initialTimeout = Duration.seconds(1)

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
  var shiftInvariantUntil: Int { userTimeout > 0 ? userTimeout * hertz / 1000 : .max }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    var attempt = attempt(from: start, on: wheel)
    while !trace.isDone, !isOver(attempt, at: attempt.due) {
      trace.add(.retransmission, at: attempt.due)
      retransmit(&attempt, on: wheel)
    }
    trace.giveUp(
      at: attempt.due, roundTrip: roundTrip, by: endReasons(of: attempt, at: attempt.due))
  }
}

extension SYNRetransmission {
  /// An attempt between two fires of its timer.
  struct Attempt {
    let start: Int
    var timeout: Int
    /// How many retransmissions were made, and how often the timeout was doubled for them.
    var sent = 0
    var backoff = 0
    /// The wait that the timer is armed for, and when it fires.
    var wait: Int
    var due: Int
  }

  func attempt(from start: Int, on wheel: TimerWheel) -> Attempt {
    let wait = firstTimer.wait
    return Attempt(
      start: start, timeout: initial, wait: wait, due: wheel.fire(after: wait, at: start))
  }

  /// Whether an attempt has used up what it may (`tcp_write_timeout`).
  func isOver(_ attempt: Attempt, at now: Int) -> Bool {
    attempt.sent > 0
      && (attempt.sent >= limitOfCount || now - attempt.start >= limit)
  }

  /// What it has used up.
  func endReasons(of attempt: Attempt, at now: Int) -> Timeline.EndReasons {
    guard attempt.sent > 0 else { return [] }
    let isCounted: Timeline.EndReasons = attempt.sent >= limitOfCount ? .retransmissions : []
    return now - attempt.start >= limit ? isCounted.union(timeLimit) : isCounted
  }

  /// Sends the SYN again when the timer fires, and arms it anew.
  func retransmit(_ attempt: inout Attempt, on wheel: TimerWheel) {
    attempt.sent += 1
    if attempt.sent > linearTimeouts {
      attempt.timeout = min(2 * attempt.timeout, maximum)
      attempt.backoff += 1
    }
    let now = attempt.due
    attempt.wait = UserTimeout.clamp(
      attempt.timeout, to: userTimeout, elapsed: now - attempt.start, hertz: hertz)
    attempt.due = wheel.fire(after: attempt.wait, at: now)
  }
}

extension SYNRetransmission {
  init(of connect: Experiment, under rules: KernelRules, at tick: TickRate) throws(Unknown) {
    retries = try connect.value(.synCount, else: .tcpSynRetries)
    linearTimeouts =
      rules.has(.linearSYNTimeouts) ? try connect.value(.tcpSynLinearTimeouts) : 0
    initial = tick.jiffies(Self.initialTimeout)
    maximum = try RetransmissionTimeout.maximum(of: connect, under: rules, at: tick)
    let userTimeout = connect.options[.userTimeout] ?? 0
    let limits = try rules.connectLimits(withUserTimeout: userTimeout > 0)
    limitOfCount = limits.countsRetries ? retries + linearTimeouts : .max
    self.userTimeout = limits.clampsToUserTimeout ? userTimeout : 0
    if userTimeout > 0, limits.endsAtUserTimeout {
      limit = tick.jiffies(.milliseconds(userTimeout))
      timeLimit = .userTimeout
    } else if let base = limits.timeBase {
      limit = RetransmissionTimeout.model(
        retries: retries, base: tick.jiffies(base), maximum: maximum)
      timeLimit = .retransmissionTime
    } else {
      (limit, timeLimit) = (.max, [])
    }
    hertz = tick.hertz
    roundTrip = tick.jiffies(connect.path.roundTrip.upperBound)
  }

  static func timeline(of connect: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline
  {
    try Timeline(.connect, under: rules) { tick throws(Unknown) in
      [try SYNRetransmission(of: connect, under: rules, at: tick)]
    }
  }
}
