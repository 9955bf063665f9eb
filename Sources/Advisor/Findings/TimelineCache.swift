package import TCPModel

/// The model, asked each question once: a class, so that all who ask share what is known.
package final class TimelineCache {
  private var known: [ExperimentSignature: Timeline] = [:]
  /// What all that is known has cost, in events simulated.
  private var cost = 0
  /// What a search may cost: there is no end of what groups that differ could be asked.
  private let budget: Int

  /// Whether a search must come to its end with what it has.
  var isUsedUp: Bool { cost > budget }

  package init(budget: Int = 100_000_000) { self.budget = budget }

  /// Returns what happens in a scenario of a situation, the program's own limits included; for
  /// `connect` to one address.
  package func timeline(
    _ scenario: Scenario, for kind: Objective.Kind = .within, after outage: Duration? = nil,
    in state: GroupState
  ) -> Timeline {
    let timeline = state.limiting(
      self.timeline(
        of: state.experiment(scenario, for: kind, after: outage), under: state.host.rules))
    guard scenario == .idle, let interval = state.group.application.heartbeat else {
      return timeline
    }
    return timeline.kept(awakeEvery: interval, sending: self.timeline(.send, for: kind, in: state))
  }

  /// Returns what happens in an experiment, whoever asks.
  func timeline(of experiment: Experiment, under rules: KernelRules) -> Timeline {
    let signature = ExperimentSignature(of: experiment, under: rules)
    if let timeline = known[signature] { return timeline }
    let timeline = Timeline(of: experiment, under: rules)
    known[signature] = timeline
    cost += timeline.effort.events
    return timeline
  }

  /// Returns what happens in the scenario of an objective, as one of its bounds asks about it.
  func timeline(
    for kind: Objective.Kind, of objective: Objective, in state: GroupState
  ) -> Timeline {
    timeline(objective.scenario, for: kind, after: objective.survive?.time, in: state)
  }

  /// Returns whether two situations may differ in a scenario, without simulating it.
  func mayDiffer(_ scenario: Scenario, _ one: GroupState, _ other: GroupState) -> Bool {
    func signature(_ state: GroupState) -> ExperimentSignature {
      ExperimentSignature(
        of: state.experiment(scenario, for: .within), under: state.host.rules)
    }
    return signature(one) != signature(other)
      || one.deadline(in: scenario) != other.deadline(in: scenario)
      || scenario == .idle && one.group.application.heartbeat != nil
        && mayDiffer(.send, one, other)
  }

  /// Returns when a scenario ends; `connect` and `neighbour` try the addresses of a name one after the
  /// other.
  package func timeToEnd(_ scenario: Scenario, in state: GroupState) -> TimeToEnd {
    state.timeToEnd(of: timeline(scenario, in: state))
  }

  /// Returns whether what is demanded holds in a situation; what cannot be known does not.
  func meets(_ requirement: Requirement, in state: GroupState) -> Bool {
    let timeline = timeline(for: requirement.kind, of: requirement.objective, in: state)
    return state.status(of: requirement.kind, requirement.objective, timeline).isMet
  }
}
