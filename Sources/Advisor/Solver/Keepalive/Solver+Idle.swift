import TCPModel

extension Solver {
  /// `idle`: the host's keepalive for programs that only switch it on, and the options of programs
  /// that can set their own.
  func solveIdle(_ solution: inout Solution) throws {
    var byHost: [Application] = []
    let asking = try applications.filter(asksOfIdle)
    let all = Set(applications.map(\.index))
    solution.idleSolved = all.subtracting(asking.map(\.index))
    for application in asking {
      guard switchOn(application, &solution) else { continue }
      let reachesHost = Keepalive.keys.contains { reaches($0, for: application) }
      let reachesProgram = Keepalive.optionNames.contains { reaches($0, for: application) }
      if setsOwnKeepalive(application) || (reachesProgram && !reachesHost) {
        try setOptions(application, &solution)
        solution.idleSolved.insert(application.index)
      } else if reachesProgram {
        try setSomeOptions(application, &solution)
      } else if !reachesHost {
        try leave(application, &solution)
        solution.idleSolved.insert(application.index)
      }
      if reachesHost { byHost.append(application) }
    }
    try setSysctls(byHost, &solution)
    solution.idleSolved = all
  }

  /// Without a bound nothing is asked that a connection without keepalive does not do already: it
  /// lives for ever.
  private func asksOfIdle(_ application: Application) throws -> Bool {
    let requirements = application.idleRequirements
    if try reminded(application).contains(where: { try !isReminded($0.box, application) })
      || requirements.contains(where: { $0.kind != .survive })
    {
      return true
    }
    return !requirements.isEmpty && isOn(application)
  }

  /// Returns whether the program's own heartbeat keeps a device from forgetting; keepalive does not
  /// matter then.
  private func isReminded(_ box: Middlebox, _ application: Application) throws -> Bool {
    try application.program.application.heartbeat != nil
      && reminds(box, application, Solution(), Candidate(options: [.keepalive: 0]))
  }

  private func isOn(_ application: Application) -> Bool {
    application.program.sets[.keepalive] ?? 0 != 0
  }

  func canSwitchOn(_ application: Application) -> Bool {
    isOn(application) || reaches(.keepalive, for: application)
  }

  /// No sysctl switches SO_KEEPALIVE on; only the program can.
  private func switchOn(_ application: Application, _ solution: inout Solution) -> Bool {
    if isOn(application) { return true }
    if reaches(.keepalive, for: application) {
      solution.set(.keepalive, 1, for: application.index, [.idle])
      return true
    }
    solution.refuse(
      [application.name], idleAsks(of: application, solution, .options).flatMap(\.named),
      because: "only the program can switch SO_KEEPALIVE on, no sysctl can, and the profile does"
        + " not let it")
    return false
  }

  /// The options of a program that can set its own; none where the host's numbers do.
  private func setOptions(_ application: Application, _ solution: inout Solution) throws {
    let constraints = idleAsks(of: application, solution, .options)
    let search = keepaliveSearch(constraints, .options, solution)
    guard let found = try search?.best() else {
      let conflict = try conflict(among: constraints, .options, solution)
      return refuse(conflict.map { constraints[$0] }, [application], &solution)
    }
    guard found != todaysKeepalive(.options, [application], solution) else { return }
    for (option, value) in found.options where reaches(option, for: application) {
      solution.set(option, value, for: application.index, [.idle])
    }
  }

  /// What a program can be told that cannot be told all: beside the numbers of the host as they are,
  /// or else as they may become. What it cannot have so is left to the host's.
  private func setSomeOptions(_ application: Application, _ solution: inout Solution) throws {
    let named = profiles.sysctlRequirements(on: Keepalive.keys).map(KeepaliveConstraint.sysctl)
    for (lever, named) in [(KeepaliveLever.options, []), (.both, named)] {
      let constraints = idleAsks(of: application, solution, lever) + named
      guard let found = try keepaliveSearch(constraints, lever, solution)?.best() else { continue }
      let today = todaysKeepalive(lever, [application], solution).options
      for (option, value) in found.options
      where reaches(option, for: application) && value != today[option] {
        solution.set(option, value, for: application.index, [.idle])
      }
      return
    }
  }

  /// One set of numbers for all programs of the host. What one of them cannot have whatever the
  /// others ask is left out; where two stand against each other, the host is left as it is.
  private func setSysctls(_ applications: [Application], _ solution: inout Solution) throws {
    let named = profiles.sysctlRequirements(on: Keepalive.keys).map(KeepaliveConstraint.sysctl)
    guard !applications.isEmpty else { return }
    var asked = try (applications + bystanders(of: applications, solution)).map { application in
      (application: application, constraints: idleAsks(of: application, solution, .sysctls))
    }
    var constraints: [KeepaliveConstraint] { asked.flatMap(\.constraints) }
    var unserved: Set<Int> = []
    var found = try keepaliveSearch(constraints + named, .sysctls, solution)?.best()
    if found == nil {
      for index in asked.indices {
        let possible = try possible(asked[index].constraints, named, &solution)
        guard possible.count < asked[index].constraints.count else { continue }
        asked[index].constraints = possible
        unserved.insert(asked[index].application.index)
      }
      if constraints.isEmpty { return }
      found = try keepaliveSearch(constraints + named, .sysctls, solution)?.best()
    }
    guard let found else {
      let together = constraints + named
      let conflict = try conflict(among: together, .sysctls, solution)
      return refuse(conflict.map { together[$0] }, applications, &solution)
    }
    // Nobody is served by what is set anyway where something asked cannot be had.
    let served = Set(constraints.compactMap { $0.application?.index })
      .subtracting(found == todaysKeepalive(solution) ? unserved : [])
    for application in applications where served.contains(application.index) {
      for (key, value) in found.sysctls where reaches(key, for: application) {
        solution.set(key, value, for: application.index, .idle)
      }
    }
  }

  /// Returns what of one program's constraints the host's numbers can do beside those that profiles
  /// name, and refuses the others.
  private func possible(
    _ own: [KeepaliveConstraint], _ named: [KeepaliveConstraint], _ solution: inout Solution
  ) throws -> [KeepaliveConstraint] {
    var constraints = own
    while let application = constraints.first?.application, constraints.askSomething,
      try keepaliveSearch(constraints + named, .sysctls, solution)?.best() == nil
    {
      let together = constraints + named
      let conflict = try conflict(among: together, .sysctls, solution)
      // A program that is served by its own numbers goes without the host's, and nothing is missing.
      if try setsOwnKeepalive(application)
        && satisfiesAll(application.idleRequirements, of: application, solution)
      {
        return []
      }
      refuse(conflict.map { together[$0] }, [], &solution)
      constraints = rest(of: constraints, without: conflict)
    }
    return constraints.askSomething ? constraints : []
  }

  /// Returns what is still asked of one program once a conflict is refused. A user timeout that is
  /// set cannot be left out: its program goes without the host's numbers.
  private func rest(of constraints: [KeepaliveConstraint], without conflict: [Int])
    -> [KeepaliveConstraint]
  {
    let isTimed = conflict.contains {
      constraints.indices.contains($0) && constraints[$0].userTimeout != nil
    }
    if isTimed { return [] }
    return constraints.indices.filter { !conflict.contains($0) }.map { constraints[$0] }
  }

  /// Programs that the host's numbers reach and no lever is for, as far as they are served today.
  private func bystanders(of applications: [Application], _ solution: Solution) throws
    -> [Application]
  {
    let asking = Set(applications.map(\.index))
    return try self.applications.filter { application in
      guard !asking.contains(application.index), try asksOfIdle(application), isOn(application)
      else {
        return false
      }
      let options = solution.programs[application.index]?.options ?? [:]
      let setsAll = Keepalive.optionNames.allSatisfy {
        options[$0] != nil || application.program.sets[$0] != nil
      }
      return try !setsAll
        && satisfiesAll(application.idleRequirements, of: application, solution)
    }
  }

  /// A member that no lever reaches: fine where all that is asked holds all the same.
  private func leave(_ application: Application, _ solution: inout Solution) throws {
    let constraints = idleAsks(of: application, solution, .options)
    if try keepaliveSearch(constraints, .options, solution)?.best() != nil { return }
    solution.refuse(
      [application.name], constraints.flatMap(\.named),
      because: "nothing that the profile allows to change decides it")
  }

  /// What is left for the silence before the first probe, where all that is asked of idle connections
  /// can be had.
  enum KeepaliveRoom {
    case none
    /// Less than half of what is usual.
    case little
    case enough
  }

  func keepaliveRoom(_ application: Application, _ solution: Solution) throws -> KeepaliveRoom {
    guard try asksOfIdle(application) else { return .enough }
    let search = ownSearch(of: application, solution)
    guard let search, let found = try search.best() else { return .none }
    let usual = search.requirements.compactMap(\.preferredIdle).min() ?? 0
    return found.idle * 2 < usual ? .little : .enough
  }

  /// Returns the numbers that suit what is asked of idle connections; nil if none do.
  func keepalive(of application: Application, _ solution: Solution) throws -> Keepalive? {
    try ownSearch(of: application, solution)?.best()
  }

  private func ownSearch(of application: Application, _ solution: Solution) -> KeepaliveSearch? {
    let lever = ownLever(application)
    return keepaliveSearch(idleAsks(of: application, solution, lever), lever, solution)
  }

  /// Returns what of it cannot be had together, by the lever that would be used.
  func idleConflict(of application: Application, _ solution: Solution) throws
    -> [KeepaliveConstraint]
  {
    let lever = ownLever(application)
    let constraints = idleAsks(of: application, solution, lever)
    return try conflict(among: constraints, lever, solution).map { constraints[$0] }
  }

  private func ownLever(_ application: Application) -> KeepaliveLever {
    let reachesHost = Keepalive.keys.contains { reaches($0, for: application) }
    if setsOwnKeepalive(application) || !reachesHost { return .options }
    return Keepalive.optionNames.contains { reaches($0, for: application) } ? .both : .sysctls
  }

  private func conflict(
    among constraints: [KeepaliveConstraint], _ lever: KeepaliveLever, _ solution: Solution
  ) throws
    -> [Int]
  {
    try constraints.smallestConflict { part in
      try !part.askSomething || keepaliveSearch(part, lever, solution)?.best() != nil
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
      names.distinct, named.distinct,
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
