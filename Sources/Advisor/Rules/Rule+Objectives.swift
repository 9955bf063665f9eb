import TCPModel

extension Rule {
  /// Each objective of a group: a scenario ends in time, outlives an outage, resumes soon after.
  static let objectives = Rule(name: "objectives") { situation, profile in
    situation.group.demands(in: profile.name).map { demand in
      let timeline = situation.timeline(demand.scenario, for: demand.kind)
      return Finding(
        profile: profile.name, connections: situation.group.name, scenario: demand.scenario,
        subject: .bound(demand.kind), basis: situation.basis(in: demand.scenario),
        verdict: situation.verdict(on: demand.kind, of: demand.objective), wanted: demand.time,
        span: situation.span(demand.scenario), outlives: timeline.survives,
        resumes: demand.objective.survive.flatMap { timeline.recovers(after: $0.time) },
        place: demand.bound.place, isShared: situation.group.isShared)
    }
  }
}
