import TCPModel

extension Solver {
  /// `idle`: the host's keepalive for programs that only switch it on, and the options of programs
  /// that can set their own.
  func solveIdle(_ solution: inout Solution) {
    var byHost: [Application] = []
    for application in applications where asksOfIdle(application) {
      guard switchOn(application, &solution) else { continue }
      let reachesHost = Keepalive.keys.contains { reaches($0, for: application) }
      let reachesProgram = Keepalive.optionNames.contains { reaches($0, for: application) }
      if setsOwnKeepalive(application) || (reachesProgram && !reachesHost) {
        setOptions(application, &solution)
      } else if !reachesHost {
        leave(application, &solution)
      }
      if reachesHost { byHost.append(application) }
    }
    setSysctls(byHost, &solution)
  }

  /// Without a bound nothing is asked that a connection without keepalive does not do already: it
  /// lives for ever.
  private func asksOfIdle(_ application: Application) -> Bool {
    let requirements = application.idleRequirements
    if reminded(application).contains(where: { !isReminded($0.box, application) })
      || requirements.contains(where: { $0.kind != .survive })
    {
      return true
    }
    return !requirements.isEmpty && application.program.sets[.keepalive] ?? 0 != 0
  }

  /// Returns whether the program's own heartbeat keeps a device from forgetting; keepalive does not
  /// matter then.
  private func isReminded(_ box: Middlebox, _ application: Application) -> Bool {
    application.program.application.heartbeat != nil
      && reminds(box, application, Solution(), Candidate(options: [.keepalive: 0]))
  }

  /// No sysctl switches SO_KEEPALIVE on; only the program can.
  private func switchOn(_ application: Application, _ solution: inout Solution) -> Bool {
    if application.program.sets[.keepalive] ?? 0 != 0 { return true }
    if reaches(.keepalive, for: application) {
      solution.set(.keepalive, 1, for: application.index, [.idle])
      return true
    }
    solution.refuse(
      application.name, idleAsks(of: application, solution, .options).flatMap(\.named),
      because: "only the program can switch SO_KEEPALIVE on, no sysctl can, and the profile does"
        + " not let it")
    return false
  }

  /// The options of a program that can set its own; none where the host's numbers do.
  private func setOptions(_ application: Application, _ solution: inout Solution) {
    let constraints = idleAsks(of: application, solution, .options)
    let search = keepaliveSearch(constraints, .options, solution)
    guard let found = search?.best() else {
      let conflict = conflict(among: constraints, .options, solution)
      return refuse(conflict.map { constraints[$0] }, [application], &solution)
    }
    guard found != todaysKeepalive(solution) else { return }
    for (option, value) in found.options where reaches(option, for: application) {
      solution.set(option, value, for: application.index, [.idle])
    }
  }

  /// One set of numbers for all programs of the host. What one of them cannot have whatever the
  /// others ask is left out; where two stand against each other, the host is left as it is.
  private func setSysctls(_ applications: [Application], _ solution: inout Solution) {
    let named = profiles.sysctlRequirements(on: Keepalive.keys).map(KeepaliveConstraint.sysctl)
    guard !applications.isEmpty else { return }
    let all = applications + bystanders(of: applications, solution)
    var constraints = all.flatMap { idleAsks(of: $0, solution, .sysctls) }
    var unserved: Set<Int> = []
    while !constraints.isEmpty {
      let together = constraints + named
      if let found = keepaliveSearch(together, .sysctls, solution)?.best() {
        // Nobody is served by what is set anyway where something asked cannot be had.
        let served = Set(constraints.compactMap { $0.application?.index })
          .subtracting(found == todaysKeepalive(solution) ? unserved : [])
        for application in applications where served.contains(application.index) {
          for (key, value) in found.sysctls where reaches(key, for: application) {
            solution.set(key, value, for: application.index, .idle)
          }
        }
        return
      }
      let conflict = conflict(among: together, .sysctls, solution)
      let owners = Set(conflict.compactMap { together[$0].application?.index })
      unserved.formUnion(owners)
      // A program that is served by its own numbers goes without the host's, and nothing is missing.
      let isServed = owners.allSatisfy { owner in
        setsOwnKeepalive(self.applications[owner])
          && satisfiesAll(
            self.applications[owner].idleRequirements, of: self.applications[owner], solution
          )
      }
      if !isServed || owners.count > 1 {
        refuse(conflict.map { together[$0] }, owners.count > 1 ? applications : [], &solution)
      }
      if owners.count > 1 { return }
      constraints = rest(of: constraints, without: conflict, isServed ? owners : [])
    }
  }

  /// Returns what is still asked once a conflict is refused. A user timeout that is set cannot be
  /// left out: its program goes without the host's numbers, as do those that are `served` by their
  /// own.
  private func rest(
    of constraints: [KeepaliveConstraint], without conflict: [Int], _ served: Set<Int>
  ) -> [KeepaliveConstraint] {
    let refused = conflict.filter(constraints.indices.contains).map { constraints[$0] }
    let isTimed = refused.contains { $0.userTimeout != nil }
    let without = served.union(isTimed ? refused.compactMap { $0.application?.index } : [])
    return constraints.indices.filter { index in
      !conflict.contains(index) && !without.contains(constraints[index].application?.index ?? -1)
    }.map { constraints[$0] }
  }

  /// Programs that the host's numbers reach and no lever is for, as far as they are served today.
  private func bystanders(of applications: [Application], _ solution: Solution) -> [Application] {
    self.applications.filter { application in
      let isAsking = applications.contains { $0.index == application.index }
      guard !isAsking, asksOfIdle(application), application.program.sets[.keepalive] ?? 0 != 0
      else {
        return false
      }
      let options = solution.programs[application.index]?.options ?? [:]
      let setsAll = Keepalive.optionNames.allSatisfy {
        options[$0] != nil || application.program.sets[$0] != nil
      }
      return !setsAll
        && satisfiesAll(application.idleRequirements, of: application, solution)
    }
  }

  /// A member that no lever reaches: fine where all that is asked holds all the same.
  private func leave(_ application: Application, _ solution: inout Solution) {
    let constraints = idleAsks(of: application, solution, .options)
    if keepaliveSearch(constraints, .options, solution)?.best() != nil { return }
    solution.refuse(
      application.name, constraints.flatMap(\.named),
      because: "nothing that the profile allows to change decides it")
  }

  /// Returns whether all that is asked of a member's idle connections can be had.
  func hasKeepalive(_ application: Application, _ solution: Solution) -> Bool {
    guard asksOfIdle(application) else { return true }
    let lever = ownLever(application)
    return keepaliveSearch(idleAsks(of: application, solution, lever), lever, solution)?.best()
      != nil
  }

  /// Returns what of it cannot be had together, by the lever that would be used.
  func idleConflict(of application: Application, _ solution: Solution) -> [KeepaliveConstraint] {
    let lever = ownLever(application)
    let constraints = idleAsks(of: application, solution, lever)
    return conflict(among: constraints, lever, solution).map { constraints[$0] }
  }

  private func ownLever(_ application: Application) -> KeepaliveLever {
    let reachesHost = Keepalive.keys.contains { reaches($0, for: application) }
    return setsOwnKeepalive(application) || !reachesHost ? .options : .sysctls
  }

  private func conflict(
    among constraints: [KeepaliveConstraint], _ lever: KeepaliveLever, _ solution: Solution
  )
    -> [Int]
  {
    // A user timeout alone asks nothing of keepalive.
    constraints.smallestConflict { part in
      part.allSatisfy { if case .userTimeout = $0 { true } else { false } }
        || keepaliveSearch(part, lever, solution)?.best() != nil
    }
  }

  /// - Parameter members: all that go without because of it, where it is more than those in conflict.
  private func refuse(
    _ conflict: [KeepaliveConstraint], _ applications: [Application], _ solution: inout Solution
  ) {
    let names = applications.map(\.name) + conflict.compactMap { $0.application?.name }
    let fixed = conflict.compactMap(\.application).flatMap(fixedNumbers)
    let named = conflict.flatMap(\.named) + fixed
    solution.refuse(
      names.distinct.joined(separator: ", "), named.distinct,
      because: "no keepalive numbers with three probes meet it")
  }

  /// Numbers that the program sets and no plan may change.
  private func fixedNumbers(_ application: Application) -> [Plan.ConflictParty] {
    Keepalive.optionNames.compactMap { option in
      guard let value = application.program.sets[option], !reaches(option, for: application) else {
        return nil
      }
      return Plan.ConflictParty(
        text: "\(option) = \(value), which the program sets", location: application.program.location
      )
    }
  }
}
