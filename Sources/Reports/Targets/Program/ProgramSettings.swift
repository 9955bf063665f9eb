import Advisor
import TCPModel

/// What a known program is told for a group of connections, and what comes of it.
struct ProgramSettings {
  let group: ConnectionGroup
  let program: KnownProgram
  /// The numbers of its knobs, in their units.
  private let numbers: [ProgramKnob.Subject: Int]
  /// What the profiles require of these connections, held against what the program will really do.
  let findings: [Finding]
  /// What is not met that the plan meets, and what to set instead; a sentence each.
  let unmet: [String]

  subscript(option: SocketOption) -> Int? { numbers[.option(option)] }
  subscript(timer: ProgramKnob.Timer) -> Int? { numbers[.timer(timer)] }

  /// Whether keepalive is on, because the program is told so or does it by itself.
  var keepsAlive: Bool { (self[.keepalive] ?? program.sets[.keepalive] ?? 0) != 0 }

  /// When it is to give up one address; nil if nothing says so.
  var connectTimeout: Duration? { time(.connectTimeout) ?? time(.connectTotal) }

  private func time(_ timer: ProgramKnob.Timer) -> Duration? {
    guard let number = self[timer], let knob = program.knob(timer) else { return nil }
    return knob.time(number)
  }
}

extension PortablePlan {
  /// Returns what programs are told, group by group.
  /// - Parameter program: whose the connections of a group are; nil for those that are left out.
  func programSettings(_ program: (ConnectionGroup) -> KnownProgram?) -> [ProgramSettings] {
    let carried = carried(by: program)
    return carried.profiles.flatMap(\.groups).compactMap { group in
      program(group).map { ProgramSettings(group, $0, carried, of: self) }
    }
  }
}

extension ProgramSettings {
  /// - Parameters:
  ///   - carried: the plan for connections of this program.
  ///   - plan: the one for connections of any, whose sysctls are what the host has.
  fileprivate init(
    _ group: ConnectionGroup, _ program: KnownProgram, _ carried: PortablePlan,
    of plan: PortablePlan
  ) {
    let numbers = Self.numbers(group, program, carried)
    (self.group, self.program, self.numbers) = (group, program, numbers)
    func findings(_ sysctls: [SysctlKey: SysctlValue]) -> [Finding] {
      carried.findings(with: sysctls, of: { $0.name == group.name }) {
        Self.state(of: $0, program, numbers, carried, on: $1)
      }.filter { $0.group == group.name }
    }
    let arrived = findings(plan.sysctls)
    self.findings = arrived.worst
    let missed = plan.missedBeside(arrived.worst)
    let helped = missed.isEmpty ? [] : findings(carried.sysctls)
    unmet = missed.map { finding in
      let isHelped = !helped.contains { $0.id == finding.id && $0.isMissed }
      let others = isHelped ? carried.sysctls(differingFrom: plan) : []
      return finding.unmetText + "; " + Self.instead(others, program)
    }
  }

  /// What to set where the program alone does not do it.
  private static func instead(_ sysctls: [String], _ program: KnownProgram) -> String {
    guard !sysctls.isEmpty else {
      return "nothing that \(program.name) can be told, and no sysctl, meets it"
    }
    return "instead: \(sysctls.joined(separator: ", ")) on the host or in the program's network"
      + " namespace, which `software: \(program.name)` in the profile makes part of the plan"
  }

  // MARK: What it is told

  private static func numbers(
    _ group: ConnectionGroup, _ program: KnownProgram, _ plan: PortablePlan
  ) -> [ProgramKnob.Subject: Int] {
    var numbers: [ProgramKnob.Subject: Int] = [:]
    for entry in plan.options(of: group) where program.takes(entry.option) {
      // What holds for the time of connecting is the program's own affair.
      if entry.option == .userTimeout, entry.when == .beforeConnect, !group.hasSingleUserTimeout {
        continue
      }
      if entry.isToday, program.sets[entry.option] == entry.value { continue }
      numbers[.option(entry.option)] = program.number(of: entry.option, entry.value)
    }
    for (timer, time) in times(group, plan) {
      guard let knob = program.knob(timer) else { continue }
      numbers[.timer(timer)] = knob.number(time)
    }
    return numbers
  }

  /// The times that it is to keep: those of the plan, and those that the profile says it keeps.
  private static func times(_ group: ConnectionGroup, _ plan: PortablePlan)
    -> [ProgramKnob.Timer: Duration]
  {
    var times: [ProgramKnob.Timer: Duration] = [:]
    times[.connectTimeout] = group.application.connectTimeout
    times[.connectTotal] = group.application.connectTotal
    times[.heartbeat] = group.application.heartbeat
    times[.readTimeout] = group.application.readTimeout
    if let planned = plan.plan.deadlines.first(where: {
      $0.group == group.name && $0.scenario == .connect
    }) {
      times[.connectTimeout] = planned.time
      times[.connectTotal] = planned.time * planned.addresses
    }
    return times
  }

  // MARK: What it does then

  private static func state(
    of group: ConnectionGroup, _ program: KnownProgram, _ numbers: [ProgramKnob.Subject: Int],
    _ plan: PortablePlan, on host: Host
  ) -> GroupState {
    var group = group
    for (subject, number) in numbers {
      guard case .timer(let timer) = subject, let knob = program.knob(timer) else { continue }
      switch timer {
      case .connectTimeout: group.application.connectTimeout = knob.time(number)
      case .connectTotal: group.application.connectTotal = knob.time(number)
      case .heartbeat: group.application.heartbeat = knob.time(number)
      case .readTimeout: group.application.readTimeout = knob.time(number)
      }
    }
    var state = GroupState(group, on: host)
    for (subject, number) in numbers {
      guard case .option(let option) = subject else { continue }
      state.options[option] = program.value(of: option, number)
    }
    if let link = program.keepaliveLink, numbers[.option(.keepIdle)] != nil,
      let idle = state.options[.keepIdle]
    {
      for (option, value) in link.options(idle: idle) { state.options[option] = value }
    }
    return state
  }
}

extension KnownProgram {
  /// Whether it can be told of an option by itself.
  fileprivate func takes(_ option: SocketOption) -> Bool {
    (canSet?.contains(option) ?? true) && keepaliveLink?.sources[option] == nil
  }

  /// Returns the number of the knob for an option: a time in its unit, cut down.
  fileprivate func number(of option: SocketOption, _ value: Int) -> Int {
    guard let knob = knob(option) else { return value }
    guard let own = knob.unit.milliseconds, let kernel = option.milliseconds else {
      return knob.number(value)
    }
    return knob.number(value * kernel / own)
  }

  /// Returns what the kernel gets of a number of the knob.
  fileprivate func value(of option: SocketOption, _ number: Int) -> Int {
    guard let own = knob(option)?.unit.milliseconds, let kernel = option.milliseconds else {
      return number
    }
    return number * own / kernel
  }
}

extension SocketOption {
  /// What its numbers count, in milliseconds; nil for what is no time.
  fileprivate var milliseconds: Int? {
    switch unit {
    case .seconds: 1000
    case .milliseconds: 1
    default: nil
    }
  }
}

extension PortablePlan {
  /// The sysctls that another plan does not have, as they are written.
  fileprivate func sysctls(differingFrom other: PortablePlan) -> [String] {
    plan.sysctls.filter { $0.to != (other.sysctls[$0.key] ?? $0.from.value) }.map {
      "\($0.key) = \($0.to)"
    }
  }
}

extension [Finding] {
  /// One for each requirement: the first that is not met, of those on several kernels.
  fileprivate var worst: [Finding] {
    var places: [String: Int] = [:]
    var worst: [Finding] = []
    for finding in self {
      if let place = places[finding.id] {
        if worst[place].status.isMet, !finding.status.isMet { worst[place] = finding }
      } else {
        places[finding.id] = worst.count
        worst.append(finding)
      }
    }
    return worst
  }
}
