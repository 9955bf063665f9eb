package import TCPModel

/// Takes in the hosts of a fleet one by one; what it keeps grows with what is different about them, not
/// with how many they are.
package struct FleetTally {
  /// What is said of a host by itself.
  package struct Row: Sendable {
    package let source, name: String
    package let release: String?
    package let profiles: [Profile]
    package let groups: [String]
    package let verdict: FleetVerdict
    package let assumed: [SysctlKey]

    /// What is missed, by ids.
    package var missed: [String] { verdict.missed }
  }

  /// By what hosts are to be alike.
  package enum Comparison: String, CaseIterable, Sendable { case none, all, group, kernel, profile }

  private let rules: FleetRules
  package let keys: FleetKeys
  private let comparison: Comparison
  /// Without an end of what is reported: every host gets its answer.
  private let cache = TimelineCache(search: 0, reports: .max)
  private var states: [FleetState: Int] = [:]
  private var judged: [JudgedState] = []
  private var values: ValueTable
  private var everybody: ValueTable
  private var kernels: [String: (hosts: Int, missed: Int)] = [:]
  private var statuses: [FleetVerdict.Status: Int] = [:]
  private var assumedHosts = HostTally()
  private var history: FleetHistory?
  private var names: Set<String> = []
  private var doubled = HostTally()
  private var unruled = HostTally()
  private var ungrouped = HostTally()

  /// - Parameter history: an earlier run to compare with.
  package init(
    _ rules: FleetRules, comparing comparison: Comparison = .none,
    since history: FleetHistory? = nil
  ) {
    (self.rules, self.comparison, self.history) = (rules, comparison, history)
    keys = FleetKeys(for: rules.profiles)
    (values, everybody) = (ValueTable(keys), ValueTable(keys))
  }

  /// Takes in a host, and says how it stands.
  package mutating func add(_ capture: HostCapture) -> Row {
    let kernel = capture.release.flatMap { KernelVersion($0) }
    let groups = rules.groups.groups(of: capture.name)
    let rule = rules.rule(for: capture.name, kernel, in: groups)
    let profiles = rule?.profiles ?? 0
    let state = FleetState(of: capture, under: profiles, keys)
    let index = states[state] ?? judge(state)
    let (verdict, series) = (judged[index].verdict, kernel?.series ?? "")
    judged[index].hosts.add(capture.name, series)
    statuses[verdict.status, default: 0] += 1
    kernels[series, default: (0, 0)].hosts += 1
    if verdict.status == .missed { kernels[series]?.missed += 1 }
    if !names.insert(capture.name).inserted { doubled.add(capture.name, series) }
    if rule == nil, !rules.rules.isEmpty { unruled.add(capture.name, series) }
    if groups.isEmpty, !rules.groups.isEmpty { ungrouped.add(capture.name, series) }
    let assumed = verdict.assumed
    if !assumed.isEmpty { assumedHosts.add(capture.name, series) }
    everybody.add(capture, to: series, series)
    for group in self.groups(of: capture, groups, series, profiles) {
      values.add(capture, to: group, series)
    }
    let row = Row(
      source: capture.source, name: capture.name, release: capture.release,
      profiles: rules.profiles[profiles], groups: groups, verdict: verdict, assumed: assumed)
    history?.compare(row)
    return row
  }

  private func groups(
    of capture: HostCapture, _ groups: [String], _ series: String, _ profiles: Int
  ) -> [String] {
    switch comparison {
    case .none: []
    case .all: [""]
    case .group: groups
    case .kernel: [series]
    case .profile: [rules.profiles[profiles].joinedName]
    }
  }

  private mutating func judge(_ state: FleetState) -> Int {
    let verdict = FleetVerdict(
      of: state, for: rules.profiles[state.profiles], keys, asking: cache)
    states[state] = judged.count
    judged.append(JudgedState(state: state, verdict: verdict))
    return judged.count - 1
  }

  /// Takes in that a capture could not be read.
  package mutating func add(unreadable source: String) { history?.note(unreadable: source) }

  /// Returns what is to be said of all of them.
  package func fleet() -> Fleet {
    var (causes, plans): ([FleetCause], [FleetPlan]) = ([], [])
    for (index, profiles) in rules.profiles.enumerated() {
      let states = judged.filter { $0.state.profiles == index }
      let planner = FleetPlanner(profiles: profiles, keys: keys, cache: cache)
      let isMissed = states.contains { !$0.verdict.missed.isEmpty }
      let own = isMissed ? planner.plans(for: states) : []
      causes += FleetCauses(of: states, by: planner, own).all
      plans += own
    }
    return Fleet(
      hosts: judged.reduce(0) { $0 + $1.hosts.count }, statuses: statuses,
      kernels: kernels.map { Fleet.Kernel(series: $0, hosts: $1.hosts, missed: $1.missed) }
        .sorted(),
      causes: causes.byWeight, plans: plans,
      drift: values.drift { $0.isEmpty ? nil : $0 },
      outliers: everybody.drift { $0 }.filter(\.isOfOutliers),
      assumed: assumedHosts, doubled: doubled, unruled: unruled, ungrouped: ungrouped,
      obstacles: obstacles, changes: history?.changes)
  }

  /// Why hosts could not be judged.
  private var obstacles: [Fleet.Obstacle] {
    var tallies: [String: HostTally] = [:]
    for state in judged {
      guard let reason = state.verdict.obstacle else { continue }
      tallies[reason, default: HostTally()].add(state.hosts)
    }
    return tallies.map { Fleet.Obstacle(reason: $0, hosts: $1) }.sorted { $0.reason < $1.reason }
  }
}
