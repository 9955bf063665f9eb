package import TCPModel

/// The connections of a group on a host, and what their program is taken to do.
package struct GroupState: Sendable {
  package var group: ConnectionGroup
  package var host: Host
  /// What the program sets on an established connection; the basis of every finding.
  package var options: SocketOptions
  /// TCP_USER_TIMEOUT in milliseconds that is set for the time of connecting only; nil: what is set
  /// today, or the one value of a program that has no other.
  package var connectUserTimeout: Int?
  /// The program's own limits; for `connect` and `neighbour` for one address.
  package var deadlines: [Scenario: Duration]

  /// The program as it is today.
  package init(_ group: ConnectionGroup, on host: Host) {
    (self.group, self.host, options) = (group, host, group.sets)
    deadlines = group.application.deadlines
  }

  /// Returns a timeline under the program's own limit, where it has one.
  func limiting(_ timeline: Timeline) -> Timeline {
    guard let deadline = deadline(in: timeline.scenario) else { return timeline }
    return timeline.limited(to: deadline, roundTrip: group.path.roundTrip.upperBound)
  }

  /// Returns the program's own limit in a scenario; nil where it has none.
  func deadline(in scenario: Scenario) -> Duration? {
    scenario.withSameDeadline.lazy.compactMap { deadlines[$0] }.first
  }

  /// Returns when a timeline of this situation ends, all addresses tried.
  func timeToEnd(of timeline: Timeline) -> TimeToEnd {
    guard timeline.scenario.isOfConnecting else { return timeline.timeToEnd }
    let each = timeline.timeToEnd.repeated(group.path.addresses)
    return group.application.connectTotal.map(each.limited) ?? each
  }

  /// What the program does by itself that plays a part in a scenario.
  package func timers(in scenario: Scenario) -> ApplicationTimers {
    group.application.deciding(scenario)
  }

  /// Returns how one bound of an objective stands, given what happens here in its scenario.
  func status(of kind: Objective.Kind, _ objective: Objective, _ timeline: Timeline)
    -> Finding.Status
  {
    guard let bound = objective[kind]?.time else { return .met(margin: nil) }
    return kind.status(of: estimate(of: kind, objective, timeline), bound: bound)
  }

  /// Returns the time that a bound is about, in this state.
  private func estimate(
    of kind: Objective.Kind, _ objective: Objective, _ timeline: Timeline
  ) -> Estimate {
    if case .unknown(let reason) = timeline.ends { return .unknown(because: reason) }
    return switch kind {
    case .within: timeToEnd(of: timeline).estimate
    case .survive: Estimate(survives(timeline))
    case .recover: Estimate(resumes(timeline, after: objective.survive?.time ?? .zero))
    }
  }

  /// Returns the longest outage that is survived: the connection lives, and every device on the
  /// path that keepalive keeps from forgetting still knows it; nil if nothing limits it.
  func survives(_ timeline: Timeline) -> Duration? {
    [timeline.survives, remembered(timeline)].compactMap { $0 }.min()
  }

  /// Returns the longest outage after which every device on the path still knows the connection.
  private func remembered(_ timeline: Timeline) -> Duration? {
    middleboxes.filter(\.tcpKeepaliveCounts).compactMap {
      timeline.survives(with: $0.idleTimeout)
    }.min()
  }

  /// Returns how long after an outage traffic resumes at worst; nil if the outage is not survived.
  func resumes(_ timeline: Timeline, after outage: Duration) -> Duration? {
    guard outage <= remembered(timeline) ?? outage else { return nil }
    return timeline.recovers(after: outage)
  }

  /// Returns the case that a bound asks about. Where the peer's window is closed, `within` is about
  /// a peer that dies then, `survive` about one that lives and only reads slowly, and `recover`
  /// about when the next probe leaves after a stall of the length `outage`.
  func experiment(
    _ scenario: Scenario, for kind: Objective.Kind, after outage: Duration? = nil
  ) -> Experiment {
    var experiment = Experiment(
      scenario, in: host.snapshot, options: options(in: scenario), path: group.path)
    switch kind {
    case .within: experiment.receiverFate = .diesAtWorstMoment
    case .survive: experiment.receiverFate = .survives
    case .recover: experiment.receiverFate = .dies(after: outage ?? .zero)
    }
    return experiment
  }

  /// Returns what a finding or an effect rests on: the options that decide the scenario.
  package func basis(in scenario: Scenario) -> SocketOptions {
    options(in: scenario).deciding(scenario)
  }

  /// A user timeout that the plan sets is set once the connection stands, unless the
  /// program has but one; while it connects, what is set today holds or what is set for that time.
  package func options(in scenario: Scenario) -> SocketOptions {
    guard scenario.isOfConnecting else { return options }
    var options = options
    if let connectUserTimeout {
      options[.userTimeout] = connectUserTimeout
    } else if !group.hasSingleUserTimeout {
      options[.userTimeout] = group.sets[.userTimeout]
    }
    return options
  }
}
