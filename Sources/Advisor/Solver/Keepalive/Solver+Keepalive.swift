import TCPModel

extension Solver {
  /// Which numbers of keepalive are looked for: those of the program, those of the host, or what the
  /// program can be told beside what the host has for the rest.
  enum KeepaliveLever { case options, sysctls, both }

  /// Everything that bounds the keepalive numbers of a member.
  func idleAsks(of application: Application, _ solution: Solution, _ lever: KeepaliveLever)
    -> [KeepaliveConstraint]
  {
    var constraints = application.idleRequirements.map {
      KeepaliveConstraint.requirement(application, $0)
    }
    constraints += reminded(application).map {
      KeepaliveConstraint.reminder(application, $0.box, $0.location)
    }
    let timeout = userTimeout(of: application, solution, lever)
    if timeout > 0 {
      let isAsked = solution.programs[application.index]?.options[.userTimeout] == timeout
      let causes =
        isAsked
        ? application.requirements(in: .send, .zeroWindow, .close).filter { $0.kind == .within }
        : []
      constraints.append(.userTimeout(application, milliseconds: timeout, for: causes))
    }
    return constraints
  }

  /// A program that follows its own part sets its own numbers; what reaches the others is
  /// simulated without that part, unless the part relies on the host for these numbers.
  private func userTimeout(
    of application: Application, _ solution: Solution, _ lever: KeepaliveLever
  ) -> Int {
    let today = application.program.sets[.userTimeout] ?? 0
    if lever == .sysctls, setsOwnKeepalive(application) { return today }
    return solution.programs[application.index]?.options[.userTimeout] ?? today
  }

  /// Returns whether the program can set all three numbers.
  func setsOwnKeepalive(_ application: Application) -> Bool {
    Keepalive.optionNames.allSatisfy { reaches($0, for: application) }
  }

  /// Returns the search for numbers that suit what is asked; nil if what is named leaves none.
  func keepaliveSearch(
    _ constraints: [KeepaliveConstraint], _ lever: KeepaliveLever, _ solution: Solution
  )
    -> KeepaliveSearch?
  {
    let applications = constraints.compactMap(\.application)
    guard let allowed = allowed(lever, constraints, applications, solution) else { return nil }
    let own = Dictionary(grouping: constraints) { $0.application?.index }
    let asking = own.keys.compactMap(\.self).sorted().map { index in
      requirement(self.applications[index], own[index] ?? [], lever, solution)
    }
    return KeepaliveSearch(
      requirements: asking.map(\.0), simulations: asking.map(\.1), budget: cache.search,
      today: todaysKeepalive(lever, applications, solution), allowed: allowed,
      isShared: lever != .options,
      link: lever == .sysctls ? nil : applications.first?.program.keepaliveLink)
  }

  /// Returns what the numbers may be: those that the lever does not reach stay as they are.
  private func allowed(
    _ lever: KeepaliveLever, _ constraints: [KeepaliveConstraint], _ applications: [Application],
    _ solution: Solution
  ) -> Keepalive.Bounds? {
    let today = todaysKeepalive(solution)
    let own = lever == .sysctls ? nil : applications.first.map { ownNumbers($0, solution) }
    func bounds(
      _ option: SocketOption, _ key: SysctlKey,
      _ part: KeyPath<Keepalive.Bounds, ClosedRange<Int>>, own: Int?, today: Int
    ) -> ClosedRange<Int>? {
      if lever != .sysctls, applications.allSatisfy({ reaches(option, for: $0) }) {
        return applications.compactMap { $0.program.ranges[option] }
          .reduce(Keepalive.Bounds.options[keyPath: part]) { $0.clamped(to: $1) }
      }
      let isOfHost = lever != .options && own == nil
      guard isOfHost, applications.contains(where: { reaches(key, for: $0) }) else {
        return (own ?? today)...(own ?? today)
      }
      var range = Keepalive.Bounds.sysctls[keyPath: part]
      for case .sysctl(let requirement) in constraints where requirement.key == key {
        guard let named = requirement.range(within: range) else { return nil }
        range = named
      }
      return range
    }
    guard
      let idle = bounds(
        .keepIdle, .tcpKeepaliveTime, \.idle, own: own?.idle, today: today.idle),
      let interval = bounds(
        .keepInterval, .tcpKeepaliveIntvl, \.interval, own: own?.interval, today: today.interval),
      let count = bounds(
        .keepCount, .tcpKeepaliveProbes, \.count, own: own?.count, today: today.count)
    else { return nil }
    return Keepalive.Bounds(idle: idle, interval: interval, count: count)
  }

  private func requirement(
    _ application: Application, _ own: [KeepaliveConstraint], _ lever: KeepaliveLever,
    _ solution: Solution
  ) -> (KeepaliveRequirement, KeepaliveSearch.Simulation) {
    let reminders = own.compactMap(\.middlebox)
    // What is left out of the constraints does not count.
    let requirements = own.compactMap(\.requirement).map { $0.passing(reminders) }
    let timeout = own.compactMap(\.userTimeout).last ?? 0
    let pins = lever == .sysctls ? ownNumbers(application, solution) : Keepalive.Pins()
    let uppers = requirements.filter { $0.kind != .survive }
    func candidate(_ numbers: Keepalive) -> Candidate {
      self.candidate(numbers, application, lever, userTimeout: timeout)
    }
    let requirement = KeepaliveRequirement(
      within: requirements.seconds(.within).min(), survive: requirements.longestOutage,
      recover: requirements.seconds(.recover).min(),
      memory: reminders.map { Int($0.idleTimeout.components.seconds) }.min(),
      userTimeout: timeout, own: pins)
    let simulation = KeepaliveSearch.Simulation(
      isInTime: { try satisfiesAll(uppers, of: application, solution, candidate($0)) },
      accepts: { numbers in
        let candidate = candidate(numbers)
        return try reminders.allSatisfy { try reminds($0, application, solution, candidate) }
          && satisfiesAll(requirements, of: application, solution, candidate)
      })
    return (requirement, simulation)
  }

  private func candidate(
    _ numbers: Keepalive, _ application: Application, _ lever: KeepaliveLever, userTimeout: Int
  ) -> Candidate {
    var candidate = Candidate()
    candidate.ignoresProgram = lever == .sysctls && setsOwnKeepalive(application)
    candidate.options = [.keepalive: 1, .userTimeout: userTimeout]
    switch lever {
    case .options: candidate.options.merge(numbers.options) { $1 }
    case .sysctls: candidate.sysctls = numbers.sysctls
    case .both:
      // What the program sets stands before the host's.
      candidate.sysctls = numbers.sysctls
      for (option, value) in numbers.options where reaches(option, for: application) {
        candidate.options[option] = value
      }
    }
    return candidate
  }

  /// Returns what the program sets by itself, so that no sysctl reaches it: what it is told where it
  /// relies on the host for the rest.
  private func ownNumbers(_ application: Application, _ solution: Solution) -> Keepalive.Pins {
    var sets = application.program.sets
    if !setsOwnKeepalive(application), let told = solution.programs[application.index]?.options {
      sets = sets.overridden(by: SocketOptions(told))
    }
    return Keepalive.Pins(
      idle: sets[.keepIdle], interval: sets[.keepInterval], count: sets[.keepCount])
  }

  /// Returns the numbers that hold where a lever changes none: those that the program sets by itself
  /// stand before the host's.
  func todaysKeepalive(
    _ lever: KeepaliveLever, _ applications: [Application], _ solution: Solution
  ) -> Keepalive {
    let today = todaysKeepalive(solution)
    guard lever != .sysctls, let application = applications.first else { return today }
    return today.fixed(by: ownNumbers(application, solution))
  }

  /// Returns the host's numbers before any plan, or those that a profile names itself.
  func todaysKeepalive(_ solution: Solution) -> Keepalive {
    Keepalive(
      idle: today(.tcpKeepaliveTime, solution) ?? 7200,
      interval: today(.tcpKeepaliveIntvl, solution) ?? 75,
      count: today(.tcpKeepaliveProbes, solution) ?? 9)
  }
}

extension [Requirement] {
  /// Returns the bounds of a kind, in seconds.
  fileprivate func seconds(_ kind: Objective.Kind) -> [Int] {
    filter { $0.kind == kind }.map { Int($0.time.components.seconds) }
  }

  /// In seconds: what is to resume after an outage must survive it as well.
  fileprivate var longestOutage: Int? {
    let recovered = filter { $0.kind == .recover }.compactMap { $0.objective.survive?.time }
    return (seconds(.survive) + recovered.map { Int($0.components.seconds) }).max()
  }
}

extension KeepaliveConstraint {
  /// Whose connections it is about; nil for the host.
  var application: Application? {
    switch self {
    case .requirement(let application, _), .reminder(let application, _, _),
      .userTimeout(let application, _, _):
      application
    case .sysctl: nil
    }
  }
}

extension [KeepaliveConstraint] {
  /// A user timeout alone asks nothing of keepalive.
  var askSomething: Bool { contains { $0.userTimeout == nil } }
}
