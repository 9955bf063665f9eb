import TCPModel

/// Works out the settings that meet every objective of every profile on every host.
///
/// The model is the oracle: a candidate is simulated in the scenarios it decides, on every host,
/// and accepted when the objectives hold; what all of it does together is simulated again by `PlanDraft`.
struct Solver {
  let profiles: [Profile]
  /// A solution holds on all of them.
  let hosts: [Host]
  let applications: [Application]

  let cache: TimelineCache
  private let changedHosts: ChangedHosts

  init(for profiles: [Profile], on hosts: [Host], asking cache: TimelineCache) {
    (self.profiles, self.hosts, self.cache) = (profiles, hosts, cache)
    applications = Application.all(of: profiles)
    changedHosts = ChangedHosts(hosts)
  }

  /// In the order in which the choices depend on each other: the RTO maximum decides what a count of
  /// retransmissions means, and the user timeout what keepalive can do.
  func solve() -> Solution {
    var solution = Solution()
    cache.search.note(applications.count * WorkBudget.group)
    let steps: [(inout Solution) throws -> Void] = [
      requireSysctls, solveMaximum, solveData, solveIdle, solveConnect,
      solveNeighbour, solveAccept, refuseRest,
    ]
    cache.searching {
      do { for step in steps { try step(&solution) } } catch { solution.isCutOff = true }
    }
    return solution
  }

  /// Returns whether something holds for a group on every host with what the solution has so far and
  /// a candidate on top.
  /// - Parameter paths: those that it is held against.
  /// - Throws: when the budget of the search is used up, beyond which nothing is known.
  private func holds(
    for group: ConnectionGroup, of application: Application, _ solution: Solution,
    _ candidate: Candidate, on paths: [Path], _ condition: (GroupState) -> Bool
  ) throws -> Bool {
    let program =
      (candidate.ignoresProgram ? nil : solution.programs[application.index]) ?? Solution.Program()
    let hosts = changedHosts.applying(solution.sysctls, candidate.sysctls)
    guard let first = hosts.first else { return true }
    var state = GroupState(group, on: first)
    state.follow(program)
    state.options = state.options.overridden(by: SocketOptions(candidate.options))
    state.connectUserTimeout = candidate.connectUserTimeout ?? program.connectUserTimeout
    state.deadlines.merge(candidate.deadlines) { $1 }
    let holds = paths.allSatisfy { path in
      state.group.path = path
      return hosts.allSatisfy { host in
        state.host = host
        return condition(state)
      }
    }
    try cache.search.check()
    return holds
  }

  /// Returns whether a demand holds on every host; what fails on some timeouts of the path fails on
  /// all.
  func satisfies(
    _ requirement: Requirement, of application: Application, _ solution: Solution,
    _ candidate: Candidate = Candidate(), _ sampling: Sampling = .all
  ) throws -> Bool {
    let sampling = requirement.isWide ? sampling : .all
    let levels = requirement.isWide && sampling == .all ? Sampling.allCases : [sampling]
    return try levels.allSatisfy { level in
      try holds(
        for: requirement.group, of: application, solution, candidate,
        on: requirement.group.path.sample(level)
      ) { cache.meets(requirement, in: $0) }
    }
  }

  /// Returns the devices that keepalive probes keep from forgetting, those of the hosts included.
  func reminded(_ application: Application) -> [(box: Middlebox, location: FileLocation)] {
    let own = application.idleRequirements.isEmpty ? [] : hosts.compactMap(\.connectionTracking)
    return application.remindedMiddleboxes
      + own.distinct.map { ($0, application.program.location) }
  }

  /// Returns whether a device on the path is kept from forgetting on every host.
  func reminds(
    _ box: Middlebox, _ application: Application, _ solution: Solution, _ candidate: Candidate
  ) throws -> Bool {
    try holds(
      for: application.program, of: application, solution, candidate,
      on: [application.program.path]
    ) { $0.status(of: box, asking: cache).isMet }
  }

  func satisfiesAll(
    _ requirements: [Requirement], of application: Application, _ solution: Solution,
    _ candidate: Candidate = Candidate()
  ) throws -> Bool {
    try requirements.allSatisfy { try satisfies($0, of: application, solution, candidate) }
  }
}

extension Solver {
  /// Returns whether a plan may set the key for the member.
  func reaches(_ key: SysctlKey, for application: Application) -> Bool {
    application.program.levers.contains(.sysctl)
      && profiles.allSatisfy { profile in
        profile.allows(key) && !profile.sysctls.contains { $0.key == key && $0.bound == .keep }
      }
  }

  func reaches(_ option: SocketOption, for application: Application) -> Bool {
    // Set before connect, it makes Linux 4.19 to 5.3 send a SYN every jiffy once it is over.
    let isForConnect =
      option == .userTimeout && application.program.hasSingleUserTimeout
      && application.program.direction == .outbound
    if isForConnect, !userTimeoutEndsConnects { return false }
    return application.program.levers.contains(.socket) && application.program.canSet(option)
      && hosts.allSatisfy { option.info.exists(in: $0.rules.release) }
  }

  /// Whether a user timeout that is set before connect does on every host what it should.
  var userTimeoutEndsConnects: Bool {
    hosts.allSatisfy { $0.rules.has(.userTimeoutOfConnect) }
  }

  /// Returns whether every host has the key.
  func allHave(_ key: SysctlKey) -> Bool {
    hosts.allSatisfy { $0.snapshot[key] != .absent }
  }

  /// Returns the number that a sysctl has before any plan, or that a profile names itself.
  func today(_ key: SysctlKey, _ solution: Solution) -> Int? {
    solution.sysctls[key]?.number ?? hosts.lazy.compactMap { $0.snapshot[key].number }.first
  }
}
