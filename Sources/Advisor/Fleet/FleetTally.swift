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
  private var namespaces = NamespaceTally()
  /// Of each set of profiles.
  private var connections: [ConnectionTally]
  private var requirements: [String: Fleet.Requirement] = [:]
  private var closedNamespaces = 0
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
    connections = rules.profiles.map { _ in ConnectionTally() }
    (values, everybody) = (ValueTable(keys), ValueTable(keys))
  }

  /// Takes in a host, and says how it stands.
  package mutating func add(_ capture: HostCapture) -> Row {
    let kernel = capture.release.flatMap { KernelVersion($0) }
    let groups = rules.groups.groups(of: capture.name)
    let rule = rules.rule(for: capture.name, kernel, in: groups)
    let profiles = rule?.profiles ?? 0
    let index = judge(FleetState(of: capture, under: profiles, keys))
    let series = kernel?.series ?? ""
    judged[index].hosts.add(capture.name, series)
    let verdict = judged[index].verdict.with(others(of: capture, index, profiles, series))
    statuses[verdict.status, default: 0] += 1
    kernels[series, default: (0, 0)].hosts += 1
    if verdict.status == .missed { kernels[series]?.missed += 1 }
    if !names.insert(capture.name).inserted { doubled.add(capture.name, series) }
    if rule == nil, !rules.rules.isEmpty { unruled.add(capture.name, series) }
    if groups.isEmpty, !rules.groups.isEmpty { ungrouped.add(capture.name, series) }
    note(verdict.findings)
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

  private var hostsSeen: Int { statuses.values.reduce(0, +) }

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

  /// Takes in what a host has beside its own settings: namespaces and connections.
  private mutating func others(
    of capture: HostCapture, _ index: Int, _ profiles: Int, _ series: String
  ) -> [FleetFinding] {
    closedNamespaces += capture.closedNamespaces
    guard judged[index].verdict.obstacle == nil else { return [] }
    var found: [FleetFinding] = []
    var (counts, places): ([Int: Int], [String: Int]) = ([:], [:])
    for namespace in capture.namespaces {
      let state = judge(FleetState(of: capture, in: namespace, under: profiles, keys))
      counts[state, default: 0] += 1
      if let id = namespace.id { places[id] = state }
    }
    for state in counts.keys.sorted() { found += judged[state].verdict.findings }
    namespaces.add(counts, of: capture.name, series)
    let planner = planner(of: profiles)
    for connections in capture.connections {
      let place = connections.namespace.flatMap { places[$0] } ?? index
      found += self.connections[profiles].add(
        connections, in: place, of: rules.profiles[profiles], host: capture.name, series,
        ordinal: hostsSeen
      ) { [judged] in planner.assessment(of: judged[place]) }
      .map { FleetFinding(.sockets, $0) }
    }
    return found
  }

  private func planner(of profiles: Int) -> FleetPlanner {
    FleetPlanner(profiles: rules.profiles[profiles], keys: keys, cache: cache)
  }

  /// Counts a host for all that it misses, each once.
  private mutating func note(_ findings: [FleetFinding]) {
    var seen: Set<String> = []
    for found in findings where found.finding.isMissed {
      let id = "\(found.finding.profile) \(found.id)"
      guard seen.insert(id).inserted else { continue }
      requirements[id, default: Fleet.Requirement(missed: found)].hosts += 1
    }
  }

  private mutating func judge(_ state: FleetState) -> Int {
    if let index = states[state] { return index }
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
    var (causes, plans): (FleetCauses, [FleetPlan]) = (FleetCauses(), [])
    for index in rules.profiles.indices {
      let states = judged.filter { $0.state.profiles == index && !$0.state.isOfNamespace }
      let planner = planner(of: index)
      let isMissed = states.contains { !$0.verdict.missed.isEmpty }
      let own = isMissed ? planner.plans(for: states) : []
      causes.add(judged, namespaces, of: index, by: planner, own)
      causes.add(connections[index].all, on: judged, by: planner)
      plans += own
    }
    return Fleet(
      hosts: hostsSeen, statuses: statuses,
      kernels: kernels.map { Fleet.Kernel(series: $0, hosts: $1.hosts, missed: $1.missed) }
        .sorted(),
      causes: causes.sorted(), plans: plans,
      requirements: requirements.sorted { $0.key < $1.key }.map(\.value),
      closedNamespaces: closedNamespaces,
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
