import TCPModel

/// A solution held against hosts: what they need of it, with the effect of each change.
struct PlanDraft {
  /// How much of the solution goes into the plan.
  enum Extent {
    /// Every setting that decides an objective, as emitted text has it.
    case everything
    /// Only what meets objectives that are missed today, as a single host needs it.
    case whatIsMissed
  }

  private(set) var plan = Plan()
  private(set) var findings: [Finding] = []
  let members: [Solver.Member]
  private var solution: Solution
  private let profiles: [Profile]
  private let hosts: [Host]
  private let extent: Extent
  /// The scenarios of each group that are missed today, and those that changes for these reach.
  private var active: Set<Aim> = []

  /// One scenario of one group.
  private struct Aim: Hashable {
    let member: Int
    let scenario: Scenario
  }

  init(_ solution: Solution, for profiles: [Profile], on hosts: [Host], _ extent: Extent) {
    (self.solution, self.profiles, self.hosts, self.extent) = (solution, profiles, hosts, extent)
    members = Solver(for: profiles, on: hosts).members
    activate()
    withdraw()
    findings = plannedFindings
    plan = makePlan()
  }

  private var findingsToday: [Finding] {
    hosts.flatMap { host in allFindings(on: host) { Situation($0.group, on: host) } }
  }

  private var plannedFindings: [Finding] {
    hosts.flatMap { host in
      allFindings(on: host.applying(sysctls)) { situation($0, on: host) }
    }
  }

  /// Whether something that the solution was made for does not hold here.
  var misses: Bool {
    let aims = Set(findings.filter(\.isMissed).map(\.connections))
    let known = Set(solution.contradictions.map(\.connections))
    return !aims.subtracting(known).isEmpty
  }

  /// How many objectives do not hold with the plan.
  var missed: Int { findings.count(where: \.isMissed) }

  /// A change can make what held miss, as a user timeout does to keepalive: then what the solution
  /// has for that is needed too.
  private mutating func activate() {
    var missed = aims(of: findingsToday)
    while !missed.isSubset(of: active) {
      active.formUnion(missed)
      missed = aims(of: plannedFindings)
    }
  }

  /// What was met and is missed now rejects what the program of that group was to change.
  private mutating func withdraw() {
    let missedToday = Set(findingsToday.filter(\.isMissed).map(\.id))
    let worsened = plannedFindings.filter { $0.isMissed && !missedToday.contains($0.id) }
    for member in members {
      guard let finding = worsened.first(where: { $0.connections == member.group.name })
      else { continue }
      solution.programs[member.index] = nil
      solution.contradictions.append(
        Plan.Contradiction(
          connections: member.group.name,
          demands: [Plan.Demand(text: finding.id, place: finding.place)],
          because: "what the other objectives need would break it: not solved yet"))
    }
  }

  private func allFindings(on host: Host, _ situation: (Solver.Member) -> Situation) -> [Finding] {
    var rest = members[...]
    return profiles.flatMap { profile in
      profile.findings(on: host) { _ in situation(rest.removeFirst()) }
    }
  }

  private func aims(of findings: [Finding]) -> Set<Aim> {
    Set(
      findings.filter(\.isMissed).flatMap { finding in
        members.filter { $0.group.name == finding.connections }.compactMap { member in
          finding.scenario.map { Aim(member: member.index, scenario: $0) }
        }
      })
  }

  /// The sysctls of the solution that this host needs.
  private var sysctls: [SysctlKey: String] {
    solution.sysctls.filter { key, _ in
      guard hosts.contains(where: { $0.snapshot[key] != .absent }) else { return false }
      guard let decides = solution.decides[key] else { return true }
      return decides.contains { isActive(members[$0.member], $0.scenario) }
    }
  }

  private func options(_ member: Solver.Member) -> [SocketOption: Int] {
    guard let program = solution.programs[member.index] else { return [:] }
    return program.options.filter { option, _ in
      program.scenarios[option].map { isActive(member, $0) } ?? true
    }
  }

  private func deadlines(_ member: Solver.Member) -> [Scenario: Duration] {
    (solution.programs[member.index]?.deadlines ?? [:]).filter { isActive(member, $0.key) }
  }

  private func isActive(_ member: Solver.Member, _ scenario: Scenario) -> Bool {
    extent == .everything || active.contains(Aim(member: member.index, scenario: scenario))
  }

  /// The group on a host with the whole plan in place.
  func situation(_ member: Solver.Member, on host: Host) -> Situation {
    var situation = Situation(member.group, on: host.applying(sysctls))
    situation.options = situation.options.overridden(by: SocketOptions(options(member)))
    situation.deadlines = deadlines(member)
    return situation
  }
}

extension PlanDraft {
  private func makePlan() -> Plan {
    var plan = Plan()
    plan.sysctls = sysctls.sorted { SysctlCatalog.areInOrder($0.key, $1.key) }.map(change).filter {
      extent == .everything || $0.isChange
    }
    for member in members {
      plan.socketOptions += optionChanges(member)
      plan.deadlines += deadlineChanges(member)
      plan.sideEffects += sideEffects(member)
    }
    plan.contradictions = solution.contradictions
    return plan
  }

  private func change(_ key: SysctlKey, _ value: String) -> Plan.SysctlChange {
    let effects = (solution.decides[key] ?? []).compactMap { decided in
      effect(members[decided.member], decided.scenario, ofHostAlone: true)
    }
    return Plan.SysctlChange(
      key: key, from: hosts.map { $0.snapshot[key] }.first { $0 != .absent } ?? .absent, to: value,
      effects: effects,
      demand: profiles.flatMap(\.sysctls).last { $0.key == key && $0.demand != .keep })
  }

  private func optionChanges(_ member: Solver.Member) -> [Plan.OptionChange] {
    SocketOptions(options(member)).sorted.compactMap { option, value in
      guard member.group.sets[option] != value else { return nil }
      let scenario = solution.programs[member.index]?.scenarios[option] ?? .idle
      return Plan.OptionChange(
        connections: member.group.name, option: option, from: member.group.sets[option],
        value: value, when: moment(option, member.group),
        effects: [effect(member, scenario, ofHostAlone: false)].compactMap { $0 })
    }
  }

  private func moment(_ option: SocketOption, _ group: ConnectionGroup) -> Plan.Moment {
    if group.direction == .inbound { return .listen }
    // Set before connect, a user timeout would replace the limit of the SYNs.
    return option == .userTimeout ? .afterConnect : .beforeConnect
  }

  private func deadlineChanges(_ member: Solver.Member) -> [Plan.Deadline] {
    deadlines(member).sorted { $0.key.rawValue < $1.key.rawValue }.map { scenario, time in
      Plan.Deadline(
        connections: member.group.name, scenario: scenario, time: time,
        addresses: member.group.path.addresses,
        effects: [effect(member, scenario, ofHostAlone: false)].compactMap { $0 })
    }
  }

  /// - Parameter ofHostAlone: the program does what it does today; SO_KEEPALIVE is taken to be on,
  ///   because the sysctls reach no program without.
  private func effect(_ member: Solver.Member, _ scenario: Scenario, ofHostAlone: Bool)
    -> Plan.Effect?
  {
    let objective =
      member.objective(scenario) ?? Objective(scenario, why: "devices on the path forget")
    let sides = hosts.map { host in
      var before = Situation(member.group, on: host)
      var after = situation(member, on: host)
      if ofHostAlone {
        if scenario == .idle { before.options[.keepalive] = 1 }
        after.options = before.options
      }
      return (before: before, after: after)
    }
    guard let first = sides.first else { return nil }
    let rest = sides.dropFirst()
    return Plan.Effect(
      connections: member.group.name, objective: objective,
      basis: first.after.basis(in: scenario),
      before: rest.reduce(first.before.span(scenario)) { $0.union($1.before.span(scenario)) },
      after: rest.reduce(first.after.span(scenario)) { $0.union($1.after.span(scenario)) })
  }

  private func sideEffects(_ member: Solver.Member) -> [Plan.SideEffect] {
    guard let host = hosts.first else { return [] }
    let before = Situation(member.group, on: host)
    let after = situation(member, on: host)
    var effects: [Plan.SideEffect] = []
    if let timeout = after.options[.userTimeout], before.options[.userTimeout] != timeout {
      effects.append(
        Plan.SideEffect(
          connections: member.group.name, scenario: .zeroWindow,
          cause: .userTimeoutKillsStalledReader(.milliseconds(timeout)), before: nil, after: nil))
    }
    for scenario in Scenario.allCases where scenario.isModelled {
      guard member.objective(scenario) == nil, member.group.middleboxes.isEmpty || scenario != .idle
      else { continue }
      let (old, new) = (before.span(scenario), after.span(scenario))
      if old != new {
        effects.append(
          Plan.SideEffect(
            connections: member.group.name, scenario: scenario, cause: .setting, before: old,
            after: new))
      }
    }
    return effects
  }
}
