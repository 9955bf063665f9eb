package import TCPModel

/// A case that is to be measured, and where it comes from.
package struct MeasurementRequest: Sendable {
  package var phase: PlanPhase
  package var group: String
  package var experiment: Experiment
  /// The same case with short options, because nothing would be seen of the real one in time.
  package var isRehearsal: Bool
  /// The name of the device on its path that forgets; nil if there is none.
  package var middlebox: String?
  /// What the profile asks of it, where that is what is measured.
  package var expected: ExpectedBounds?
  /// The sysctls that a grid sets, whether the scenario looks at them or not.
  package var applied: [SysctlKey] = []

  package init(
    _ phase: PlanPhase, group: String, experiment: Experiment, isRehearsal: Bool = false
  ) {
    (self.phase, self.group) = (phase, group)
    (self.experiment, self.isRehearsal) = (experiment, isRehearsal)
  }

  /// Returns whether both would show the same.
  fileprivate func isSame(as other: MeasurementRequest) -> Bool {
    isRehearsal == other.isRehearsal && experiment.scenario == other.experiment.scenario
      && experiment.options == other.experiment.options
      && experiment.family == other.experiment.family
      && experiment.outage == other.experiment.outage
      && experiment.box == other.experiment.box
      && experiment.receiverFate == other.experiment.receiverFate
      && experiment.neighbourEntry == other.experiment.neighbourEntry
      && experiment.client == other.experiment.client
      && experiment.path.segments == other.experiment.path.segments
      && experiment.snapshot.readings == other.experiment.snapshot.readings
  }

  /// Returns the trial itself, and a rehearsal of it where nothing would be seen within the budget.
  /// - Parameter cache: knows what was simulated of others.
  package func rehearsed(
    within budget: Duration, on host: Host, asking cache: TimelineCache = TimelineCache()
  ) -> [MeasurementRequest] {
    let timeline = cache.timelineWithinBudget(of: experiment, under: host.rules)
    // It begins with traffic.
    let first = timeline?.withoutAnsweredProbes.events.first { $0.range.latest > .zero }?.range
      .earliest
    guard let timeline, timeline.ends == .always, let first,
      max(first, experiment.box?.memory ?? .zero) > budget
    else { return [self] }
    return [self] + [rehearsal(within: budget, timeline)].compactMap { $0 }
  }

  private func rehearsal(within budget: Duration, _ timeline: Timeline) -> MeasurementRequest? {
    // What survives an outage does so with its own times alone.
    guard experiment.outage == nil,
      var options = experiment.scenario.definition.rehearsalOptions
        ?? (experiment.box == nil ? nil : SocketOptions())
    else { return nil }
    let isForgotten = experiment.box?.forgetsBetweenProbes(of: timeline) ?? false
    if isForgotten {
      options[.keepInterval] = ForgettingBox.rehearsedIntervalOfForgotten
    }
    var rehearsal = self
    rehearsal.isRehearsal = true
    rehearsal.expected = nil
    rehearsal.experiment.options = experiment.options.overridden(by: options)
    rehearsal.experiment.box = experiment.box?.rehearsed(for: timeline)
    guard let interval = options[.keepInterval] else { return rehearsal }
    let left = isForgotten ? budget - .seconds(interval) : budget
    return rehearsal.limitProbes(within: left, every: interval, timeline.withoutAnsweredProbes)
      ? rehearsal : nil
  }

  /// Sends as many keepalive probes as before, or as the budget holds.
  /// - Returns: false when it holds none.
  private mutating func limitProbes(
    within budget: Duration, every interval: Int, _ timeline: Timeline
  ) -> Bool {
    let probes = timeline.branches.map { $0.events.count - 1 }.min() ?? 1
    // A tenth of a second for each timer's lateness, and two seconds to spare.
    let room = Int((budget.seconds - 2) / (Double(interval) + 0.1))
    let count = min(max(probes, 1), room)
    guard count >= 1 else { return false }
    experiment.options[.keepCount] = count
    if experiment.options[.userTimeout] ?? 0 > 0 {
      experiment.options[.userTimeout] = count * interval * 1000 + 500
    }
    return true
  }
}

extension Advice {
  /// Returns what to measure: every scenario as it is, and with the plan where that changes
  /// something.
  package func requests(within budget: Duration) -> [MeasurementRequest] {
    let cache = TimelineCache(knowing: known)
    var requests: [MeasurementRequest] = []
    for forecast in forecasts {
      let state = forecast.state
      let scenario = forecast.timeline.scenario
      var options = state.options(in: scenario)
      // What the sysctls do to idle connections shows only where keepalive is switched on.
      if let option = scenario.definition.enablingOption { options[option] = 1 }
      let experiment = Experiment(
        scenario, in: state.host.snapshot, options: options, path: state.group.path)
      let request = MeasurementRequest(
        forecast.phase, group: forecast.group, experiment: experiment)
      if forecast.phase == .planned, isUnchanged(request, in: requests, asking: cache) { continue }
      if !requests.contains(where: { $0.phase == request.phase && $0.isSame(as: request) }) {
        requests += request.rehearsed(within: budget, on: state.host, asking: cache)
      }
    }
    return requests
  }

  private func isUnchanged(
    _ request: MeasurementRequest, in requests: [MeasurementRequest], asking cache: TimelineCache
  ) -> Bool {
    func timeline(_ request: MeasurementRequest) -> Timeline? {
      cache.timelineWithinBudget(of: request.experiment, under: host.rules)
    }
    guard let planned = timeline(request) else { return false }
    return requests.contains {
      $0.phase == .current && $0.experiment.scenario == request.experiment.scenario
        && timeline($0) == planned
    }
  }
}
