package import TCPModel

/// What the tool has to say about a host under a set of profiles.
package struct Advice: Sendable {
  package enum Settings: String, Sendable { case current, planned }

  /// Where a plan holds, besides on the host it is for.
  package enum Scope: Sendable {
    /// It is what emitted text says.
    case everywhere
    /// It is what emitted text says for this kernel.
    case kernel
    /// It takes into account what is set on this host alone.
    case host
  }

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
  /// What the plan suits.
  package private(set) var scope = Scope.everywhere
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
    var draft = Self.draft(baselines, profiles, host, oracle)
    // What suits every host does not suit this one: solve for its kernel, then for it alone.
    let stock = try? Host(defaultsOf: host.rules.release)
    for (scope, own) in [(Scope.kernel, stock), (.host, host.atEveryTick)] where draft.missed > 0 {
      guard let own else { continue }
      let other = Self.draft([own], profiles, host, oracle)
      if other.missed < draft.missed {
        (draft, self.scope) = (other, scope)
      } else {
        draft.explain(with: other.plan.contradictions)
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

  private static func draft(
    _ hosts: [Host], _ profiles: [Profile], _ host: Host, _ oracle: Oracle
  ) -> PlanDraft {
    let solution = Solver(for: profiles, on: hosts, asking: oracle).solve()
    return PlanDraft(solution, for: profiles, on: [host], .whatIsMissed, asking: oracle)
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
