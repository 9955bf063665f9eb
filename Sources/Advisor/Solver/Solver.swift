import TCPModel

/// Works out the settings that meet every objective of every profile on every host.
///
/// The model is the oracle: a candidate is played through the scenarios it decides, on every host,
/// and accepted when the objectives hold; what all of it does together is replayed by `PlanDraft`.
struct Solver {
  let profiles: [Profile]
  /// A solution holds on all of them.
  let hosts: [Host]
  let members: [Member]

  private let oracle: Oracle

  init(for profiles: [Profile], on hosts: [Host], asking oracle: Oracle) {
    (self.profiles, self.hosts, self.oracle) = (profiles, hosts, oracle)
    members = Member.all(of: profiles)
  }

  /// In the order in which the choices depend on each other: the RTO maximum decides what a count of
  /// retransmissions means, and the user timeout what keepalive can do.
  func solve() -> Solution {
    var solution = Solution()
    demandSysctls(&solution)
    solveMaximum(&solution)
    solveData(&solution)
    solveIdle(&solution)
    solveConnect(&solution)
    solveAccept(&solution)
    refuseRest(&solution)
    return solution
  }

  /// A group on every host with what the solution has so far and a candidate on top.
  private func situations(
    _ group: ConnectionGroup, of member: Member, _ solution: Solution, _ candidate: Candidate
  ) -> [Situation] {
    let sysctls = solution.sysctls.merging(candidate.sysctls.mapValues { "\($0)" }) { $1 }
    let planned = candidate.ignoresProgram ? nil : solution.programs[member.index]
    let program = planned ?? Solution.Program()
    return hosts.map { host in
      var situation = Situation(group, on: host.applying(sysctls))
      situation.follow(program)
      situation.options = situation.options.overridden(by: SocketOptions(candidate.options))
      situation.connectUserTimeout = candidate.connectUserTimeout ?? program.connectUserTimeout
      situation.deadlines.merge(candidate.deadlines) { $1 }
      return situation
    }
  }

  /// Whether a demand holds on every host; what fails on some timeouts of the path fails on all.
  func holds(
    _ demand: Demand, of member: Member, _ solution: Solution,
    _ candidate: Candidate = Candidate(), _ precision: Precision = .all
  ) -> Bool {
    let situations = situations(demand.group, of: member, solution, candidate)
    let precision = demand.isWide ? precision : .all
    let levels = demand.isWide && precision == .all ? Precision.allCases : [precision]
    return levels.allSatisfy { level in
      demand.group.path.sketch(level).allSatisfy { path in
        situations.allSatisfy { situation in
          var situation = situation
          situation.group.path = path
          return oracle.meets(demand, in: situation)
        }
      }
    }
  }

  func hold(
    _ demands: [Demand], of member: Member, _ solution: Solution,
    _ candidate: Candidate = Candidate()
  ) -> Bool {
    demands.allSatisfy { holds($0, of: member, solution, candidate) }
  }
}

extension Solver {
  /// Whether a plan may set the key for the member.
  func reaches(_ key: SysctlKey, for member: Member) -> Bool {
    member.program.levers.contains(.sysctl)
      && profiles.allSatisfy { profile in
        profile.allows(key) && !profile.sysctls.contains { $0.key == key && $0.demand == .keep }
      }
  }

  func reaches(_ option: SocketOption, for member: Member) -> Bool {
    // Set before connect, it makes Linux 4.19 to 5.3 send a SYN every jiffy once it is over.
    let isForConnect =
      option == .userTimeout && member.program.hasSingleUserTimeout
      && member.program.direction == .outbound
    if isForConnect, !userTimeoutEndsConnects { return false }
    return member.program.levers.contains(.socket) && member.program.canSet(option)
      && hosts.allSatisfy { host in option.since.map { host.rules.release >= $0 } ?? true }
  }

  /// Whether a user timeout that is set before connect does on every host what it should.
  var userTimeoutEndsConnects: Bool {
    hosts.allSatisfy { $0.rules.has(.userTimeoutOfConnect) }
  }

  /// Whether every host has the key.
  func allHave(_ key: SysctlKey) -> Bool {
    hosts.allSatisfy { $0.snapshot[key] != .absent }
  }

  /// The number that a sysctl has before any plan, or that a profile names itself.
  func today(_ key: SysctlKey, _ solution: Solution) -> Int? {
    solution.sysctls[key].flatMap { Int($0) } ?? hosts.lazy.compactMap { $0.count(of: key) }.first
  }
}

extension Host {
  /// The whole number that a sysctl holds; nil where there is none.
  func count(of key: SysctlKey) -> Int? {
    if case .value(let number) = snapshot[key] { number } else { nil }
  }
}
