import TCPModel

/// Finds what hosts of different states have wrong in the same way.
struct FleetCauses {
  /// For so many causes that no sysctl mends it is worked out what programs have to set.
  private static let mostRemedied = 20

  fileprivate struct Key: Hashable {
    let id: String
    let profile: String
    let settings: [FleetCause.Setting]
    let status: String
    var isMetOutside = false
    var kind: CapturedConnections.Kind?
  }

  /// What a cause is found by on one state.
  private struct Found {
    let key: Key
    let part: FleetCause.Part
    let finding: Finding
  }

  fileprivate struct Cause {
    var part: FleetCause.Part
    var finding: Finding
    let settings: [FleetCause.Setting]
    var hosts = HostTally()
    /// What helps on the state that stands for all; nil where that is known.
    var remedies: (() -> [Remedy])?
    var most = 0
  }

  private var causes: [Key: Cause] = [:]
  private var pruned: [Pruning: [FleetCause.Setting]] = [:]

  /// Takes in the states of hosts and of their namespaces, and their connections.
  ///
  /// - Parameters:
  ///   - states: all of them; those of the planner's profiles count.
  ///   - plans: of these profiles.
  mutating func add(
    _ states: [JudgedState], _ namespaces: NamespaceTally, of place: Int,
    by planner: FleetPlanner, _ plans: [FleetPlan]
  ) {
    var ofNamespaces: [Int: [Found]] = [:]
    for (index, state) in states.enumerated()
    where state.state.profiles == place && !state.verdict.findings.isEmpty {
      let found = found(in: state, by: planner, plans)
      if state.state.isOfNamespace {
        ofNamespaces[index] = found
      } else {
        for found in found { add(found, state, state.hosts, planner) }
      }
    }
    if ofNamespaces.isEmpty { return }
    for kind in namespaces.kinds.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      // A host counts once, whatever its namespaces have beside.
      var seen: [Key: Int] = [:]
      for index in kind.key {
        for found in ofNamespaces[index] ?? [] {
          let isFirst = seen.updateValue(index, forKey: found.key) == nil
          add(
            found, states[index], isFirst ? kind.value.hosts : HostTally(), planner,
            namespaces: kind.value.counts[index] ?? 0)
        }
      }
    }
  }

  /// Takes in what connections miss.
  mutating func add(
    _ connections: [ConnectionTally.Entry], on states: [JudgedState], by planner: FleetPlanner
  ) {
    for entry in connections {
      let key = Key(
        id: FleetFinding(.sockets, entry.finding).id, profile: entry.finding.profile, settings: [],
        status: entry.finding.status.name, kind: entry.kind)
      causes[key] = Cause(
        part: .connections(entry.kind, count: entry.count), finding: entry.finding, settings: [],
        hosts: entry.hosts,
        remedies: {
          planner.remedies(of: entry.finding, for: [entry.profile], on: states[entry.state])
        })
    }
  }

  /// All of them: what counts first, then what concerns most.
  func sorted() -> [FleetCause] {
    let sorted = causes.sorted { one, other in
      let (first, second) = (one.value, other.value)
      if first.order != second.order { return first.order < second.order }
      if first.hosts.count != second.hosts.count { return first.hosts.count > second.hosts.count }
      return one.key.words.lexicographicallyPrecedes(other.key.words)
    }.map(\.value)
    var searches = 0
    return sorted.map { cause in
      var finding = cause.finding
      if !cause.settings.isEmpty {
        finding.remedies = [
          Remedy([Remedy.Part(cause.settings.map { .sysctl($0.key, $0.to) })])
        ]
      } else if finding.isMissed, searches < Self.mostRemedied, let remedies = cause.remedies {
        searches += 1
        finding.remedies = remedies()
      }
      return FleetCause(
        part: cause.part, finding: finding, settings: cause.settings, hosts: cause.hosts)
    }
  }

  private mutating func add(
    _ found: Found, _ state: JudgedState, _ hosts: HostTally, _ planner: FleetPlanner,
    namespaces: Int = 0
  ) {
    var cause =
      causes[found.key]
      ?? Cause(part: found.part, finding: found.finding, settings: found.key.settings)
    cause.hosts.add(hosts)
    if case .namespaces(let count, let isMetOutside) = cause.part {
      cause.part = .namespaces(count + namespaces, isMetOutside: isMetOutside)
    }
    if hosts.count > cause.most {
      (cause.finding, cause.most) = (found.finding, hosts.count)
      cause.remedies = { planner.remedies(of: found.finding, for: planner.profiles, on: state) }
    }
    causes[found.key] = cause
  }

  private mutating func found(
    in state: JudgedState, by planner: FleetPlanner, _ plans: [FleetPlan]
  ) -> [Found] {
    let plan = plans.first { plan in state.state.kernel.map(plan.kernels.contains) ?? false }
    let unmet = Set(plan.map { planner.missedIDs(state, with: $0.sysctls) } ?? [])
    let host = planner.host(state)
    let around = (try? state.state.hostAround(planner.keys)) ?? nil
    let metAround = Set(
      around.map { planner.profiles.findings(on: $0, asking: planner.cache) }?
        .filter(\.status.isMet).map(\.id) ?? [])
    return state.verdict.findings.map { placed in
      let finding = placed.finding
      let isMetOutside = metAround.contains(finding.id)
      var settings: [FleetCause.Setting] = []
      if finding.isMissed, placed.aspect != .nextBoot, let host {
        if isMetOutside, let around {
          settings = Self.settings(of: finding, host) { around.snapshot[$0].value }
        } else if !unmet.contains(finding.id), let plan {
          settings = Self.settings(of: finding, host) { plan.sysctls[$0] }
        }
        if settings.count > 1 {
          let question = Pruning(finding, host, settings)
          settings = pruned[question] ?? Self.needed(settings, for: finding, on: host, planner)
          pruned[question] = settings
        }
      }
      let key = Key(
        id: placed.id, profile: finding.profile, settings: settings, status: finding.status.name,
        isMetOutside: isMetOutside)
      let part: FleetCause.Part =
        switch placed.aspect {
        case .nextBoot: .nextBoot
        case .namespace: .namespaces(0, isMetOutside: isMetOutside)
        case .host, .sockets: .host
        }
      return Found(key: key, part: part, finding: finding)
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

  /// The sysctls that decide what is missed, and that hosts have otherwise than is wanted.
  private static func settings(
    of finding: Finding, _ host: Host, wanted: (SysctlKey) -> SysctlValue?
  ) -> [FleetCause.Setting] {
    Set([finding].decidingKeys).sorted().compactMap { key in
      guard let value = wanted(key), host.snapshot[key].value != value else { return nil }
      let reading = host.snapshot.assumed.contains(key) ? nil : host.snapshot.readings[key]
      return FleetCause.Setting(key: key, from: HostCapture.Value(reading), to: value)
    }
  }
}

extension FleetCauses.Key {
  fileprivate var words: [String] {
    [profile, id, status, "\(isMetOutside)"] + settings.map(\.text) + (kind.map(\.words) ?? [])
  }
}

extension FleetCauses.Cause {
  fileprivate var order: Int {
    let severity = Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0
    return finding.isMissed ? severity : Finding.Severity.allCases.count + severity
  }
}

extension FleetCause.Setting {
  fileprivate var text: String { "\(key) \(from?.shown ?? "") \(to.printed)" }
}

extension CapturedConnections.Kind {
  fileprivate var words: [String] {
    let settings =
      options?.sorted.map { "\($0.option.name)=\($0.value)" } ?? ["\(keepsAlive as Bool?)"]
    return [
      program ?? "", peer.rawValue, port.map { "\($0)" } ?? "", "\(isLocal)",
    ] + settings
  }
}
