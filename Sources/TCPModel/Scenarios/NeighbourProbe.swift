import NetAddress

extension ScenarioDefinition {
  static let neighbour = ScenarioDefinition(
    "connect() to an address on the local link that no host has", from: "connect()",
    ending: .reported(errno: nil), opener: .client,
    sysctls: connect.sysctls
      + AddressFamily.allCases.flatMap { family in
        [
          "mcast_solicit", "app_solicit", "retrans_time_ms",
          // Of an entry that is stale.
          "delay_first_probe_time", "ucast_solicit", "mcast_resolicit",
        ].map { .neighbour($0, family) }
      },
    options: connect.options,
    features: connect.features.union([.timerPerConnection, .frequentNeighbourProbes]),
    details: [.family, .neighbourEntry],
    applicationView: viewOfConnect, simulation: NeighbourProbe.timeline)
}

/// The scenario `neighbour`: ARP requests, or neighbour solicitations, to an address on the local
/// link where nobody lives.
///
/// Corresponds to `__neigh_event_send`, `neigh_timer_handler` and `neigh_max_probes` in
/// net/core/neighbour.c. Beside them runs the timer of the SYN: whichever ends first decides. A SYN
/// waits in the neighbour's queue while the address is resolved, and leaves for the old address
/// while that is in doubt. Doubt ends in silence; then the next SYN begins a resolution.
struct NeighbourProbe: TimerSimulation {
  let entry: NeighbourEntry
  /// app_solicit and mcast_solicit: the probes of a resolution.
  let probes: Int
  /// ucast_solicit, app_solicit and mcast_resolicit: those of an entry that was stale.
  let reprobes: Int
  /// Jiffies: between probes, and before the first of an entry that was stale.
  let interval, delay: Int
  /// How many jiffies after a fire its timer is handled, and armed again.
  var lateness = 0
  let syn: SYNRetransmission
  /// Whether the failure makes TCP look at its limits once more (`tcp_ld_RTO_revert`): IPv4 alone.
  let revertsBackoff: Bool

  /// Jiffies after which the SYN's own timer has ended it for certain.
  private var latestEnd: Int {
    (syn.retries + syn.linearTimeouts + 1) * (syn.maximum + TimerWheel.widest(of: syn.maximum))
  }
  /// What the neighbour's timer may be armed for and fire in time: first, and at all.
  private var waits: [Int] {
    let waits = entry == .stale ? [delay, interval] : probes > 0 ? [interval] : []
    return waits.filter { $0 <= latestEnd }
  }

  var firstTimer: (delay: Int, wait: Int) {
    (0, (waits + [syn.firstTimer.wait]).min() ?? 0)
  }
  var longestWait: Int { (waits + [syn.longestWait]).max() ?? 0 }
  // A SYN that waits in the queue is no event.
  var isTraceComplete: Bool { false }
  var cutWait: CutWait? { syn.cutWait }
  var opening: Timeline.EventKind? {
    entry == .stale ? .syn : probes > 0 ? .neighbourProbe : nil
  }

  func limitChecks(after fires: [Int], from start: Int) -> [LimitCheck]? {
    syn.limitChecks(after: fires, from: start)
  }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    var attempt = syn.attempt(from: start, on: wheel)
    var asking = asking(at: start, on: wheel)
    // In one bucket, the timer that was armed last fires first (`expire_timers`).
    var isSYNArmedLast = true
    while !trace.isDone {
      if attempt.due == asking.due { trace.order.omit() }
      if isSYNFirst(attempt, or: asking, isSYNArmedLast, on: wheel) {
        trace.order.addClient(attempt.due)
        if syn.isOver(attempt) {
          if asking.due < .max { trace.order.addNeighbour(asking.due) }
          return trace.giveUp(
            at: attempt.due, roundTrip: syn.roundTrip, errno: "ETIMEDOUT",
            by: syn.endReasons(of: attempt))
        }
        send(at: attempt.due, &asking, on: wheel, into: &trace)
        syn.send(&attempt, on: wheel)
        isSYNArmedLast = true
      } else {
        let now = asking.due
        trace.order.addNeighbour(now)
        if asking.state == .resolving, asking.sent >= probes {
          return fail(attempt, since: asking.began, at: now, into: &trace)
        }
        ask(&asking, until: attempt.due, on: wheel, into: &trace)
        isSYNArmedLast = false
      }
    }
  }

  private func isSYNFirst(
    _ attempt: SYNRetransmission.Attempt, or asking: Asking, _ isSYNArmedLast: Bool,
    on wheel: TimerWheel
  ) -> Bool {
    if attempt.due != asking.due { return attempt.due < asking.due }
    let (mine, others) = (wheel.granularity(of: attempt.wait), wheel.granularity(of: asking.wait))
    return mine == others ? isSYNArmedLast : mine > others
  }

  /// The failure is reported as host unreachable. For a SYN whose timeout was doubled, that first
  /// takes one doubling back; where the timeout is then over, the limits are looked at.
  private func fail(
    _ attempt: SYNRetransmission.Attempt, since began: Int, at now: Int,
    into trace: inout EventTrace
  ) {
    let reverted = min(syn.initial << min(max(attempt.backoff - 1, 0), 20), syn.maximum)
    trace.order.addClient(attempt.due)
    trace.order.compare(with: began + reverted)
    if syn.limit < .max { trace.order.compare(with: attempt.start + syn.limit) }
    let looksAtLimits = revertsBackoff && attempt.backoff > 0 && now - began >= reverted
    let endReasons = looksAtLimits ? syn.endReasons(of: attempt, at: now) : []
    // Within them the SYN is sent once more, which asks once more, though it is over then.
    if looksAtLimits, endReasons.isEmpty { trace.add(.neighbourProbe, at: now) }
    trace.giveUp(
      at: now, roundTrip: syn.roundTrip, errno: endReasons.isEmpty ? "EHOSTUNREACH" : "ETIMEDOUT",
      by: endReasons.union(.neighbourProbes))
  }
}

extension NeighbourProbe {
  /// A neighbour entry between two fires of its timer.
  private struct Asking {
    enum State {
      /// The old address is used: `NUD_DELAY`, then `NUD_PROBE`.
      case delayed, probing
      /// SYNs wait: `NUD_INCOMPLETE`.
      case resolving
      case failed
    }

    var state: State
    /// When this state began, and the probes sent in it.
    var began: Int
    var sent = 0
    /// The wait that the timer is armed for, and when it fires.
    var wait = 0
    var due = Int.max
  }

  private func arm(_ asking: inout Asking, for wait: Int, at now: Int, on wheel: TimerWheel) {
    asking.wait = wait
    asking.due = wait <= latestEnd ? wheel.fire(after: wait, at: now) : .max
  }

  /// Returns the entry once the first SYN was handed to it.
  private func asking(at start: Int, on wheel: TimerWheel) -> Asking {
    var asking = Asking(state: .delayed, began: start)
    if entry == .stale {
      arm(&asking, for: delay, at: start, on: wheel)
    } else {
      resolve(&asking, at: start, on: wheel)
    }
    return asking
  }

  /// The first probe leaves at once. Without any, the SYN is thrown away, and nobody says so.
  private func resolve(_ asking: inout Asking, at now: Int, on wheel: TimerWheel) {
    asking = Asking(state: probes > 0 ? .resolving : .failed, began: now, sent: 1)
    if probes > 0 { arm(&asking, for: interval, at: now, on: wheel) }
  }

  /// Hands a SYN to the entry.
  private func send(
    at now: Int, _ asking: inout Asking, on wheel: TimerWheel, into trace: inout EventTrace
  ) {
    switch asking.state {
    case .delayed, .probing: trace.add(.retransmission, at: now)
    case .resolving: break
    case .failed:
      resolve(&asking, at: now, on: wheel)
      if asking.state == .resolving { trace.add(.neighbourProbe, at: now) }
    }
  }

  /// What the entry's timer does when it fires and there is no failure to report.
  private func ask(
    _ asking: inout Asking, until end: Int, on wheel: TimerWheel, into trace: inout EventTrace
  ) {
    let now = asking.due
    if asking.state == .delayed { asking = Asking(state: .probing, began: now) }
    if asking.state == .probing, asking.sent >= reprobes {
      asking = Asking(state: .failed, began: now)
      return
    }
    arm(&asking, for: interval, at: now + lateness, on: wheel)
    asking.sent += 1
    if trace.isFull, asking.due < .max {
      trace.order.omit()
      trace.passOver()
      let most = (asking.state == .probing ? reprobes : probes) - asking.sent
      let skipped = max(0, min((end - now) / (asking.due - now) - 1, most))
      asking.due += skipped * (asking.due - now)
      asking.sent += skipped
    } else {
      trace.add(.neighbourProbe, at: now)
    }
  }
}

extension NeighbourProbe {
  init(
    of connect: Experiment, within limits: SYNRetransmission.Limits, under rules: KernelRules,
    at tick: TickRate
  ) throws(Unknown) {
    func value(_ name: String) throws(Unknown) -> Int {
      try connect.value(.neighbour(name, connect.family))
    }
    entry = connect.neighbourEntry
    let asked = try value("app_solicit")
    probes = try asked + value("mcast_solicit")
    let isStale = entry == .stale
    reprobes = isStale ? try asked + value("ucast_solicit") + value("mcast_resolicit") : 0
    delay = isStale ? try max(value("delay_first_probe_time"), 0) * tick.hertz : 0
    interval = try Self.interval(of: connect, under: rules, at: tick)
    syn = SYNRetransmission(of: connect, within: limits, at: tick)
    revertsBackoff = connect.family == .v4
  }

  /// Returns the jiffies between probes.
  static func interval(of experiment: Experiment, under rules: KernelRules, at tick: TickRate)
    throws(Unknown) -> Int
  {
    let time = try experiment.value(.neighbour("retrans_time_ms", experiment.family))
    let interval = tick.jiffies(.milliseconds(time))
    let isFrequent = interval < tick.hertz / 2
    let mayBe = try isFrequent ? rules.knows(.frequentNeighbourProbes) : false
    return max(interval, isFrequent ? tick.hertz / (mayBe ? 100 : 2) : 0)
  }

  static func timeline(of connect: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline
  {
    try rules.needTimerPerConnection()
    let own = try endReason(of: connect)
    let limits = try SYNRetransmission.Limits(of: connect, under: rules)
    return try Timeline(.neighbour, under: rules, limits: [own] + limits.endReasons) {
      tick throws(Unknown) in
      try NeighbourProbe(of: connect, within: limits, under: rules, at: tick)
        .withLateHandling(on: rules.wheel(at: tick))
    }
  }

  /// Returns this one and, where that makes a difference, the one whose timer is always handled one
  /// jiffy late, as on a busy processor: a wait that just reaches the end of a bucket falls into the
  /// next then.
  private func withLateHandling(on wheel: TimerWheel) -> [NeighbourProbe] {
    Self.latenesses(of: interval, on: wheel).map { lateness in
      var simulation = self
      simulation.lateness = lateness
      return simulation
    }
  }

  /// Returns how many jiffies late a timer of this wait may be handled with a different outcome.
  static func latenesses(of wait: Int, on wheel: TimerWheel) -> [Int] {
    let bucket = wheel.granularity(of: wait)
    return bucket > 1 && (wait + 1).isMultiple(of: bucket) ? [0, 1] : [0]
  }

  /// Returns the requests, in the order in which they are sent, and their distance.
  private static func endReason(of connect: Experiment) throws(Unknown) -> Timeline.EndReason {
    let isStale = connect.neighbourEntry == .stale
    let names =
      isStale
      ? ["delay_first_probe_time", "ucast_solicit", "mcast_solicit", "retrans_time_ms"]
      : ["mcast_solicit", "app_solicit", "retrans_time_ms"]
    var settings: [SettingValue] = []
    for name in names {
      settings.append(try connect.setting(.neighbour(name, connect.family)))
    }
    return Timeline.EndReason(.neighbourProbes, settings)
  }
}
