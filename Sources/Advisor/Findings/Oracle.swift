package import TCPModel

/// The model, asked each question once: a class, so that all who ask share what is known.
package final class Oracle {
  private var known: [CaseSignature: Timeline] = [:]

  package init() {}

  /// What happens in a scenario of a situation, the program's own limits included; for `connect` to
  /// one address.
  package func timeline(
    _ scenario: Scenario, for kind: Objective.Kind = .within, in situation: Situation
  ) -> Timeline {
    let play = situation.play(scenario, for: kind)
    let signature = CaseSignature(of: play, under: situation.host.rules)
    let timeline = known[signature] ?? Timeline(of: play, under: situation.host.rules)
    known[signature] = timeline
    return situation.limiting(timeline)
  }

  /// When a scenario ends; `connect` tries the addresses of a name one after the other.
  package func span(_ scenario: Scenario, in situation: Situation) -> Span {
    situation.span(of: timeline(scenario, in: situation))
  }

  /// Whether what is demanded holds in a situation; what cannot be known does not.
  func meets(_ demand: Demand, in situation: Situation) -> Bool {
    let timeline = timeline(demand.scenario, for: demand.kind, in: situation)
    let verdict = situation.verdict(on: demand.kind, of: demand.objective, timeline)
    if case .met = verdict { return true }
    return false
  }
}
