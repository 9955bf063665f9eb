package import TCPModel

/// The model, asked each question once: a class, so that all who ask share what is known.
///
/// There is no end of what groups that differ could be asked: searches have a budget, and what is
/// reported has another, so that a search leaves enough for what is said of its result.
package final class TimelineCache {
  /// What was simulated, which another cache can begin with, and what searches have cost: an answer has
  /// one budget, however many plans it is made of.
  struct Known: Sendable {
    fileprivate var timelines: [ExperimentSignature: Timeline] = [:]
    fileprivate var searched = 0
  }

  private var timelines: [ExperimentSignature: Timeline]
  /// What searches may cost.
  let search: WorkBudget
  private let reports: WorkBudget
  /// The one that is drawn on.
  private var budget: WorkBudget

  /// Events that an answer may simulate: about a second in all.
  package static let (mostSearched, mostReported) = (130_000_000, 100_000_000)

  /// - Parameters: what may be done, in events simulated.
  package convenience init(search: Int = mostSearched, reports: Int = mostReported) {
    self.init(search: search, reports: reports, knowing: Known())
  }

  /// - Parameter known: what another cache has simulated, for which nothing is spent again.
  init(search: Int = mostSearched, reports: Int = mostReported, knowing known: Known) {
    timelines = known.timelines
    self.search = WorkBudget(search, spent: known.searched)
    self.reports = WorkBudget(reports)
    budget = self.reports
  }

  var known: Known { Known(timelines: timelines, searched: search.spent) }

  /// What is asked meanwhile counts as a search.
  func searching(_ search: () -> Void) {
    budget = self.search
    search()
    budget = reports
  }

  /// Returns what happens in a scenario of a situation, the program's own limits included; for
  /// `connect` to one address. Beyond the budget nothing is known.
  package func timeline(
    _ scenario: Scenario, for kind: Objective.Kind = .within, after outage: Duration? = nil,
    in state: GroupState, _ precision: Precision = .exact
  ) -> Timeline {
    do throws(WorkBudget.UsedUp) {
      try budget.spend(WorkBudget.lookUp)
    } catch {
      return .unknown(scenario, because: WorkBudget.excuse)
    }
    var experiment = state.experiment(scenario, for: kind, after: outage)
    experiment.precision = precision
    let timeline = state.limiting(self.timeline(of: experiment, under: state.host.rules))
    guard scenario == .idle, let interval = state.group.application.heartbeat else {
      return timeline
    }
    return timeline.kept(
      awakeEvery: interval, sending: self.timeline(.send, for: kind, in: state, precision))
  }

  /// Returns what happens in an experiment, whoever asks.
  func timeline(of experiment: Experiment, under rules: KernelRules) -> Timeline {
    let signature = ExperimentSignature(of: experiment, under: rules)
    if let timeline = known(signature) { return timeline }
    let timeline = Timeline(of: experiment, under: rules)
    timelines[signature] = timeline
    budget.note(timeline.effort.events + timeline.storedEvents * WorkBudget.storedEvent)
    return timeline
  }

  /// Returns the same; nil where it is not known yet, and the budget is used up.
  func timelineWithinBudget(of experiment: Experiment, under rules: KernelRules) -> Timeline? {
    if let timeline = known(ExperimentSignature(of: experiment, under: rules)) { return timeline }
    do throws(WorkBudget.UsedUp) {
      try budget.check()
    } catch {
      return nil
    }
    return timeline(of: experiment, under: rules)
  }

  /// Returns what was simulated already, as exactly at least.
  private func known(_ signature: ExperimentSignature) -> Timeline? {
    timelines[signature] ?? signature.precise.flatMap { timelines[$0] }
  }

  /// Returns what happens in the scenario of an objective, as one of its bounds asks about it.
  func timeline(
    for kind: Objective.Kind, of objective: Objective, in state: GroupState,
    _ precision: Precision = .exact
  ) -> Timeline {
    timeline(objective.scenario, for: kind, after: objective.survive?.time, in: state, precision)
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
    func holds(_ timeline: Timeline) -> Bool {
      state.status(of: requirement.kind, requirement.objective, timeline).isMet
    }
    func timeline(_ precision: Precision) -> Timeline {
      self.timeline(for: requirement.kind, of: requirement.objective, in: state, precision)
    }
    let rough = timeline(state.precision(for: requirement))
    if holds(rough) { return true }
    return rough.uncertainty > .zero && holds(rough.loosened()) && holds(timeline(.exact))
  }
}

extension GroupState {
  /// How exact a timeline must be to tell whether a demand holds: a part of it is enough where nothing
  /// but the kernel's timers of data has a part in it.
  fileprivate func precision(for requirement: Requirement) -> Precision {
    let isOfData = [.send, .zeroWindow, .close].contains(requirement.scenario)
    guard isOfData, middleboxes.isEmpty, deadline(in: requirement.scenario) == nil else {
      return .exact
    }
    return switch requirement.kind {
    case .within: .latestEnd
    case .survive: .survival
    case .recover: .exact
    }
  }
}

extension Timeline {
  /// What it would be if it were as little as it may be.
  fileprivate func loosened() -> Timeline {
    var loosened = self
    for index in branches.indices {
      let last = branches[index].events.count - 1
      let range = branches[index].events[last].range
      loosened.branches[index].events[last].range.latest = max(
        range.latest - uncertainty, range.earliest)
      loosened.branches[index].survives += uncertainty
    }
    return loosened
  }

  fileprivate var storedEvents: Int {
    nominalEvents.count + branches.reduce(0) { $0 + $1.events.count }
  }
}
