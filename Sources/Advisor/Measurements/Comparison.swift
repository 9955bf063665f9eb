package import Observations
package import TCPModel

/// What was measured, held against what was modelled.
package struct Comparison: Sendable {
  package enum Status: Hashable, Sendable {
    /// It ended inside a branch, or outlived its outage, and every event was inside its range.
    case confirmed
    /// The time was up before the end; what was seen was inside.
    case confirmedSoFar
    case outside(because: String)
    case notRun(because: String)

    /// Why it is outside, or was not run.
    package var reason: String? {
      switch self {
      case .confirmed, .confirmedSoFar: nil
      case .outside(let reason), .notRun(let reason): reason
      }
    }

    package var isNotRun: Bool { if case .notRun = self { true } else { false } }
    package var isOutside: Bool { if case .outside = self { true } else { false } }

    package var name: String {
      switch self {
      case .confirmed: "confirmed"
      case .confirmedSoFar: "confirmed-so-far"
      case .outside: "outside"
      case .notRun: "not-run"
      }
    }
  }

  /// How often the case was run again by itself, because it was outside.
  package var repetitions = 0
  package let request: MeasurementRequest
  package let observation: Observation
  /// Simulated with the socket's own first timeout and round trip.
  package let timeline: Timeline
  /// What becomes of it behind a device that forgets; nil if there is none.
  package let outlook: BoxOutlook?
  package let status: Status
  /// How many of how many events were seen, the end among them.
  package let seen, expected: Int

  package init(_ observation: Observation, of request: MeasurementRequest, on host: Host) {
    var simulated = request.experiment
    if let timeout = observation.retransmissionTimeout, let roundTrip = observation.roundTrip {
      simulated.path.retransmissionTimeout = timeout
      simulated.path.roundTrip = roundTrip...roundTrip
    }
    if let fate = observation.receiverFate { simulated.receiverFate = fate }
    (self.request, self.observation) = (request, observation)
    let alone = Timeline(of: simulated, under: host.rules)
    outlook = simulated.box.map(alone.behind)
    timeline = outlook?.timeline ?? alone.withoutAnsweredProbes
    let longest = timeline.branches.map(\.events.count).max() ?? 0
    let hasEnded = if case .ended = observation.outcome { 1 } else { 0 }
    seen = observation.events.count + hasEnded
    switch observation.outcome {
    case .ended, .outlived:
      expected = seen
    case .running, .notRun:
      expected = longest
    }
    let tick = (host.rules.tickRates.min { $0.hertz < $1.hertz } ?? TickRate.common[0]).duration(1)
    let status =
      Self.objection(to: observation, of: simulated, under: host.rules)
      ?? Self.objection(to: observation, outlook)
      ?? Self.judge(observation, timeline, tick: tick)
    let miss = request.expected?.miss(in: observation)
    let objections = [status.isOutside ? status.reason : nil, miss].compactMap { $0 }
    self.status =
      objections.isEmpty ? status : .outside(because: objections.joined(separator: "; "))
  }

  /// What was run under other settings shows nothing of these, if the model needs them.
  private static func objection(
    to observation: Observation, of experiment: Experiment, under rules: KernelRules
  ) -> Status? {
    if case .notRun = observation.outcome { return nil }
    for key in experiment.decidingSysctls {
      guard let errno = observation.notCopied[key] else { continue }
      var without = experiment
      without.snapshot[key] = .denied(errno)
      if case .unknown = Timeline(of: without, under: rules).ends {
        return .notRun(because: reason(for: key, errno, under: rules))
      }
    }
    return nil
  }

  private static func reason(for key: SysctlKey, _ errno: String, under rules: KernelRules)
    -> String
  {
    let first = KernelRules.firstWithNeighboursInUserNamespaces
    guard key.family != nil, errno == "ENOENT", rules.release < first
    else { return "the sandbox does not take \(key): \(errno)" }
    return "before Linux \(first) a user namespace shows no sysctls of neighbours; root can run it"
  }

  /// When it ends, as predicted.
  package var timeToEnd: TimeToEnd { outlook?.timeToEnd ?? timeline.timeToEnd }

  /// What lived on behind a device that had forgotten it, or the other way round.
  private static func objection(to observation: Observation, _ outlook: BoxOutlook?) -> Status? {
    switch (observation.outcome, outlook?.lives) {
    case (.outlived, false): .outside(because: "it lived on behind a device that had forgotten it")
    case (.ended(_, let time), true):
      .outside(because: "it ended after \(time.text) behind a device that knew it")
    default: nil
    }
  }

  private static func judge(_ observation: Observation, _ timeline: Timeline, tick: Duration)
    -> Status
  {
    switch observation.outcome {
    case .notRun(let reason):
      return .notRun(because: reason)
    case .ended(let errno, let time):
      if let stray = stray(observation, timeline, tick) { return .outside(because: stray) }
      let end = TimeRange(observation.lastSeen ?? time, time)
      let branches = timeline.branches.filter { $0.range.admits(end, tick: tick) }
      guard !branches.isEmpty else {
        return .outside(because: "it ended after \(time.text)")
      }
      guard branches.contains(where: { timeline.errno(of: $0) == errno }) else {
        return .outside(because: errno.map { "it ended with \($0)" } ?? "it ended without an error")
      }
      if let outage = observation.outage, timeline.outlives(outage, tick: tick) {
        return .outside(because: "it did not survive an outage of \(outage.text)")
      }
      return .confirmed
    case .outlived:
      // What was answered left after the outage; where the model has nothing leave so late, it is
      // a stray.
      return stray(observation, timeline, tick).map { .outside(because: $0) } ?? .confirmed
    case .running(let time):
      if let stray = stray(observation, timeline, tick) { return .outside(because: stray) }
      return judge(running: observation, for: time, timeline)
    }
  }

  private static func judge(
    running observation: Observation, for time: Duration, _ timeline: Timeline
  )
    -> Status
  {
    let late = Duration.milliseconds(35)
    if let latest = timeline.range?.latest, latest + late < time {
      return .outside(because: "it was still alive after \(time.text)")
    }
    let certain =
      timeline.branches.map { branch in
        branch.events.count { $0.range.latest + late < time }
      }.min() ?? 0
    guard observation.events.count >= certain else {
      return .outside(because: "only \(observation.events.count) of \(certain) events came")
    }
    guard observation.events.count > timeline.eventsAtOnce else {
      return .notRun(because: timeline.firstEventText)
    }
    return .confirmedSoFar
  }

  /// Returns the first event that no branch has at its place and time; nil if all are where they
  /// belong.
  private static func stray(_ observation: Observation, _ timeline: Timeline, _ tick: Duration)
    -> String?
  {
    for (index, event) in observation.events.enumerated() {
      let fits = timeline.branches.contains { $0.admits(event, at: index, tick: tick) }
      if !fits, !event.comes(withTheEndOf: observation) {
        return "\(event.kind.rawValue) \(index + 1) came after \(event.time.text)"
      }
    }
    return nil
  }
}

extension Timeline.Branch {
  /// Returns whether an event that was seen is one of these; beyond those that are listed, it is enough that
  /// one of its kind comes so late at most.
  fileprivate func admits(_ event: Observation.Event, at index: Int, tick: Duration) -> Bool {
    if index >= listed ?? .max {
      return events.contains { $0.kind == event.kind }
        && TimeRange(.zero, range.latest).admits(event.time, tick: tick)
    }
    return index < events.count && events[index].kind == event.kind
      && events[index].range.admits(event.time, tick: tick)
  }
}

extension Observation.Event {
  /// Returns whether it may have left just after the end: a neighbour is asked on for an attempt
  /// that its own limits have ended, by a timer that fires at the same time.
  fileprivate func comes(withTheEndOf observation: Observation) -> Bool {
    guard kind == .neighbourProbe, case .ended(_, let end) = observation.outcome else {
      return false
    }
    return self == observation.events.last && end - time < .milliseconds(5)
  }
}

extension Timeline {
  /// Returns whether a measured outage must be outlived, whatever the phase; segments may leave a
  /// bit early (`TimeRange.admits`).
  fileprivate func outlives(_ outage: Duration, tick: Duration) -> Bool {
    survives.map { outage + tick + .milliseconds(5) <= $0 } ?? false
  }

  /// How many events belong to the start itself, so that to have seen them shows nothing.
  fileprivate var eventsAtOnce: Int {
    branches.map { $0.events.count { $0.range.latest == .zero } }.max() ?? 0
  }

  /// When there will be something to see, as the reason why nothing was.
  package var firstEventText: String {
    switch ends {
    case .never: return "no event expected"
    case .unknown(let reason): return reason
    case .always, .maybeNever:
      let first = events.first { $0.range.latest > .zero }?.range.earliest
      return first.map { "first event at \($0.text)" } ?? "no event to observe"
    }
  }
}
