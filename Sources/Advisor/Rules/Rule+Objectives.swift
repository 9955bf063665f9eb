import TCPModel

extension Rule {
  /// Each objective of a group: a scenario ends in time, outlives an outage, resumes soon after.
  static let objectives = Rule(name: "objectives") { situation, profile, oracle in
    situation.group.objectives.flatMap { objective in
      let scenario = objective.scenario
      let span = oracle.span(scenario, in: situation)
      return objective.bounds.map { kind, bound in
        let timeline = oracle.timeline(for: kind, of: objective, in: situation)
        return Finding(
          profile: profile.name, connections: situation.group.name, scenario: scenario,
          subject: .bound(kind), basis: situation.basis(in: scenario),
          verdict: situation.verdict(on: kind, of: objective, timeline), wanted: bound.time,
          span: span, outlives: timeline.survives,
          resumes: objective.survive.flatMap { timeline.recovers(after: $0.time) },
          place: bound.place, isShared: situation.group.isShared)
      }
    }
  }
}
