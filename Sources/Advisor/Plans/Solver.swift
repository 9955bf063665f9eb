import TCPModel

/// Works out the settings that meet every objective of every profile on every host.
///
/// The model is the oracle: a candidate is played through the scenario it is for, on every host, and
/// accepted when the objectives hold; what the candidates do together is replayed by `Advice`.
struct Solver {
  /// One group of one profile.
  struct Member {
    let index: Int
    let profile: Profile
    let group: ConnectionGroup
    func objective(_ scenario: Scenario) -> Objective? {
      group.objectives.first { $0.scenario == scenario }
    }
  }

  let profiles: [Profile]
  /// A solution holds on all of them.
  let hosts: [Host]
  let members: [Member]

  init(for profiles: [Profile], on hosts: [Host]) {
    (self.profiles, self.hosts) = (profiles, hosts)
    members = profiles.flatMap { profile in profile.groups.map { (profile, $0) } }.enumerated().map
    {
      Member(index: $0, profile: $1.0, group: $1.1)
    }
  }

  /// In the order in which the choices depend on each other: the user timeout decides what keepalive
  /// can do.
  func solve() -> Solution {
    var solution = Solution()
    demandSysctls(&solution)
    solveSend(&solution)
    solveIdle(&solution)
    solveConnect(&solution)
    return solution
  }

  /// Sysctls that a profile names itself.
  private func demandSysctls(_ solution: inout Solution) {
    var demands: [SysctlKey: SysctlDemand] = [:]
    for profile in profiles {
      for demand in profile.sysctls {
        let today = solution.sysctls[demand.key] ?? hosts.first?.snapshot[demand.key].printed
        guard let value = demand.value(from: today) else { continue }
        guard profiles.allSatisfy({ $0.allows(demand.key) }) else {
          solution.contradictions.append(
            Plan.Contradiction(
              connections: profile.name,
              demands: [Plan.Demand(text: "\(demand.key)", place: demand.place)],
              because: "sysctls_allowed does not let a plan name it"))
          continue
        }
        if let other = demands[demand.key], !other.isMet(by: value) {
          solution.contradictions.append(
            Plan.Contradiction(
              connections: profile.name,
              demands: [other, demand].map { Plan.Demand(text: "\($0.key)", place: $0.place) },
              because: "no value of \(demand.key) is what both ask for"))
          continue
        }
        demands[demand.key] = demand
        solution.sysctls[demand.key] = value
      }
    }
  }

  /// Whether a value of a key is what every profile that names the key itself asks.
  func isDemanded(_ key: SysctlKey, _ value: Int) -> Bool {
    profiles.flatMap(\.sysctls).allSatisfy { $0.key != key || $0.isMet(by: "\(value)") }
  }

  /// The group on a host with what the solution has so far, and more sysctls and options on top.
  func situation(
    _ member: Member, on host: Host, _ solution: Solution, sysctls: [SysctlKey: Int] = [:],
    options: [SocketOption: Int] = [:]
  ) -> Situation {
    let settings = solution.sysctls.merging(sysctls.mapValues { "\($0)" }) { $1 }
    var situation = Situation(member.group, on: host.applying(settings))
    situation.options = situation.options
      .overridden(by: SocketOptions(solution.programs[member.index]?.options ?? [:]))
      .overridden(by: SocketOptions(options))
    situation.deadlines = solution.programs[member.index]?.deadlines ?? [:]
    return situation
  }

  /// Whether both bounds of an objective hold in a situation.
  func holds(_ objective: Objective, in situation: Situation) -> Bool {
    let times = objective.scenario == .connect ? situation.group.path.addresses : 1
    return objective.holds(for: situation.timeline(objective.scenario), times: times)
  }

  /// Whether a plan may set the key for the group.
  func reaches(_ key: SysctlKey, for member: Member) -> Bool {
    member.group.levers.contains(.sysctl)
      && profiles.allSatisfy { profile in
        profile.allows(key) && !profile.sysctls.contains { $0.key == key && $0.demand == .keep }
      }
  }

  func reaches(_ option: SocketOption, for member: Member) -> Bool {
    member.group.levers.contains(.socket) && member.group.canSet(option)
      && hosts.allSatisfy { host in option.since.map { host.rules.release >= $0 } ?? true }
  }

  func contradiction(_ member: Member, _ objective: Objective, _ because: String)
    -> Plan.Contradiction
  {
    Plan.Contradiction(
      connections: member.group.name, demands: objective.demands, because: because)
  }
}
