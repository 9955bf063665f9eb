import TCPModel

extension Rule {
  /// Each objective of a group: a scenario ends in time, outlives an outage, resumes soon after.
  static let objectives = Rule(name: "objectives") { situation, profile, oracle in
    situation.group.objectives.flatMap { objective in
      let scenario = objective.scenario
      let ending = oracle.timeline(scenario, in: situation)
      // What a closed window outlives is a live peer's business, when it ends a dead one's.
      let outage =
        scenario == .zeroWindow
        ? oracle.timeline(scenario, for: .survive, in: situation) : ending
      return objective.bounds.map { kind, bound in
        Finding(
          profile: profile.name, connections: situation.group.name, scenario: scenario,
          subject: .bound(kind), basis: situation.basis(in: scenario),
          verdict: situation.verdict(
            on: kind, of: objective, kind == .within ? ending : outage),
          wanted: bound.time, span: situation.span(of: ending), outlives: outage.survives,
          resumes: objective.survive.flatMap { outage.recovers(after: $0.time) },
          place: bound.place, isShared: situation.group.isShared)
      }
    }
  }
}
