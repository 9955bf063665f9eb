extension ZeroWindowProbe {
  /// `TCP_DELACK_MIN`: how long a peer that has no room left delays its last acknowledgement.
  static let delayedACK = Duration.milliseconds(40)
  /// tcp_invalid_ratelimit of the peer: a probe that comes sooner after an answer gets none.
  static let answersApart = Duration.milliseconds(500)

  /// One simulation for each first timeout on the path, the acknowledgement delayed or at once.
  static func simulations(
    of stall: Experiment, _ fate: ReceiverFate, under rules: KernelRules, at tick: TickRate
  ) throws(Unknown) -> [ZeroWindowProbe] {
    let first = try ZeroWindowProbe(of: stall, fate, under: rules, at: tick)
    // A delayed acknowledgement is a sample of the round trip; an eighth of it counts.
    let all =
      first.simulations(of: stall, delay: delayedACK, raised: delayedACK / 8, at: tick)
      + first.simulations(of: stall, delay: .zero, raised: .zero, at: tick)
    if all.contains(where: \.outrunsAnswers) {
      throw Unknown(
        "a round trip longer than the wait between probes of a closed window is not modelled")
    }
    return all
  }

  /// The one of the shortest first timeout there is on any path, acknowledged and answered at once.
  private init(
    of stall: Experiment, _ fate: ReceiverFate, under rules: KernelRules, at tick: TickRate
  ) throws(Unknown) {
    maximum = tick.jiffies(try RetransmissionTimeout.maximum(of: stall, under: rules))
    timeout = try RetransmissionTimeout.minimum(of: stall, under: rules, at: tick)
    retries = try stall.value(.tcpRetries2)
    userTimeout = tick.jiffies(.milliseconds(stall.options[.userTimeout] ?? 0))
    isClampSigned = rules.has(.signedProbeClamp)
    guard try rules.knows(.countedWindowProbes) || userTimeout == 0 else {
      throw Unknown("the user timeout of a closed window is not modelled before Linux 5.4")
    }
    limit = Self.limit(retries, under: rules)
    (acknowledgement, answer) = (0, 0)
    answersApart = tick.jiffies(Self.answersApart)
    (self.fate, lifetime) = (fate, fate.lifetime(at: tick))
    roundTrip = tick.jiffies(stall.path.roundTrip.upperBound)
  }

  /// Returns how many probes in a row may go unanswered.
  private static func limit(_ retries: Int, under rules: KernelRules) -> Int {
    rules.has(.countedWindowProbes) ? retries : retries + 1
  }

  private static func endReasons(of stall: Experiment, under rules: KernelRules)
    throws(Unknown) -> [Timeline.EndReason]
  {
    let retries = try stall.setting(.tcpRetries2)
    let userTimeout = stall.setting(.userTimeout)
    return [
      Timeline.EndReason(.probes, [retries], count: limit(retries.value, under: rules)),
      Timeline.EndReason(.userTimeout, [userTimeout], time: .milliseconds(userTimeout.value)),
    ]
  }

  /// This one for each first timeout.
  /// - Parameters:
  ///   - delay: of the acknowledgement that closes the window.
  ///   - raised: what that adds to the smoothed round trip.
  private func simulations(
    of stall: Experiment, delay: Duration, raised: Duration, at tick: TickRate
  ) -> [ZeroWindowProbe] {
    var path = stall.path
    path.roundTrip = path.roundTrip.lowerBound + raised...path.roundTrip.upperBound + raised
    let smoothed = RTTEstimate(path, minimum: timeout, maximum: maximum, at: tick)
    let least = tick.jiffies(RetransmissionTimeout.defaultMinimum)
    func simulation(_ timeout: Int, _ fate: ReceiverFate) -> ZeroWindowProbe {
      let slowest = min(
        smoothed.slowestAnswer(within: timeout), stall.path.roundTrip.upperBound)
      var other = self
      (other.timeout, other.acknowledgement) = (max(timeout, least), tick.jiffies(delay))
      other.answer = tick.wholeJiffies(slowest)
      (other.fate, other.lifetime) = (fate, fate.lifetime(at: tick))
      return other
    }
    // Of a peer that is dead the shortest and the longest timeout are the first and last to end.
    let areEndsEnough = stall.precision != .exact && fate == .dies(after: .zero) && userTimeout == 0
    // The cliffs are those of a dead peer: a live one may be probed without end.
    let timeouts = smoothed.timeouts { simulation($0, .dies(after: .zero)) }
    return (areEndsEnough ? [timeouts.first, timeouts.last].compactMap(\.self) : timeouts)
      .map { simulation($0, fate) }
  }

  static func timeline(of stall: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline {
    try timeline(of: stall, under: rules, within: SweepBudget(for: stall.precision))
  }

  static func timeline(
    of stall: Experiment, under rules: KernelRules, within budget: SweepBudget
  ) throws(Unknown) -> Timeline {
    let limits = try endReasons(of: stall, under: rules)
    let search = SweepBudget(for: .ends)
    func timeline(_ simulations: (TickRate) throws(Unknown) -> [ZeroWindowProbe])
      throws(Unknown) -> Timeline
    {
      try Timeline(
        .zeroWindow, under: rules, limits: limits, stall.precision, within: budget
      ) { tick throws(Unknown) in
        try simulations(tick)
      }
    }
    switch stall.receiverFate {
    case .dies, .diesAnswering:
      return try timeline { tick throws(Unknown) in
        try simulations(of: stall, stall.receiverFate, under: rules, at: tick)
      }
    case .diesAtWorstMoment:
      var timeline = try timeline { tick throws(Unknown) in
        try worst(of: stall, under: rules, at: tick, within: search).simulations
      }
      timeline.effort.events += search.effort
      return timeline
    case .survives:
      return try lives(stall, within: limits, under: rules, budget)
    }
  }

  /// Returns the probe after whose answer death is latest noticed, and the simulations of that
  /// moment.
  ///
  /// That is just after an answered probe. The longer the wait has grown the later the end, until
  /// it has grown fully; but the user timeout comes nearer with each one.
  fileprivate static func worst(
    of stall: Experiment, under rules: KernelRules, at tick: TickRate,
    within budget: SweepBudget = SweepBudget()
  ) throws(Unknown) -> (probe: Int, simulations: [ZeroWindowProbe]) {
    let wheel = rules.wheel(at: tick)
    func simulations(_ probe: Int) throws(Unknown) -> [ZeroWindowProbe] {
      try self.simulations(of: stall, .diesAnswering(probe: probe), under: rules, at: tick)
    }
    let first = try simulations(0)
    let grown =
      first.map { simulation in
        (0...10).first { simulation.wait($0) == simulation.longestWait && $0 <= simulation.retries }
          ?? 0
      }.max() ?? 0
    let latest = try simulations(grown)
    if !latest.contains(where: { $0.isCutShort(at: tick, on: wheel, within: budget) }) {
      return (grown, latest)
    }
    let others = try (1..<max(grown, 1)).map { probe throws(Unknown) in try simulations(probe) }
    let candidates = grown == 0 ? [first] : [first] + others + [latest]
    let all = candidates.enumerated().flatMap { probe, simulations in
      simulations.map { (probe: probe, simulation: $0) }
    }
    let worst = ExtremeSearch(
      of: .latestEnd, all.map(\.simulation), on: wheel,
      tolerance: stall.precision.tolerance(of: latest, on: wheel), within: budget)
    let probe = all[worst.index].probe
    return (probe, candidates[probe])
  }

  /// Returns whether the user timeout changes anything.
  private func isCutShort(
    at tick: TickRate, on wheel: TimerWheel, within budget: SweepBudget
  ) -> Bool {
    guard userTimeout > 0 else { return false }
    var unlimited = self
    unlimited.userTimeout = 0
    var traces = (limited: EventTrace(), unlimited: EventTrace())
    run(from: 0, on: wheel, into: &traces.limited)
    unlimited.run(from: 0, on: wheel, into: &traces.unlimited)
    if traces.limited.times != traces.unlimited.times { return true }
    return PhaseSweep.branches(of: [self], at: tick, on: wheel, within: budget)
      != PhaseSweep.branches(of: [unlimited], at: tick, on: wheel, within: budget)
  }

  /// A live reader ends only by the user timeout, or where so few probes may go unanswered
  /// that those which the peer leaves unanswered, because they come too soon, are enough.
  private static func lives(
    _ stall: Experiment, within limits: [Timeline.EndReason], under rules: KernelRules,
    _ budget: SweepBudget
  ) throws(Unknown) -> Timeline {
    var mayLive = false
    var timeline = try Timeline(
      .zeroWindow, under: rules, limits: limits, stall.precision, within: budget
    ) { tick throws(Unknown) in
      let all = try simulations(of: stall, .survives, under: rules, at: tick)
      let mortal = all.filter(\.mayEndByItself)
      mayLive = mayLive || mortal.count < all.count
      return mortal
    }
    let all = timeline.branches.count
    timeline.branches.removeAll { !($0.events.last?.kind.isEnd ?? false) }
    guard !timeline.branches.isEmpty else { return .never(.zeroWindow) }
    if mayLive || timeline.branches.count < all {
      timeline.ends = .maybeNever
      for index in timeline.branches.indices { timeline.branches[index].share = nil }
    }
    if !(timeline.nominalEvents.last?.kind.isEnd ?? false) { timeline.nominalEvents = [] }
    return timeline
  }

  /// Whether so many probes in a row may come sooner after an answer than the peer sends another.
  private var mayEndByItself: Bool { userTimeout > 0 || limit * wait(0) < answersApart }
}

extension Experiment {
  /// The probe of a closed window whose answer is the peer's last, where it dies at the worst moment;
  /// zero: it dies as the window closes, as where nobody knows.
  package var probeBeforeWorstDeath: Int {
    do throws(Unknown) {
      let rules = try KernelRules(of: snapshot)
      guard let tick = rules.tickRates.first else { return 0 }
      return try ZeroWindowProbe.worst(of: self, under: rules, at: tick).probe
    } catch {
      return 0
    }
  }
}

extension ReceiverFate {
  /// Jiffies after the start at which it dies; `.max` where time does not tell.
  fileprivate func lifetime(at tick: TickRate) -> Int {
    if case .dies(let time) = self { tick.jiffies(time) } else { .max }
  }
}
