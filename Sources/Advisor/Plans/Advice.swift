package import TCPModel

/// What the tool has to say about a host under a set of profiles.
package struct Advice: Sendable {
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
  package struct ScenarioForecast: Sendable {
    package var phase: PlanPhase
    package var group: String
    package var basis: SocketOptions
    package var timeline: Timeline
    /// When it ends, all addresses of a name tried.
    package var timeToEnd: TimeToEnd
    package var state: GroupState
  }

  package let profiles: [Profile]
  package let host: Host
  package private(set) var plan = Plan()
  /// What the plan suits.
  package private(set) var scope = Scope.everywhere
  /// The parts of the plan that alone meet as much as both of them; empty where it has but one.
  package private(set) var sufficientParts: Set<Plan.Part> = []
  package private(set) var forecasts: [ScenarioForecast] = []
  /// As the host and its programs are today.
  package private(set) var findings: [Finding] = []
  /// With the whole plan in place.
  package private(set) var plannedFindings: [Finding] = []
  /// What was simulated for it.
  private(set) var known = TimelineCache.Known()

  /// - Parameters:
  ///   - baselines: what emitted text has to hold on; the plan is what is emitted, as far as the host
  ///     needs it.
  ///   - ifMissed: whether nothing but findings is wanted where nothing is missed.
  package init(
    for profiles: [Profile], on host: Host, baselines: [Host], ifMissed: Bool = false,
    asking cache: TimelineCache = TimelineCache()
  ) {
    (self.profiles, self.host) = (profiles, host)
    let groups = EqualGroups(of: profiles)
    let profiles = groups.profiles
    let today = profiles.findings(onEachOf: [host], asking: cache)
    if ifMissed, !today.contains(where: \.isMissed) {
      findings = groups.expanded(today)
      return
    }
    func draft(_ hosts: [Host]) -> PlanDraft {
      let solution = Solver(for: profiles, on: hosts, asking: cache).solve()
      return PlanDraft(
        solution, for: profiles, on: [host], .whatIsMissed, today: today, asking: cache)
    }
    var best = draft(baselines)
    // What suits every host does not suit this one: solve for its kernel, then for it alone.
    let stock = try? Host(defaultsOf: host.rules.release)
    for (scope, own) in [(Scope.kernel, stock), (.host, host.atEveryTick)] where best.missed > 0 {
      guard let own, !best.solution.isCutOff else { continue }
      let other = draft([own])
      if other.missed < best.missed {
        (best, self.scope) = (other, scope)
      } else {
        best.explain(with: other.plan.contradictions)
      }
    }
    plan = groups.expanded(best.plan)
    findings = groups.expanded(today.remedied(by: best.plan, leaving: best.findings))
    plannedFindings = groups.expanded(best.findings)
    sufficientParts = best.sufficientParts
    forecasts = best.applications.flatMap {
      Self.forecasts(.current, GroupState($0.program, on: host), cache)
    }
    if !plan.isEmpty {
      forecasts += best.applications.flatMap {
        Self.forecasts(.planned, best.state($0.program, on: best.plannedHosts[0]), cache)
      }
    }
    forecasts = groups.expanded(forecasts)
    known = cache.known
  }

  private static func forecasts(_ phase: PlanPhase, _ state: GroupState, _ cache: TimelineCache)
    -> [ScenarioForecast]
  {
    state.group.reportedScenarios.map { scenario in
      ScenarioForecast(
        phase: phase, group: state.group.name,
        basis: state.basis(in: scenario), timeline: cache.timeline(scenario, in: state),
        timeToEnd: cache.timeToEnd(scenario, in: state), state: state)
    }
  }
}
