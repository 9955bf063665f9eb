package import TCPModel

/// The model, asked each question once: a class, so that all who ask share what is known.
package final class Oracle {
  private var known: [CaseSignature: Timeline] = [:]

  package init() {}

  /// What happens in a scenario of a situation, the program's own limits included; for `connect` to
  /// one address.
  package func timeline(
    _ scenario: Scenario, for kind: Objective.Kind = .within, after outage: Duration? = nil,
    in situation: Situation
  ) -> Timeline {
    let play = situation.play(scenario, for: kind, after: outage)
    let signature = CaseSignature(of: play, under: situation.host.rules)
    let timeline = known[signature] ?? Timeline(of: play, under: situation.host.rules)
    known[signature] = timeline
    return situation.limiting(timeline)
  }

  /// What happens in the scenario of an objective, as one of its bounds asks about it.
  func timeline(
    for kind: Objective.Kind, of objective: Objective, in situation: Situation
  ) -> Timeline {
    timeline(objective.scenario, for: kind, after: objective.survive?.time, in: situation)
  }

  /// Whether two situations may differ in a scenario, without playing it.
  func mayDiffer(_ scenario: Scenario, _ one: Situation, _ other: Situation) -> Bool {
    func signature(_ situation: Situation) -> CaseSignature {
      CaseSignature(
        of: situation.play(scenario, for: .within), under: situation.host.rules)
    }
    return signature(one) != signature(other)
      || one.deadlines[scenario] != other.deadlines[scenario]
  }

  /// When a scenario ends; `connect` tries the addresses of a name one after the other.
  package func span(_ scenario: Scenario, in situation: Situation) -> Span {
    situation.span(of: timeline(scenario, in: situation))
  }

  /// Whether what is demanded holds in a situation; what cannot be known does not.
  func meets(_ demand: Demand, in situation: Situation) -> Bool {
    let timeline = timeline(for: demand.kind, of: demand.objective, in: situation)
    let verdict = situation.verdict(on: demand.kind, of: demand.objective, timeline)
    if case .met = verdict { return true }
    return false
  }
}
