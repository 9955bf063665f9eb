extension ScenarioDefinition {
  static let idle = ScenarioDefinition(
    "established, nothing to send, peer silently gone", from: "the peer's last sign of life",
    ending: .reported(errno: "ETIMEDOUT"),
    sysctls: [.tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes],
    options: [.keepalive, .keepIdle, .keepInterval, .keepCount, .userTimeout],
    features: [], enablingOption: .keepalive,
    rehearsalOptions: SocketOptions([.keepIdle: 1, .keepInterval: 1]),
    details: [.outage, .lateOptions, .box],
    applicationView: """
      The next read or write fails with the errno, unless SO_ERROR told it; after that reads give \
      end of file, and writes EPIPE with SIGPIPE. A reset is sent to the peer.
      """,
    simulation: KeepaliveProbe.timeline)
}

/// The scenario `idle`: probes to a peer that is silently gone.
///
/// Corresponds to `tcp_keepalive_timer` in net/ipv4/tcp_timer.c. With a user timeout the count of
/// probes is not looked at: the first fire at or after it ends the connection, once one probe is out.
package struct KeepaliveProbe: ClientSimulation {
  /// Jiffies: tcp_keepalive_time and tcp_keepalive_intvl, or the options.
  let idle, interval: Int
  /// tcp_keepalive_probes or TCP_KEEPCNT.
  let count: Int
  /// TCP_USER_TIMEOUT in jiffies; zero is off.
  let userTimeout: Int
  /// How long after the last activity the options are set, in jiffies; they count from the former.
  let setAfter: Int
  let roundTrip: Int
  /// How soon an answer comes at least; jiffies.
  let shortestAnswer: Int
  var circumstance: Timeline.Circumstance?
  /// What came of the probes before; nil where none was answered, or none that matters.
  var before: AnsweredBefore?

  var firstTimer: (delay: Int, wait: Int) {
    before == nil ? (setAfter, max(idle - setAfter, 0)) : (0, interval)
  }
  var longestWait: Int { Self.longestSilence(idle: idle, interval: interval) }
  // Weeks take more than one wait.
  var shiftInvariantUntil: Int { idle < TimerWheel.shortestCutoff ? .max : 0 }
}

extension KeepaliveProbe {
  struct Attempt: ClientAttempt {
    let start: Int
    var due: Int
    /// The outage that is hardest to outlive begins just before the first probe.
    let outageStart: Int?
    /// How many probes were sent.
    var probes = 0
    /// What times count from, where that is not the start of the run.
    var origin: Int?

    var kind: Timeline.EventKind { .keepaliveProbe }
  }

  func attempt(from start: Int, on wheel: TimerWheel) -> Attempt {
    if let before { return attempt(from: start, before, on: wheel) }
    var now = wheel.fire(after: firstTimer.wait, at: start + setAfter)
    // Weeks are more than the wheel holds: the timer then fires early and is armed for the rest.
    while now - start < idle { now = wheel.fire(after: start + idle - now, at: now) }
    return Attempt(start: start, due: now, outageStart: now)
  }

  func isOver(_ attempt: Attempt) -> Bool {
    guard userTimeout > 0 else { return attempt.probes >= count }
    return attempt.probes > 0 && attempt.due - attempt.start >= userTimeout
  }

  func endReasons(of attempt: Attempt) -> Timeline.EndReasons {
    userTimeout > 0 ? .userTimeout : .probes
  }

  func send(_ attempt: inout Attempt, on wheel: TimerWheel) {
    attempt.probes += 1
    attempt.due = wheel.fire(after: interval, at: attempt.due)
  }

  func repetition(of attempt: Attempt, on wheel: TimerWheel) -> Repetition? {
    guard userTimeout > 0, attempt.probes > 0 else { return nil }
    return Repetition(
      distance: wheel.fire(after: interval, at: attempt.due) - attempt.due,
      end: attempt.start + userTimeout)
  }
}

extension KeepaliveProbe {
  /// Returns the longest silence before a probe: after traffic it is the idle time, after a probe that was
  /// answered the longer of the two, as the timer was armed for the interval when the probe left.
  /// - Parameters: in one unit, which is that of the result too.
  package static func longestSilence(idle: Int, interval: Int) -> Int { max(idle, interval) }

  /// Returns how many probes go unanswered before a user timeout ends the connection, with exact
  /// timers: one at least, however short it is, and as many as it takes, whatever their count may
  /// be.
  /// - Parameters: in milliseconds.
  package static func probes(within userTimeout: Int, idle: Int, interval: Int) -> Int {
    max((userTimeout - idle - 1) / interval + 1, 1)
  }

  /// Seconds of silence and between probes, the number of these, and milliseconds.
  private struct Settings {
    let idle, interval, count, userTimeout: SettingValue

    init(of experiment: Experiment) throws(Unknown) {
      idle = try experiment.setting(.keepIdle, else: .tcpKeepaliveTime)
      interval = try experiment.setting(.keepInterval, else: .tcpKeepaliveIntvl)
      guard idle.value >= 0, interval.value >= 0 else {
        throw Unknown("a negative keepalive time makes the kernel's timer fire without a rule")
      }
      count = try Self.count(of: experiment)
      userTimeout = experiment.setting(.userTimeout)
    }

    /// Releases before 5.15 take any number for tcp_keepalive_probes; with one below zero the first
    /// timer ends the connection without a probe.
    private static func count(of experiment: Experiment) throws(Unknown) -> SettingValue {
      if experiment.options[.keepCount] != nil { return experiment.setting(.keepCount) }
      return SettingValue(
        .sysctl(.tcpKeepaliveProbes), try experiment.uncheckedValue(.tcpKeepaliveProbes))
    }

    /// Probes are counted in eight bits (`icsk_probes_out`).
    var isEverOver: Bool { userTimeout.value > 0 || count.value <= Int(UInt8.max) }

    var endReasons: [Timeline.EndReason] {
      [
        Timeline.EndReason(.probes, [count, idle, interval], count: count.value),
        Timeline.EndReason(
          .userTimeout, [userTimeout], time: .milliseconds(userTimeout.value), overruling: count),
      ]
    }
  }

  init(of idle: Experiment, at tick: TickRate) throws(Unknown) {
    let settings = try Settings(of: idle)
    self.idle = settings.idle.value * tick.hertz
    interval = settings.interval.value * tick.hertz
    count = settings.count.value
    userTimeout = tick.jiffies(.milliseconds(settings.userTimeout.value))
    setAfter = tick.jiffies(idle.optionsSetAfter)
    roundTrip = tick.jiffies(idle.path.roundTrip.upperBound)
    shortestAnswer = max(tick.jiffies(idle.path.roundTrip.lowerBound) - 1, 0)
  }

  /// Returns what happens to an idle connection; nil if nothing ever does.
  static func simulations(of idle: Experiment) throws(Unknown)
    -> SimulationSet<KeepaliveProbe>?
  {
    // A user timeout alone does nothing on an idle connection, and no sysctl switches probes on.
    guard idle.options[.keepalive] ?? 0 != 0 else { return nil }
    let settings = try Settings(of: idle)
    guard settings.isEverOver else { return nil }
    return SimulationSet(limits: settings.endReasons) { tick throws(Unknown) in
      [try KeepaliveProbe(of: idle, at: tick)]
    }
  }

  static func timeline(of idle: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline {
    guard let simulations = try simulations(of: idle) else { return .never(.idle) }
    var timeline = try Timeline(.idle, under: rules, limits: simulations.limits, idle.precision) {
      tick throws(Unknown) in
      try simulations.simulations(tick).flatMap { $0.inAllCircumstances(on: rules.wheel(at: tick)) }
    }
    guard timeline.branches.contains(where: { $0.circumstance == .answeredProbes }) else {
      return timeline
    }
    timeline.afterAnswer = try Timeline(
      .idle, under: rules, limits: simulations.limits, idle.precision
    ) { tick throws(Unknown) in
      try simulations.simulations(tick).map { $0.after(.atOnce) }
    }.branches
    return timeline
  }
}
