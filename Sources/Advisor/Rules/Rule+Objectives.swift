import TCPModel

extension Rule {
  /// Each objective of a group: a scenario ends in time, outlives an outage, resumes soon after.
  static let objectives = Rule(name: "objectives") { state, profile, cache in
    state.group.objectives.flatMap { objective in
      let scenario = objective.scenario
      let end = cache.timeline(scenario, in: state)
      let timeToEnd = state.timeToEnd(of: end)
      return objective.bounds.map { kind, bound in
        let timeline =
          kind == .within ? end : cache.timeline(for: kind, of: objective, in: state)
        var finding = Finding(
          profile: profile.name, group: state.group.name, scenario: scenario,
          subject: .bound(kind), wanted: bound.written,
          status: state.status(of: kind, objective, timeline),
          evidence: Evidence(
            options: state.basis(in: scenario), timeToEnd: timeToEnd,
            survives: state.survives(timeline),
            resumes: objective.survive.flatMap { state.resumes(timeline, after: $0.time) }),
          location: bound.location, isShared: state.group.isShared)
        finding.evidence.timers = state.timers(in: scenario)
        return finding
      }
    }
  }
}
