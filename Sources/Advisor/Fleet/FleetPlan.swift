package import TCPModel

/// The sysctls that hosts of some kernels need, the same on all of them.
package struct FleetPlan: Sendable {
  package let profiles: [Profile]
  /// The series, in order.
  package let kernels: [KernelVersion]
  /// How many hosts are held against the profiles on these kernels.
  package let hosts: Int
  package let sysctls: [SysctlKey: SysctlValue]
  /// What is still missed with it, by the ids of findings, with the hosts.
  package let leaves: [String: Int]

  package var name: String { profiles.joinedName }
}

/// A state of hosts, and how many are in it.
struct JudgedState {
  let state: FleetState
  let verdict: FleetVerdict
  var hosts = HostTally()
}

/// Works out plans that hold on all hosts of a fleet.
struct FleetPlanner {
  /// So many states, for which nothing is right that is right for their kernel, are solved together.
  private static let mostStates = 16
  /// What one search may cost, in events simulated.
  private static let search = 20_000_000
  /// What a search for what programs have to set may cost.
  private static let searchForPrograms = 2_000_000

  let profiles: [Profile]
  let keys: FleetKeys
  let cache: TimelineCache

  /// Returns the plans for all kernels, the fewest there can be: one for all, but where another is
  /// right for more hosts of a kernel.
  func plans(for states: [JudgedState]) -> [FleetPlan] {
    let byKernel = Dictionary(grouping: states.filter { $0.verdict.obstacle == nil }) {
      $0.state.kernel
    }
    let kernels = byKernel.keys.compactMap(\.self).sorted()
    guard !kernels.isEmpty else { return [] }
    let shared = solution(on: kernels.compactMap { try? Host(defaultsOf: $0) })
    var plans: [FleetPlan] = []
    for kernel in kernels {
      let states = byKernel[kernel] ?? []
      var best = plan(shared, for: kernel, states)
      if best.missed > 0, let stock = try? Host(defaultsOf: kernel) {
        best = better(best, plan(solution(on: [stock]), for: kernel, states))
        let failing = states.filter { !missedIDs($0, with: best.sysctls).isEmpty }
          .sorted { $0.hosts.count > $1.hosts.count }.prefix(Self.mostStates)
        if !failing.isEmpty {
          let hosts = [stock] + failing.compactMap(host)
          best = better(best, plan(solution(on: hosts), for: kernel, states))
        }
      }
      if let same = plans.firstIndex(where: { $0.sysctls == best.sysctls }) {
        plans[same] = plans[same].joined(with: best)
      } else {
        plans.append(best)
      }
    }
    return plans
  }

  /// Returns what is missed with the sysctls of a plan, by ids.
  func missedIDs(_ state: JudgedState, with sysctls: [SysctlKey: SysctlValue]) -> [String] {
    guard !state.verdict.missed.isEmpty, let host = host(state) else { return [] }
    return profiles.findings(on: host.applying(sysctls), asking: cache)
      .filter { $0.isMissed && $0.severity == .error }.map(\.id)
  }

  /// Returns a cache that knows what this one does, and may search so far.
  func searching(_ budget: Int) -> TimelineCache {
    TimelineCache(search: budget, reports: .max, knowing: cache.known)
  }

  func host(_ state: JudgedState) -> Host? { try? state.state.host(keys) }

  /// What holds live connections against the profiles, under the settings of a state.
  func assessment(of state: JudgedState) -> SocketAssessment? {
    host(state).map { SocketAssessment(profiles, on: $0, asking: cache) }
  }

  /// What helps on hosts of a state, sysctls and what programs set alike.
  func remedies(of finding: Finding, for profiles: [Profile], on state: JudgedState) -> [Remedy] {
    guard let host = host(state) else { return [] }
    let advice = Advice(
      for: profiles, on: host, baselines: [(try? Host(defaultsOf: host.rules.release)) ?? host],
      ifMissed: true, asking: searching(Self.searchForPrograms))
    return advice.findings.first { $0.id == finding.id }?.remedies ?? []
  }

  private func better(_ one: FleetPlan, _ other: FleetPlan) -> FleetPlan {
    other.missed < one.missed ? other : one
  }

  private func plan(
    _ sysctls: [SysctlKey: SysctlValue], for kernel: KernelVersion, _ states: [JudgedState]
  ) -> FleetPlan {
    var leaves: [String: Int] = [:]
    for state in states {
      for id in missedIDs(state, with: sysctls) { leaves[id, default: 0] += state.hosts.count }
    }
    return FleetPlan(
      profiles: profiles, kernels: [kernel], hosts: states.reduce(0) { $0 + $1.hosts.count },
      sysctls: sysctls, leaves: leaves)
  }

  /// Returns the sysctls that meet what sysctls can meet on all of these hosts.
  private func solution(on hosts: [Host]) -> [SysctlKey: SysctlValue] {
    let cache = searching(Self.search)
    let groups = EqualGroups(of: profiles)
    let solution = Solver(for: groups.profiles, on: hosts, asking: cache).solve()
    let today = groups.profiles.findings(onEachOf: hosts, asking: cache)
    return PlanDraft(
      solution, for: groups.profiles, on: hosts, .everything, today: today, asking: cache
    ).sysctls
  }
}

extension FleetPlan {
  /// How many hosts miss something with it, each as often as it misses.
  fileprivate var missed: Int { leaves.values.reduce(0, +) }

  /// The same for the kernels of another one as well.
  fileprivate func joined(with other: FleetPlan) -> FleetPlan {
    FleetPlan(
      profiles: profiles, kernels: kernels + other.kernels, hosts: hosts + other.hosts,
      sysctls: sysctls, leaves: leaves.merging(other.leaves, uniquingKeysWith: +))
  }
}
