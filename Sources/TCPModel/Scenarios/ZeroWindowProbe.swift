extension ScenarioDefinition {
  static let zeroWindow = ScenarioDefinition(
    "peer's window is closed and it dies, or stays closed", from: "the moment the window closes",
    ending: .reported(errno: "ETIMEDOUT"),
    sysctls: [.tcpRetries2, .tcpRtoMinUs, .tcpRtoMaxMs],
    options: [.userTimeout, .rtoMax, .rtoMin],
    features: [
      .rtoMinimumSetting, .rtoMaximumSetting, .countedWindowProbes, .signedProbeClamp,
    ],
    details: [.retransmissionTimeout, .receiverFate], survivesOutages: false,
    applicationView: viewOfData, simulation: ZeroWindowProbe.timeline)
}

/// The scenario `zero-window`: probes of a window that the peer has closed.
///
/// Corresponds to `tcp_probe_timer`, `tcp_send_probe0`, `tcp_probe0_when`, `tcp_ack_probe` and
/// `tcp_clamp_probe0_to_user_timeout` in net/ipv4/tcp_timer.c, tcp_output.c and tcp_input.c.
/// An answer clears the count of probes, not the wait between them. The clock of the user timeout
/// starts at the first fire, and no answer stops it.
struct ZeroWindowProbe: TimerSimulation {
  /// Jiffies: the first wait, and the longest.
  var timeout: Int
  let maximum: Int
  /// tcp_retries2: how often the wait doubles.
  let retries: Int
  /// How many probes in a row may go unanswered.
  let limit: Int
  /// TCP_USER_TIMEOUT in jiffies; zero is off.
  var userTimeout: Int
  /// Whether no wait is left where an answer comes after it; else it is a whole one.
  let isClampSigned: Bool
  /// How late the acknowledgement that closes the window arrives, and an answer; jiffies.
  var acknowledgement, answer: Int
  /// How far apart the peer sends answers, in jiffies.
  let answersApart: Int
  /// Never `diesAtWorstMoment`, which is one of the others.
  var fate: ReceiverFate
  /// Jiffies after the start at which it dies; `.max` where time does not tell.
  var lifetime: Int
  let roundTrip: Int

  var firstTimer: (delay: Int, wait: Int) { (acknowledgement, wait(0)) }
  var longestWait: Int { wait(retries) }
  var firstTimeout: Int? { timeout }
  // Up to the death, the same probes are answered or not.
  var isTraceComplete: Bool { (lifetime == 0 || lifetime == .max) && !beginsAnswered }
  var cutWait: CutWait? { userTimeout > 0 ? CutWait(arming: answer) : nil }
  var shiftInvariantUntil: Int {
    beginsAnswered ? 0 : invariantWaitsUntil
  }
  var invariantWaitsUntil: Int { userTimeout > 0 ? userTimeout : .max }
  /// Whether what comes before the death is no event.
  private var beginsAnswered: Bool {
    if case .diesAnswering(probe: 1...) = fate { true } else { false }
  }

  /// `ilog2(TCP_RTO_MAX / TCP_RTO_MIN) + 1` doublings at most.
  func wait(_ backoff: Int) -> Int { min(timeout << min(backoff, 10), maximum) }

  /// Whether a peer that lives may answer a probe only after the next one has left.
  var outrunsAnswers: Bool {
    guard answer >= wait(min(1, retries)) else { return false }
    if case .diesAnswering(let probe) = fate { return probe > 0 }
    return lifetime > acknowledgement + wait(0)
  }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    var stall = Stalled(start: start, now: wheel.fire(after: wait(0), at: start + acknowledgement))
    if fate == .diesAnswering(probe: 0) { stall.death = start + acknowledgement }
    let clock = stall.now
    while !trace.isDone, stall.unanswered < limit,
      userTimeout == 0 || stall.now - clock < userTimeout
    {
      if repeatsOnly(after: stall) { trace.passesOver = true }
      if repeatsForEver(after: stall, trace) { return }
      if isWritten(stall) {
        if trace.isFull { trace.passOver() } else { trace.add(.windowProbe, at: stall.now) }
      }
      if beginsAnswered { trace.order.addClient(stall.now) }
      probe(&stall, since: clock, isFull: trace.isFull, on: wheel)
    }
    var endReasons: Timeline.EndReasons = stall.unanswered >= limit ? .probes : []
    if userTimeout > 0, stall.now - clock >= userTimeout { endReasons.insert(.userTimeout) }
    end(stall, by: endReasons, in: &trace)
  }

  private func end(_ stall: Stalled, by endReasons: Timeline.EndReasons, in trace: inout EventTrace)
  {
    if beginsAnswered { trace.order.addClient(stall.now) }
    // Ended before the death that times would count from: not a course of its own.
    guard isWritten(stall) else { return }
    trace.origin = stall.death
    trace.giveUp(at: stall.now, roundTrip: roundTrip, by: endReasons)
    switch fate {
    case .dies: trace.outageDelay = lifetime
    case .diesAnswering, .diesAtWorstMoment: break
    // A reader that comes back lives if its window update arrives before the end.
    case .survives: trace.lastAnswered = stall.now - roundTrip - 1
    }
  }
}

extension ZeroWindowProbe {
  /// A closed window between two fires of the timer.
  private struct Stalled {
    let start: Int
    var now: Int
    var probes = 0
    var unanswered = 0
    var backoff = 0
    var lastAnswer: Int?
    /// How many probes went unanswered before the last answer.
    var missed = 0
    /// Whether as many did before the answer before it.
    var isSteady = false
    /// When the peer died, where an answered probe decides that.
    var death: Int?
  }

  /// Sends a probe and arms the timer; an answer arms it anew.
  private func probe(
    _ stall: inout Stalled, since clock: Int, isFull: Bool, on wheel: TimerWheel
  ) {
    func fire(_ armed: Int) -> Int {
      let wait = wait(stall.backoff)
      let left = userTimeout - (armed - clock)
      let isClamped = userTimeout > 0 && (left >= 0 || isClampSigned)
      return wheel.fire(after: isClamped ? min(wait, max(left, 2)) : wait, at: armed)
    }
    let now = stall.now
    stall.probes += 1
    stall.unanswered += 1
    stall.backoff = min(stall.backoff + 1, retries)
    stall.now = fire(now)
    guard isAnswered(stall, at: now), now + answer < stall.now else { return }
    stall.now = fire(now + answer)
    let missed = stall.unanswered - 1
    (stall.isSteady, stall.missed) = (missed == stall.missed, missed)
    let apart = now - (stall.lastAnswer ?? stall.start)
    (stall.unanswered, stall.lastAnswer) = (0, now)
    if case .diesAnswering(let probe) = fate, stall.probes >= probe { stall.death = now }
    if isFull, stall.isSteady { skip(&stall, apart: apart, since: clock) }
  }

  /// Returns whether a peer that lives long has been probed so often, the waits fully grown, that
  /// the rest, with an answer to every one or every so many, is passed over.
  private func repeatsOnly(after stall: Stalled) -> Bool {
    stall.probes >= 20 && stall.isSteady && lifetime < .max
      && lifetime > 64 * max(longestWait, answersApart)
  }

  /// Returns whether nothing will end it: a run without an end.
  private func repeatsForEver(after stall: Stalled, _ trace: EventTrace) -> Bool {
    fate == .survives && userTimeout == 0 && stall.probes >= 20 && (stall.isSteady || trace.isFull)
  }

  /// Passes over probes and answers that only repeat, all but the last of them.
  /// - Parameter apart: jiffies between two answered probes.
  private func skip(_ stall: inout Stalled, apart: Int, since clock: Int) {
    let now = stall.lastAnswer ?? stall.now
    var end = userTimeout > 0 ? clock + userTimeout - maximum : .max
    if lifetime < .max { end = min(end, stall.start + lifetime) }
    guard end > stall.now, end < .max else { return }
    let passed = Repetition(distance: apart, end: end).passing(from: now) - now
    stall.now += passed
    stall.lastAnswer = now + passed
  }

  private func isAnswered(_ stall: Stalled, at now: Int) -> Bool {
    if let last = stall.lastAnswer, now - last < answersApart { return false }
    return stall.death == nil && now - stall.start < lifetime
  }

  private func isWritten(_ stall: Stalled) -> Bool {
    if case .diesAnswering = fate { stall.death.map { $0 < stall.now } ?? false } else { true }
  }
}
