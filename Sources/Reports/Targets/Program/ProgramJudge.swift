import Advisor
import TCPModel

/// Holds what a known program may be told for a group of connections against the model.
struct ProgramJudge {
  let group: ConnectionGroup
  let program: KnownProgram
  /// The plan for connections of this program.
  let carried: PortablePlan
  /// The one for connections of any, whose sysctls are what the host has.
  let plan: PortablePlan

  /// What it may be told, and what comes of it.
  struct Judged {
    let numbers: KnobNumbers
    let findings: [Finding]
  }

  /// What it is told for this group alone.
  var suitable: Judged {
    let told = judged(program.numbers(for: group, by: carried))
    guard missed(told).contains(where: \.isIdle) else { return told }
    // What the program sends by itself is found out as data is.
    return program.heartbeats(beside: told.numbers).lazy.map(judged).first {
      !missed($0).contains(where: \.isIdle)
    } ?? told
  }

  /// Returns what each of several groups is told where all are told the same: what least is missed with.
  static func shared(_ own: [Judged], by judges: [ProgramJudge]) -> [Judged] {
    let numbers = own.map(\.numbers)
    guard Set(numbers).count > 1 else { return own }
    let choices = zip(judges, numbers).map { judge, own in
      // What the program of another direction has besides is the strictest of all.
      let rest = numbers.joined().filter { judge.program.knob($0.key) == nil }
      let all = own.merging(rest.map { ($0.key, $0.value) }) { min($0, $1) }
      return judges.map { judge in
        judge.judged(all.filter { judge.program.knob($0.key) != nil })
      }
    }
    func missed(_ choice: [Judged]) -> Int {
      zip(judges, choice).reduce(0) { $0 + $1.0.missed($1.1).count }
    }
    return choices.min { missed($0) < missed($1) } ?? own
  }

  func settings(_ told: Judged, label: String) -> ProgramSettings {
    ProgramSettings(
      group: group, program: program, label: label, numbers: told.numbers, findings: told.findings,
      unmet: missed(told).map { "\($0.unmetText); \(instead(of: $0, told.numbers))" },
      firstProbe: firstProbe(told.numbers), missedBefore: missedBefore(told),
      foundations: foundations(of: told))
  }

  /// What is missed besides where the program lacks what came with a later release.
  private func missedBefore(_ told: Judged) -> [Finding] {
    let older = told.numbers.filter { program.knob($0.key)?.since == nil }
    guard older.count < told.numbers.count else { return [] }
    let known = Set(told.findings.filter(\.isMissed).map(\.id))
    return judged(older).findings.filter {
      $0.isMissed && $0.scenario != nil && !known.contains($0.id)
    }
  }

  /// The silence before keepalive's first probe.
  private func firstProbe(_ numbers: KnobNumbers) -> Duration {
    let told = numbers[.option(.keepIdle)].map { program.value(of: .keepIdle, $0) }
    let host = plan.sysctls[.tcpKeepaliveTime]?.number ?? 7200
    let own = program.sets[.keepIdle].map { program.onlyLowers ? min($0, host) : $0 }
    return .seconds(told ?? own ?? host)
  }

  private func judged(_ numbers: KnobNumbers) -> Judged {
    Judged(numbers: numbers, findings: findings(numbers, plan.sysctls))
  }

  /// What is missed of what the whole plan meets.
  private func missed(_ told: Judged) -> [Finding] { plan.missedBeside(told.findings) }

  private func findings(_ numbers: KnobNumbers, _ sysctls: [SysctlKey: SysctlValue]) -> [Finding] {
    carried.findings(on: group.name, with: sysctls) {
      GroupState($0, of: program, told: numbers, on: $1)
    }.worstOfEach
  }

  private func foundations(of told: Judged) -> [Plan.SysctlChange] {
    let known = Set(told.findings.filter(\.isMissed).map(\.id))
    return plan.plan.sysctls.filter(\.isChange).filter { change in
      var others = plan.sysctls
      others[change.key] = nil
      return findings(told.numbers, others).contains { $0.isMissed && !known.contains($0.id) }
    }
  }

  // MARK: What to set instead

  /// What to set where the program alone does not do it.
  private func instead(of finding: Finding, _ numbers: KnobNumbers) -> String {
    let sysctls = plan.fewestSysctls(of: carried) { sysctls in
      !findings(numbers, sysctls).contains { $0.id == finding.id && $0.isMissed }
    }
    var ways: [String] = []
    if !sysctls.isEmpty {
      let assignments = sysctls.map { "\($0.key) = \($0.to)" }.joined(separator: ", ")
      ways.append(
        "\(assignments) on the host or in the program's network namespace, which"
          + " `software: \(program.name)` in the profile makes part of the plan")
    }
    if finding.scenario == .send, let wanted = finding.wanted {
      ways += timeout(for: finding, wanted.time)
    }
    let instead =
      ways.isEmpty
      ? "nothing that \(program.name) can be told, and no sysctl that may be set, meets it"
      : "instead: \(ways.joined(separator: "; or "))"
    guard finding.isIdle, case .bound(.within) = finding.subject, let wanted = finding.wanted,
      let limit = program.unusedLimit, limit.time <= wanted.time
    else { return instead }
    return "\(instead); what is not in use it closes after \(limit.time.text) (\(limit.name))"
  }

  /// What its own limit for an answer, or pings of its own, would do for data.
  private func timeout(for finding: Finding, _ wanted: Duration) -> [String] {
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
    return missedBeside(arriving(with: all(needed)).findings).isEmpty ? needed : []
  }
}

extension GroupState {
  /// The connections of a group whose program does what it is told.
  fileprivate init(
    _ group: ConnectionGroup, of program: KnownProgram, told numbers: KnobNumbers, on host: Host
  ) {
    var group = group
    for (subject, number) in numbers {
      guard case .timer(let timer) = subject, let knob = program.knob(timer) else { continue }
      group.application[keyPath: timer.path] = knob.time(number)
    }
    self.init(group, on: host)
    for (subject, number) in numbers {
      guard case .option(let option) = subject else { continue }
      options[option] = program.value(of: option, number)
    }
    if program.onlyLowers {
      for (option, own) in program.sets.sorted {
        guard let key = option.info.standsFor, let set = host.snapshot[key].number else { continue }
        options[option] = min(own, set)
      }
    }
    if let link = program.keepaliveLink, numbers[.option(.keepIdle)] != nil,
      let idle = options[.keepIdle]
    {
      for (option, value) in link.options(idle: idle) { options[option] = value }
    }
  }
}

extension Finding {
  fileprivate var isIdle: Bool { scenario == .idle }
}
