import TCPModel

extension PlanDraft {
  /// The plan, each change with what it does on all hosts together.
  func makePlan() -> Plan {
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
    for scenario in Scenario.reported {
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
