package import TCPModel

/// What the tool has to say about a host under a set of profiles.
package struct Advice: Sendable {
  package enum Settings: String, Sendable { case current, planned }

  /// A scenario of a group, before or after the plan.
  package struct Outlook: Sendable {
    package var settings: Settings
    package var connections: String
    package var basis: SocketOptions
    package var timeline: Timeline
    /// When it ends, all addresses of a name tried.
    package var span: Span
    package var situation: Situation
  }

  package let profiles: [Profile]
  package let host: Host
  package private(set) var plan = Plan()
  /// Whether the plan suits only this host: emitted text needs its kernel named to be the same.
  package private(set) var isForThisHost = false
  package private(set) var outlooks: [Outlook] = []
  /// As the host and its programs are today.
  package private(set) var findings: [Finding] = []
  /// With the whole plan in place.
  package private(set) var plannedFindings: [Finding] = []

  /// - Parameter baselines: what emitted text has to hold on; the plan is what is emitted, as far as
  ///   the host needs it.
  package init(for profiles: [Profile], on host: Host, baselines: [Host]) {
    (self.profiles, self.host) = (profiles, host)
    let oracle = Oracle()
    findings = profiles.flatMap { $0.findings(on: host, oracle) { Situation($0, on: host) } }
    let solution = Solver(for: profiles, on: baselines, asking: oracle).solve()
    var draft = PlanDraft(solution, for: profiles, on: [host], .whatIsMissed, asking: oracle)
    if draft.missed > 0 {
      // What suits every host does not suit this one, with what is set on it: solve for it alone.
      let solution = Solver(for: profiles, on: [host.atEveryTick], asking: oracle).solve()
      let own = PlanDraft(solution, for: profiles, on: [host], .whatIsMissed, asking: oracle)
      if own.missed < draft.missed {
        (draft, isForThisHost) = (own, true)
      } else {
        draft.explain(with: own.plan.contradictions)
      }
    }
    plan = draft.plan
    plannedFindings = draft.findings
    outlooks = draft.members.flatMap {
      Self.outlooks(.current, Situation($0.program, on: host), oracle)
    }
    if !plan.isEmpty {
      outlooks += draft.members.flatMap {
        Self.outlooks(.planned, draft.situation($0.program, on: host), oracle)
      }
    }
  }

  private static func outlooks(_ settings: Settings, _ situation: Situation, _ oracle: Oracle)
    -> [Outlook]
  {
    situation.group.reportedScenarios.map { scenario in
      Outlook(
        settings: settings, connections: situation.group.name,
        basis: situation.basis(in: scenario), timeline: oracle.timeline(scenario, in: situation),
        span: oracle.span(scenario, in: situation), situation: situation)
    }
  }
}
