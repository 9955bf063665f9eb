import TCPModel

/// Finds what hosts of different states have wrong in the same way.
struct FleetCauses {
  /// So many causes get what helps worked out in full; there is one for each value that somebody has.
  private static let mostRemedied = 200

  private struct Key: Hashable {
    let id: String
    let settings: [FleetCause.Setting]
    let status: String
  }

  private struct Found {
    var finding: Finding
    let settings: [FleetCause.Setting]
    let moment: FleetCause.Moment
    var hosts = HostTally()
    /// The state that stands for all.
    var state: JudgedState?
    var most = 0
  }

  let all: [FleetCause]

  /// - Parameter plans: of these profiles.
  init(of states: [JudgedState], by planner: FleetPlanner, _ plans: [FleetPlan]) {
    var found: [Key: Found] = [:]
    for state in states {
      let plan = plans.first { plan in state.state.kernel.map(plan.kernels.contains) ?? false }
      let unmet = Set(plan.map { planner.missedIDs(state, with: $0.sysctls) } ?? [])
      let today = state.verdict.findings.filter { $0.isMissed || $0.isUnknown }
      for (finding, moment) in today.map({ ($0, FleetCause.Moment.now) })
        + state.verdict.lost.map({ ($0, .nextBoot) })
      {
        let isSolved = finding.isMissed && moment == .now && !unmet.contains(finding.id)
        let settings = isSolved ? Self.settings(of: finding, planner.host(state), plan) : []
        let key = Key(
          id: finding.id + moment.suffix, settings: settings, status: finding.status.name)
        var cause = found[key] ?? Found(finding: finding, settings: settings, moment: moment)
        cause.hosts.add(state.hosts)
        if state.hosts.count > cause.most {
          (cause.finding, cause.state, cause.most) = (finding, state, state.hosts.count)
        }
        found[key] = cause
      }
    }
    let sorted = found.values.sorted {
      ($1.hosts.count, $0.finding.id) < ($0.hosts.count, $1.finding.id)
    }
    all = sorted.enumerated().map { index, cause in
      var finding = cause.finding
      if index < Self.mostRemedied, finding.isMissed, let host = cause.state.flatMap(planner.host) {
        finding.remedies = Self.remedies(of: finding, planner, host)
      }
      return FleetCause(
        moment: cause.moment, finding: finding, settings: cause.settings, hosts: cause.hosts)
    }
  }

  /// The sysctls of the plan that decide what is missed, and that hosts have otherwise.
  private static func settings(of finding: Finding, _ host: Host?, _ plan: FleetPlan?)
    -> [FleetCause.Setting]
  {
    guard let plan, let host else { return [] }
    return Set([finding].decidingKeys).sorted().compactMap { key in
      guard let value = plan.sysctls[key], host.snapshot[key].value != value else { return nil }
      let reading = host.snapshot.assumed.contains(key) ? nil : host.snapshot.readings[key]
      return FleetCause.Setting(key: key, from: HostCapture.Value(reading), to: value)
    }
  }

  /// What helps on a host, sysctls and what programs set alike.
  private static func remedies(
    of finding: Finding, _ planner: FleetPlanner, _ host: Host
  ) -> [Remedy] {
    let advice = Advice(
      for: planner.profiles, on: host,
      baselines: [(try? Host(defaultsOf: host.rules.release)) ?? host],
      ifMissed: true, asking: planner.cache)
    return advice.findings.first { $0.id == finding.id }?.remedies ?? []
  }
}

extension FleetCause: Comparable {
  /// What counts first, then what concerns most.
  package static func < (left: FleetCause, right: FleetCause) -> Bool {
    (left.order, right.hosts.count, left.id, left.settings.first?.from?.shown ?? "")
      < (right.order, left.hosts.count, right.id, right.settings.first?.from?.shown ?? "")
  }

  package static func == (left: FleetCause, right: FleetCause) -> Bool {
    !(left < right) && !(right < left)
  }

  private var order: Int {
    let severity = Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0
    return finding.isMissed ? severity : Finding.Severity.allCases.count + severity
  }
}
