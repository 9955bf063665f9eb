import TCPModel

/// Finds what hosts of different states have wrong in the same way.
struct FleetCauses {
  /// For so many causes that no sysctl mends it is worked out what programs have to set.
  private static let mostRemedied = 20
  /// What each search for it may cost, in events simulated.
  private static let search = 2_000_000

  private struct Key: Hashable {
    let id: String
    let profile: String
    let settings: [FleetCause.Setting]
    let status: String

    func comesBefore(_ other: Key) -> Bool {
      words.lexicographicallyPrecedes(other.words)
    }

    private var words: [String] { [profile, id, status] + settings.map(\.text) }
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
    var pruned: [Pruning: [FleetCause.Setting]] = [:]
    for state in states where !(state.verdict.findings + state.verdict.lost).isEmpty {
      let plan = plans.first { plan in state.state.kernel.map(plan.kernels.contains) ?? false }
      let unmet = Set(plan.map { planner.missedIDs(state, with: $0.sysctls) } ?? [])
      let host = planner.host(state)
      for (finding, moment) in state.verdict.findings.map({ ($0, FleetCause.Moment.now) })
        + state.verdict.lost.map({ ($0, .nextBoot) })
      {
        let isSolved = finding.isMissed && moment == .now && !unmet.contains(finding.id)
        let all = isSolved ? Self.settings(of: finding, host, plan) : []
        var settings = all
        if let host, all.count > 1 {
          let question = Pruning(finding, host, all)
          settings = pruned[question] ?? Self.needed(all, for: finding, on: host, planner)
          pruned[question] = settings
        }
        let key = Key(
          id: finding.id + moment.suffix, profile: finding.profile, settings: settings,
          status: finding.status.name)
        var cause = found[key] ?? Found(finding: finding, settings: settings, moment: moment)
        cause.hosts.add(state.hosts)
        if state.hosts.count > cause.most {
          (cause.finding, cause.state, cause.most) = (finding, state, state.hosts.count)
        }
        found[key] = cause
      }
    }
    let sorted = found.sorted { one, other in
      one.value.hosts.count == other.value.hosts.count
        ? one.key.comesBefore(other.key) : one.value.hosts.count > other.value.hosts.count
    }.map(\.value)
    var searches = 0
    all = sorted.map { cause in
      var finding = cause.finding
      if !cause.settings.isEmpty {
        finding.remedies = [
          Remedy([Remedy.Part(cause.settings.map { .sysctl($0.key, $0.to) })])
        ]
      } else if finding.isMissed, searches < Self.mostRemedied,
        let host = cause.state.flatMap(planner.host)
      {
        searches += 1
        finding.remedies = Self.remedies(of: finding, planner, host)
      }
      return FleetCause(
        moment: cause.moment, finding: finding, settings: cause.settings, hosts: cause.hosts)
    }
  }

  /// What decides which of several settings are the cause.
  private struct Pruning: Hashable {
    private let id: String
    private let kernel: KernelVersion
    private let tickRates: [TickRate]
    private let settings: [FleetCause.Setting]
    private let readings: [SysctlReading]

    init(_ finding: Finding, _ host: Host, _ settings: [FleetCause.Setting]) {
      (id, self.settings) = ("\(finding.profile) \(finding.id)", settings)
      (kernel, tickRates) = (host.rules.release, host.rules.tickRates)
      readings = [finding].decidingKeys.map { host.snapshot[$0] }
    }
  }

  /// Returns those without which it is still missed: the others are no part of the cause.
  private static func needed(
    _ settings: [FleetCause.Setting], for finding: Finding, on host: Host, _ planner: FleetPlanner
  ) -> [FleetCause.Setting] {
    var needed = settings
    for setting in settings where needed.count > 1 {
      let rest = needed.filter { $0 != setting }
      let changed = host.applying(Dictionary(rest.map { ($0.key, $0.to) }) { $1 })
      let isMet = planner.profiles.findings(on: changed, asking: planner.cache)
        .contains { $0.id == finding.id && $0.profile == finding.profile && $0.status.isMet }
      if isMet { needed = rest }
    }
    return needed
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
      ifMissed: true, asking: planner.searching(search))
    return advice.findings.first { $0.id == finding.id }?.remedies ?? []
  }
}

extension FleetCause.Setting {
  fileprivate var text: String { "\(key) \(from?.shown ?? "") \(to.printed)" }
}

extension [FleetCause] {
  /// What counts first, then what concerns most.
  var byWeight: [FleetCause] {
    sorted { one, other in
      if one.order != other.order { return one.order < other.order }
      if one.hosts.count != other.hosts.count { return one.hosts.count > other.hosts.count }
      return one.words.lexicographicallyPrecedes(other.words)
    }
  }
}

extension FleetCause {
  fileprivate var words: [String] { [finding.profile, id] + settings.map(\.text) + hosts.examples }

  fileprivate var order: Int {
    let severity = Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0
    return finding.isMissed ? severity : Finding.Severity.allCases.count + severity
  }
}
