import Advisor
import NetAddress
import TCPModel

/// A case of a plan, and what it must come up to besides what the model says.
struct PlannedExperiment {
  /// The profile, its group and the times: what a failure is told with.
  var name: String
  var experiment: Experiment
  /// The latest end that the plan promises, where it does.
  var within: Duration?
  /// The outage that the plan promises is outlived, where it does.
  var survive: Duration?
  /// The longest wait for traffic after the outage that the plan promises, where it does.
  var recover: Duration?
}

extension Profile {
  /// The same asked of the path that cases are run on: a plan holds on the path it is made for.
  var onLoopback: Profile {
    var profile = self
    for index in groups.indices {
      profile.groups[index].path.roundTrip = .microseconds(10)...(.milliseconds(1))
    }
    return profile
  }
}

extension PortablePlan {
  /// What a group's program does in a scenario, with the sysctls that decide it, as planned.
  func experiment(_ scenario: Scenario, of group: ConnectionGroup, _ family: AddressFamily)
    -> Experiment
  {
    var snapshot = Bench.snapshot()
    for change in plan.sysctls where scenario.sysctls.contains(change.key) {
      snapshot[change.key] = .value(change.to)
    }
    return Experiment(
      scenario, in: snapshot, options: options(of: group, in: scenario), family: family,
      path: group.path)
  }

  private func options(of group: ConnectionGroup, in scenario: Scenario) -> SocketOptions {
    let planned = plan.socketOptions.filter { $0.group == group.name }
    let first = planned.filter { $0.when != .afterConnect }
    let later = scenario == .connect ? [] : planned.filter { $0.when == .afterConnect }
    var options = group.sets
    for change in first + later { options[change.option] = change.value }
    return options
  }

  /// Those of the scenarios whose peer can come back.
  private func objectives(of group: ConnectionGroup) -> [Objective] {
    let isContradicted = plan.contradictions.contains { $0.group.contains(group.name) }
    return isContradicted
      ? [] : group.objectives.filter { [.connect, .idle, .send].contains($0.scenario) }
  }

  /// Each objective that can be measured whole in time: an outage exactly as long as it says, and a
  /// silence without end.
  func promises(for longest: Duration, over families: [AddressFamily]) -> [PlannedExperiment] {
    each(over: families) { group, family in
      objectives(of: group).flatMap { objective in
        let experiment = experiment(objective.scenario, of: group, family)
        return [
          survival(objective, experiment, longest), end(objective, group, experiment, longest),
        ]
        .compactMap { $0 }
      }
    }
  }

  private func survival(_ objective: Objective, _ experiment: Experiment, _ longest: Duration)
    -> PlannedExperiment?
  {
    guard let outage = objective.survive?.time, outage <= longest else { return nil }
    let events = Timeline(of: experiment).events
    let start = experiment.scenario == .idle ? events.first?.range.latest ?? .zero : .zero
    guard let answered = events.first(where: { $0.range.earliest >= start + outage }),
      answered.range.latest <= longest
    else { return nil }
    var planned = PlannedExperiment(
      name: "survives \(outage)", experiment: experiment, survive: outage)
    planned.experiment.outage = outage
    planned.recover = objective.recover?.time
    return planned
  }

  /// The program's own limit is not the kernel's, and not run.
  private func end(
    _ objective: Objective, _ group: ConnectionGroup, _ experiment: Experiment, _ longest: Duration
  ) -> PlannedExperiment? {
    let isLimited = plan.deadlines.contains {
      $0.group == group.name && $0.scenario == objective.scenario
    }
    guard !isLimited, let within = objective.within?.time, within <= longest else { return nil }
    return PlannedExperiment(
      name: "ends within \(within)", experiment: experiment, within: within / group.path.addresses)
  }

  /// Each scenario that a group asks something of with shorter times: a silence without end, an
  /// outage that the model says is outlived, and one that it says kills.
  func rehearsals(over families: [AddressFamily]) -> [PlannedExperiment] {
    each(over: families) { group, family in
      objectives(of: group).flatMap { objective in
        let experiment = experiment(objective.scenario, of: group, family).shortened
        let timeline = Timeline(of: experiment)
        let outages = [nil, Outages.outlived(by: timeline), Outages.tooLong(for: timeline)]
        return outages.map { outage in
          var experiment = experiment
          experiment.outage = outage
          return PlannedExperiment(name: "shortened", experiment: experiment)
        }
      }
    }
  }

  private func each(
    over families: [AddressFamily],
    _ make: (ConnectionGroup, AddressFamily) -> [PlannedExperiment]
  ) -> [PlannedExperiment] {
    profiles.flatMap(\.groups).flatMap { group in
      families.flatMap { family in
        make(group, family).map { planned in
          var planned = planned
          planned.name =
            "\(name)/\(group.name) \(family) \(planned.experiment.scenario) \(planned.name)"
          return planned
        }
      }
    }
  }
}
