import Advisor
import TCPModel

/// What a known program is told for a group of connections, and what comes of it.
struct ProgramSettings {
  let group: ConnectionGroup
  let program: KnownProgram
  private typealias Numbers = [ProgramKnob.Subject: Int]

  /// The numbers of its knobs, in their units.
  private let numbers: Numbers
  /// What the profiles require of these connections, held against what the program will really do.
  let findings: [Finding]
  /// What is not met that the plan meets, and what to set instead; a sentence each.
  let unmet: [String]
  /// The sysctls of the plan without which something would be missed.
  let foundations: [Plan.SysctlChange]
  /// The name of the group as a name of something in a file: letters, digits, `_` and `-`.
  var label: String

  /// How many settings are told.
  var count: Int { numbers.count }

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
  /// - Parameters:
  ///   - isShared: whether all groups are told the same, because there is one place to say it.
  ///   - program: whose the connections of a group are; nil for those that are left out.
  func programSettings(
    isShared: Bool = false, _ program: (ConnectionGroup) -> KnownProgram?
  ) -> [ProgramSettings] {
    let carried = carried(by: program)
    let each = carried.profiles.flatMap(\.groups).compactMap { group in
      program(group).map { ProgramSettings(group, $0, carried, of: self) }
    }
    let settings = isShared ? ProgramSettings.shared(each, carried, of: self) : each
    return ProgramSettings.labelled(settings)
  }
}

extension ProgramSettings {
  /// - Parameters:
  ///   - told: what it is told; nil: what suits this group alone.
  ///   - carried: the plan for connections of this program.
  ///   - plan: the one for connections of any, whose sysctls are what the host has.
  private init(
    _ group: ConnectionGroup, _ program: KnownProgram, told: Numbers?, _ carried: PortablePlan,
    of plan: PortablePlan
  ) {
    func findings(_ numbers: Numbers, _ sysctls: [SysctlKey: SysctlValue]) -> [Finding] {
      carried.findings(with: sysctls, of: { $0.name == group.name }) {
        Self.state(of: $0, program, numbers, on: $1)
      }.filter { $0.group == group.name }.worstOfEach
    }
    var numbers = told ?? Self.numbers(group, program, carried)
    var arrived = findings(numbers, plan.sysctls)
    var missed = plan.missedBeside(arrived)
    // What the program sends by itself is found out as data is.
    let needsBeat = told == nil && missed.contains(where: \.isIdle)
    for beating in needsBeat ? Self.heartbeats(group, program, numbers) : [] {
      let beaten = findings(beating, plan.sysctls)
      guard !plan.missedBeside(beaten).contains(where: \.isIdle) else { continue }
      (numbers, arrived, missed) = (beating, beaten, plan.missedBeside(beaten))
      break
    }
    (self.group, self.program, self.numbers, self.findings) = (group, program, numbers, arrived)
    label = group.name.plainName
    unmet = missed.map { finding in
      let keys = plan.fewestSysctls(of: carried) { sysctls in
        !findings(numbers, sysctls).contains { $0.id == finding.id && $0.isMissed }
      }
      return finding.unmetText + "; " + Self.instead(keys, finding, program)
    }
    let known = Set(arrived.filter(\.isMissed).map(\.id))
    foundations = plan.plan.sysctls.filter(\.isChange).filter { change in
      var others = plan.sysctls
      others[change.key] = nil
      return findings(numbers, others).contains { $0.isMissed && !known.contains($0.id) }
    }
  }

  fileprivate init(
    _ group: ConnectionGroup, _ program: KnownProgram, _ carried: PortablePlan,
    of plan: PortablePlan
  ) {
    self.init(group, program, told: nil, carried, of: plan)
  }

  /// Returns the settings where all groups are told what one of them is: what least is missed with.
  fileprivate static func shared(
    _ each: [ProgramSettings], _ carried: PortablePlan, of plan: PortablePlan
  ) -> [ProgramSettings] {
    guard Set(each.map(\.numbers)).count > 1 else { return each }
    let choices = each.map { one in
      // What the program of another direction has besides is the strictest of all.
      let rest = each.flatMap(\.numbers).filter { one.program.knob($0.key) == nil }
      let numbers = one.numbers.merging(rest.map { ($0.key, $0.value) }) { min($0, $1) }
      return each.map { settings in
        ProgramSettings(
          settings.group, settings.program,
          told: numbers.filter { settings.program.knob($0.key) != nil }, carried, of: plan)
      }
    }
    func missed(_ choice: [ProgramSettings]) -> Int { choice.reduce(0) { $0 + $1.unmet.count } }
    return choices.min { missed($0) < missed($1) } ?? each
  }

  /// Names that files cannot tell apart are numbered.
  fileprivate static func labelled(_ settings: [ProgramSettings]) -> [ProgramSettings] {
    var taken: Set<String> = []
    return settings.map { settings in
      var settings = settings
      let plain = settings.label
      var number = 2
      while !taken.insert(settings.label.pythonName.lowercased()).inserted {
        settings.label = "\(plain)_\(number)"
        number += 1
      }
      return settings
    }
  }

  /// What to set where the program alone does not do it.
  private static func instead(
    _ sysctls: [Plan.SysctlChange], _ finding: Finding, _ program: KnownProgram
  )
    -> String
  {
    var ways: [String] = []
    if !sysctls.isEmpty {
      ways.append(
        "\(sysctls.map { "\($0.key) = \($0.to)" }.joined(separator: ", ")) on the host or in the program's network namespace,"
          + " which `software: \(program.name)` in the profile makes part of the plan")
    }
    if finding.scenario == .send, let wanted = finding.wanted {
      ways += readTimeout(finding, wanted.time, program)
    }
    return ways.isEmpty
      ? "nothing that \(program.name) can be told, and no sysctl that may be set, meets it"
      : "instead: \(ways.joined(separator: "; or "))"
  }

  /// What its own limit for an answer, or pings of its own, would do for data.
  private static func readTimeout(
    _ finding: Finding, _ wanted: Duration, _ program: KnownProgram
  ) -> [String] {
    guard let knob = program.knob(.readTimeout) else { return [] }
    switch finding.subject {
    case .bound(.within):
      if program.countsPings, let beat = program.knob(.heartbeat) {
        // The last input may have come right after a ping.
        let time = beat.number(wanted / 5)
        return ["\(beat.name) at \(time) \(beat.unit.rawValue), three of which may go unanswered"]
      }
      let time = "\(knob.name) at \(knob.number(wanted)) \(knob.unit.rawValue)"
      return ["\(time), which also ends what only takes longer"]
    case .bound(.survive) where program.application.readTimeout != nil:
      return ["a longer \(knob.name)"]
    default: return []
    }
  }

  /// The numbers with pings of the program's own, rarest first, three of which may go unanswered.
  private static func heartbeats(
    _ group: ConnectionGroup, _ program: KnownProgram, _ numbers: Numbers
  ) -> [Numbers] {
    guard let beat = program.knob(.heartbeat), numbers[.timer(.heartbeat)] == nil else { return [] }
    let intervals = [3600, 1800, 900, 600, 300, 240, 180, 150, 120, 90, 60, 45, 30, 20, 15, 10, 5]
    return intervals.flatMap { interval in
      waits(group, program, numbers, every: interval).map { wait in
        var beating = numbers
        beating[.timer(.heartbeat)] = beat.number(.seconds(interval))
        guard let wait else { return beating }
        beating[.timer(.readTimeout)] = wait
        if program.knob(.userTimeout)?.name == program.knob(.readTimeout)?.name {
          beating[.option(.userTimeout)] = wait
        }
        return beating
      }
    }
  }

  /// The times that it may wait for the answer to a ping, shortest first; nil is what it does anyway.
  private static func waits(
    _ group: ConnectionGroup, _ program: KnownProgram, _ numbers: Numbers, every interval: Int
  ) -> [Int?] {
    guard let knob = program.knob(.readTimeout), numbers[.timer(.readTimeout)] == nil else {
      return [nil]
    }
    // Three pings that go unanswered, where it counts them.
    if program.countsPings { return [knob.number(.seconds(3 * interval))] }
    return [nil] + [20, 30, 45, 60, 90, 120].map { knob.number(.seconds($0)) }
  }

  // MARK: What it is told

  private static func numbers(
    _ group: ConnectionGroup, _ program: KnownProgram, _ plan: PortablePlan
  ) -> Numbers {
    var numbers: Numbers = [:]
    let options = plan.options(of: group)
    let isChanged = options.contains { !$0.isToday }
    for entry in options where program.takes(entry.option) {
      // What holds for the time of connecting is the program's own affair.
      if entry.option == .userTimeout, entry.when == .beforeConnect, !group.hasSingleUserTimeout {
        continue
      }
      // What is told replaces the defaults of some programs as a whole.
      if !isChanged, program.sets[entry.option] == entry.value { continue }
      numbers[.option(entry.option)] = program.number(of: entry.option, entry.value)
    }
    for (timer, time) in times(group, program, plan) {
      guard let knob = program.knob(timer) else { continue }
      numbers[.timer(timer)] = knob.number(time)
    }
    // One knob for both, as gRPC has for pings and data; the ping is what switches it on.
    if let timeout = program.knob(.userTimeout), timeout.name == program.knob(.readTimeout)?.name,
      let least = [numbers[.option(.userTimeout)], numbers[.timer(.readTimeout)]]
        .compactMap(\.self).min()
    {
      numbers[.option(.userTimeout)] = least
      numbers[.timer(.readTimeout)] = least
      if numbers[.timer(.heartbeat)] == nil, let beat = program.knob(.heartbeat) {
        numbers[.timer(.heartbeat)] = beat.number(.seconds(60))
      }
    }
    return numbers
  }

  /// The times that it is to keep: those of the plan, and those that the profile says it keeps.
  private static func times(
    _ group: ConnectionGroup, _ program: KnownProgram, _ plan: PortablePlan
  )
    -> [ProgramKnob.Timer: Duration]
  {
    var times: [ProgramKnob.Timer: Duration] = [:]
    for timer in ProgramKnob.Timer.allCases {
      let time = group.application[keyPath: timer.path]
      // What bounds a connect is said even where it is the default.
      let isConnect = timer == .connectTimeout || timer == .connectTotal
      let decides =
        isConnect && group.objectives.contains { $0.within != nil && $0.scenario == .connect }
      if decides || time != program.application[keyPath: timer.path] { times[timer] = time }
    }
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
    of group: ConnectionGroup, _ program: KnownProgram, _ numbers: Numbers, on host: Host
  ) -> GroupState {
    var group = group
    for (subject, number) in numbers {
      guard case .timer(let timer) = subject, let knob = program.knob(timer) else { continue }
      group.application[keyPath: timer.path] = knob.time(number)
    }
    var state = GroupState(group, on: host)
    for (subject, number) in numbers {
      guard case .option(let option) = subject else { continue }
      state.options[option] = program.value(of: option, number)
    }
    if program.onlyLowers {
      for (option, key) in Self.keys {
        guard let own = program.sets[option], let host = host.snapshot[key].number else { continue }
        state.options[option] = min(own, host)
      }
    }
    if let link = program.keepaliveLink, numbers[.option(.keepIdle)] != nil,
      let idle = state.options[.keepIdle]
    {
      for (option, value) in link.options(idle: idle) { state.options[option] = value }
    }
    return state
  }
}

extension ProgramSettings {
  /// The sysctls that hold where an option is not set.
  private static let keys: [(SocketOption, SysctlKey)] = [
    (.keepIdle, .tcpKeepaliveTime), (.keepInterval, .tcpKeepaliveIntvl),
    (.keepCount, .tcpKeepaliveProbes),
  ]
}

extension KnownProgram {
  /// Whether it gives up after so many pings of its own, and not after a time.
  fileprivate var countsPings: Bool { knob(.readTimeout)?.name.contains("×") == true }

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
  /// Returns the sysctls of another plan that are needed beside those of this one, as few as do it;
  /// none where they do not do it, or break what this one meets.
  fileprivate func fewestSysctls(
    of other: PortablePlan, meeting isMet: ([SysctlKey: SysctlValue]) -> Bool
  ) -> [Plan.SysctlChange] {
    var needed = other.plan.sysctls.filter { $0.to != (sysctls[$0.key] ?? $0.from.value) }
    func all(_ changes: [Plan.SysctlChange]) -> [SysctlKey: SysctlValue] {
      sysctls.merging(changes.map { ($0.key, $0.to) }) { $1 }
    }
    guard !needed.isEmpty, isMet(all(needed)) else { return [] }
    for change in needed {
      let fewer = needed.filter { $0.key != change.key }
      if isMet(all(fewer)) { needed = fewer }
    }
    let broken = missedBeside(findings(with: all(needed), plannedState))
    return broken.isEmpty ? needed : []
  }
}

extension Finding {
  fileprivate var isIdle: Bool { scenario == .idle }
}

extension ProgramKnob.Timer {
  fileprivate var path: any WritableKeyPath<ApplicationTimers, Duration?> & Sendable {
    switch self {
    case .connectTimeout: \.connectTimeout
    case .connectTotal: \.connectTotal
    case .heartbeat: \.heartbeat
    case .readTimeout: \.readTimeout
    }
  }
}
