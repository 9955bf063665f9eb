import TCPModel

extension PlanDraft {
  /// Returns the plan, each change with what it does on all hosts together.
  func makePlan() -> Plan {
    var plan = Plan()
    plan.sysctls = sysctls.sorted { SysctlCatalog.areInOrder($0.key, $1.key) }.map(change).filter {
      extent == .everything || $0.isChange
    }
    for application in applications {
      let program = program(of: application)
      plan.socketOptions += optionChanges(application, program)
      plan.deadlines += deadlineChanges(application, program)
      plan.sideEffects += sideEffects(application).distinct
    }
    plan.contradictions = standing(solution.contradictions.elements)
    plan.unsearched = unsearched(but: plan.contradictions)
    return plan
  }

  /// Returns those of which something is missed with the plan in place, or is no finding: what is
  /// met all the same, by what is set already, is no contradiction.
  func standing(_ contradictions: [Plan.Contradiction]) -> [Plan.Contradiction] {
    let found = Dictionary(grouping: findings, by: \.location)
    return contradictions.filter { contradiction in
      let named = contradiction.requirements.flatMap { found[$0.location] ?? [] }
      return named.isEmpty || named.contains { !$0.status.isMet }
    }
  }

  /// Returns what the search did not come to and no contradiction explains, where it was cut off.
  private func unsearched(but contradictions: [Plan.Contradiction]) -> [Plan.Unsearched] {
    guard solution.isCutOff else { return [] }
    let explained = Set(contradictions.flatMap(\.requirements).map(\.location))
    let left = Dictionary(
      grouping: findings.filter {
        ($0.isUnsearched || isUnfinished($0)) && !explained.contains($0.location)
      },
      by: \.group)
    return applications.compactMap { application in
      left[application.name].map { findings in
        let scenarios = Set(findings.compactMap(\.scenario))
        return Plan.Unsearched(
          group: application.name, scenarios: Scenario.allCases.filter(scenarios.contains))
      }
    }
  }

  /// Whether it is about idle connections of a program that is told something that may rely on numbers
  /// which were still to be found.
  private func isUnfinished(_ finding: Finding) -> Bool {
    guard finding.scenario == .idle, let index = indices[finding.group],
      !solution.idleSolved.contains(index)
    else { return false }
    return program(of: applications[index]) != Solution.Program()
  }

  private func change(_ key: SysctlKey, _ value: SysctlValue) -> Plan.SysctlChange {
    let effects = (solution.decides[key]?.elements ?? []).flatMap { decided in
      // A count of retransmissions means what the program's own RTO maximum makes of it.
      let program = solution.programs[decided.application]
      let isShared = decided.scenario != .idle && program?.options[.rtoMax] != nil
      return self.effects(
        applications[decided.application], decided.scenario, ofHostAlone: !isShared)
    }
    return Plan.SysctlChange(
      key: key, from: hosts.map { $0.snapshot[key] }.first { $0 != .absent } ?? .absent, to: value,
      effects: effects,
      requirement: profiles.sysctlRequirements(on: [key]).last,
      middlebox: key == .tcpKeepaliveTime
        ? forgetting(effects.map(\.group).distinct.compactMap { indices[$0] }) : nil)
  }

  /// Returns the device that forgets first of those that a keepalive probe must reach before.
  private func forgetting(_ indices: [Int]) -> Middlebox? {
    let states = indices.flatMap { applications[$0].groups }.flatMap { group in
      hosts.map { GroupState(group, on: $0) }
    }
    return states.flatMap(\.middleboxes).filter(\.tcpKeepaliveCounts).min {
      $0.idleTimeout < $1.idleTimeout
    }
  }

  private func optionChanges(_ application: Application, _ program: Solution.Program) -> [Plan
    .OptionChange]
  {
    let group = application.program
    var changes = SocketOptions(program.options).sorted.compactMap { option, value in
      group.sets[option] == value
        ? nil
        : change(
          application, option, to: value, moment(option, group),
          Array(program.scenarios[option] ?? []))
    }
    // What holds for the time of connecting must be set again afterwards.
    if let timeout = program.connectUserTimeout {
      let connecting = change(application, .userTimeout, to: timeout, .beforeConnect, [.connect])
      changes.insert(
        connecting, at: changes.firstIndex { $0.option == .userTimeout } ?? changes.count)
      if program.options[.userTimeout] == nil
        || group.sets[.userTimeout] == program.options[.userTimeout]
      {
        let back = group.sets[.userTimeout] ?? 0
        changes.append(change(application, .userTimeout, to: back, .afterConnect, [.connect]))
      }
    }
    return changes
  }

  private func change(
    _ application: Application, _ option: SocketOption, to value: Int, _ moment: Plan.Moment,
    _ scenarios: [Scenario]
  ) -> Plan.OptionChange {
    let order = Scenario.allCases.filter(scenarios.contains)
    let effects = order.flatMap { self.effects(application, $0, ofHostAlone: false) }
    return Plan.OptionChange(
      group: application.name, option: option, from: application.program.sets[option], value: value,
      when: moment, effects: effects,
      middlebox: option == .keepIdle && !effects.isEmpty
        ? forgetting([application.index]) : nil)
  }

  private func moment(_ option: SocketOption, _ group: ConnectionGroup) -> Plan.Moment {
    if group.direction == .inbound { return .listen }
    // Set before connect, a user timeout would replace the limit of the SYNs.
    return option == .userTimeout && !group.hasSingleUserTimeout ? .afterConnect : .beforeConnect
  }

  private func deadlineChanges(_ application: Application, _ program: Solution.Program) -> [Plan
    .Deadline]
  {
    program.deadlines.sorted { $0.key.rawValue < $1.key.rawValue }.map { scenario, time in
      Plan.Deadline(
        group: application.name, scenario: scenario, time: time,
        addresses: application.groups.map(\.path.addresses).max() ?? 1,
        effects: asked(of: application, in: scenario.withSameDeadline).flatMap {
          effects(application, $0, ofHostAlone: false)
        })
    }
  }

  /// Returns the scenarios of which something is asked; the first where of none.
  private func asked(of application: Application, in scenarios: [Scenario]) -> [Scenario] {
    let objectives = Set(application.groups.flatMap(\.objectives).map(\.scenario))
    let asked = scenarios.filter(objectives.contains)
    return asked.isEmpty ? Array(scenarios.prefix(1)) : asked
  }

  /// Returns what a change does for each profile that asks something of the scenario, or for a
  /// device on the path where none does.
  ///
  /// - Parameter ofHostAlone: the program does what it does today; SO_KEEPALIVE is taken to be on,
  ///   because the sysctls reach no program without.
  private func effects(_ application: Application, _ scenario: Scenario, ofHostAlone: Bool) -> [Plan
    .Effect]
  {
    let asking = application.groups.flatMap { group in
      group.objectives.filter { $0.scenario == scenario }.map { (group, $0) }
    }
    let devices = [(application.program, Objective(scenario, why: "devices on the path forget"))]
    return (asking.isEmpty ? devices : asking).map { group, objective in
      let sides = zip(hosts, plannedHosts).map {
        self.sides(of: group, on: $0, planned: $1, scenario, ofHostAlone: ofHostAlone)
      }
      return Plan.Effect(
        group: application.name, objective: objective,
        basis: sides.first?.after.basis(in: scenario) ?? SocketOptions(),
        before: union(of: sides.map(\.before), scenario),
        after: union(of: sides.map(\.after), scenario))
    }
  }

  private func sides(
    of group: ConnectionGroup, on host: Host, planned: Host, _ scenario: Scenario,
    ofHostAlone: Bool
  ) -> (before: GroupState, after: GroupState) {
    var before = GroupState(group, on: host)
    var after = state(group, on: planned)
    if ofHostAlone {
      if let option = scenario.definition.enablingOption { before.options[option] = 1 }
      after.options = before.options
    }
    return (before, after)
  }

  /// Returns what covers a scenario on all hosts.
  private func union(of situations: [GroupState], _ scenario: Scenario) -> TimeToEnd {
    let spans = situations.map { cache.timeToEnd(scenario, in: $0) }
    return spans.dropFirst().reduce(spans.first ?? TimeToEnd(ends: .never, range: nil)) {
      $0.union($1)
    }
  }

  /// Returns what changes although nobody asked, in scenarios that no profile names.
  private func sideEffects(_ application: Application) -> [Plan.SideEffect] {
    guard let host = hosts.first, let planned = plannedHosts.first else { return [] }
    let group = application.program
    let before = GroupState(group, on: host)
    let after = state(group, on: planned)
    var effects: [Plan.SideEffect] = []
    var asked = Set(application.groups.flatMap(\.objectives).map(\.scenario))
    if let timeout = after.options[.userTimeout], timeout > 0,
      before.options[.userTimeout] != timeout
    {
      let (old, new) = (reading(in: before), reading(in: after))
      effects.append(
        Plan.SideEffect(
          group: application.name, scenario: .zeroWindow,
          cause: .userTimeoutKillsStalledReader(.milliseconds(timeout)), before: old, after: new))
      // That says what becomes of closed windows.
      asked.insert(.zeroWindow)
    }
    let isReminded = !application.remindedMiddleboxes.isEmpty
    for scenario in group.affectedScenarios
    where !asked.contains(scenario) && !(isReminded && scenario == .idle)
      && cache.mayDiffer(scenario, before, after)
    {
      let (old, new) = (cache.timeToEnd(scenario, in: before), cache.timeToEnd(scenario, in: after))
      guard old != new else { continue }
      effects.append(
        Plan.SideEffect(
          group: application.name, scenario: scenario,
          cause: scenario == .idle && lostProbeKills(in: after) ? .lostProbeKills : .setting,
          before: old, after: new))
    }
    return effects + outages(application.name, before, after)
      + load(application.name, before, after)
      + fewRetransmissions(application)
  }

  /// Outages that were survived and are not any more.
  private func outages(_ name: String, _ before: GroupState, _ after: GroupState)
    -> [Plan.SideEffect]
  {
    // What becomes of a reader that stalls is said of the user timeout; the last two are no outages.
    let scenarios = after.group.affectedScenarios.filter {
      ![.zeroWindow, .finWait, .timeWait].contains($0)
    }
    return scenarios.compactMap { scenario in
      guard cache.mayDiffer(scenario, before, after) else { return nil }
      let old = before.survives(cache.timeline(scenario, for: .survive, in: before))
      let new = after.survives(cache.timeline(scenario, for: .survive, in: after))
      guard let new, new < old ?? .seconds(Int64.max / 2) else { return nil }
      return Plan.SideEffect(
        group: name, scenario: scenario, cause: .shorterOutage(from: old, to: new))
    }
  }

  /// Below ten seconds of silence the probes of many connections add up.
  private func load(_ name: String, _ before: GroupState, _ after: GroupState)
    -> [Plan.SideEffect]
  {
    guard case .success(let silence?) = after.keepaliveSilence, silence > .zero,
      silence < .seconds(10), (try? before.keepaliveSilence.get()) != silence
    else { return [] }
    let packets = Int((2000 / silence.seconds).rounded())
    return [
      Plan.SideEffect(group: name, scenario: .idle, cause: .frequentProbes(packets: packets))
    ]
  }

  private func fewRetransmissions(_ application: Application) -> [Plan.SideEffect] {
    [Solver.SharedCount.synRetries, .synackRetries].flatMap { count -> [Plan.SideEffect] in
      guard let value = sysctls[count.key].flatMap(\.number), value < count.fewest,
        hosts.contains(where: { $0.snapshot[count.key].number.map { value < $0 } ?? false })
      else { return [] }
      let decided = Scenario.allCases.filter { scenario in
        solution.decides[count.key]?.contains(
          ApplicationScenario(application: application.index, scenario: scenario)) ?? false
      }
      return decided.map {
        Plan.SideEffect(
          group: application.name, scenario: $0, cause: .fewRetransmissions(count.key, value))
      }
    }
  }

  private func lostProbeKills(in state: GroupState) -> Bool {
    guard state.options[.userTimeout] ?? 0 > 0 else { return false }
    let idle = cache.timeline(.idle, in: state)
    return !idle.branches.isEmpty && idle.secondProbe == nil
  }

  /// Returns how long a live peer may keep its window closed.
  private func reading(in state: GroupState) -> TimeToEnd {
    cache.timeline(.zeroWindow, for: .survive, in: state).timeToEnd
  }
}
