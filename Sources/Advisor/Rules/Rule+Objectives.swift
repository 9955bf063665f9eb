import TCPModel

extension Rule {
  /// Each objective of a group: a scenario ends in time, outlives an outage, resumes soon after.
  static let objectives = Rule(name: "objectives") { situation, profile in
    situation.group.objectives.flatMap { objective in
      let timeline = situation.timeline(objective.scenario)
      return [
        objective.within.map { bound in
          (Finding.Subject.within, bound, within(bound.time, situation.span(objective.scenario)))
        },
        objective.survive.map { bound in
          (Finding.Subject.survive, bound, survives(bound.time, timeline))
        },
        objective.recover.map { bound in
          (Finding.Subject.recover, bound, .unknown(because: "recover is not solved yet"))
        },
      ].compactMap { $0 }.map { subject, bound, verdict in
        Finding(
          profile: profile.name, connections: situation.group.name, scenario: objective.scenario,
          subject: subject, basis: situation.basis(in: objective.scenario), verdict: verdict,
          wanted: bound.time, span: situation.span(objective.scenario),
          outlives: timeline.survives, place: bound.place)
      }
    }
  }

  private static func within(_ limit: Duration, _ span: Span) -> Finding.Verdict {
    switch span.ends {
    case .unknown(let reason): return .unknown(because: reason)
    case .never, .maybeNever: return .missed(by: nil)
    case .always:
      guard let latest = span.range?.latest else { return .missed(by: nil) }
      return latest <= limit ? .met(margin: limit - latest) : .missed(by: latest - limit)
    }
  }

  private static func survives(_ outage: Duration, _ timeline: Timeline) -> Finding.Verdict {
    switch timeline.ends {
    case .unknown(let reason): return .unknown(because: reason)
    case .never: return .met(margin: nil)
    case .always, .maybeNever:
      guard let outlived = timeline.survives else { return .met(margin: nil) }
      return outlived >= outage ? .met(margin: outlived - outage) : .missed(by: outage - outlived)
    }
  }
}
