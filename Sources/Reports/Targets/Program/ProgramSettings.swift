import Advisor
import TCPModel

/// The numbers of a program's knobs, in their units.
typealias KnobNumbers = [ProgramKnob.Subject: Int]

/// What a known program is told for a group of connections, and what comes of it.
struct ProgramSettings {
  let group: ConnectionGroup
  let program: KnownProgram
  /// The name of the group as a name of something in a file: letters, digits, `_` and `-`.
  let label: String
  let numbers: KnobNumbers
  /// What the profiles require of these connections, held against what the program will really do.
  let findings: [Finding]
  /// What is not met that the plan meets, and what to set instead; a sentence each.
  let unmet: [String]
  /// The silence before keepalive's first probe, as the program or the host has it.
  let firstProbe: Duration
  /// What is missed besides in releases that do not have all of the settings.
  let missedBefore: [Finding]
  /// The sysctls of the plan without which something would be missed.
  let foundations: [Plan.SysctlChange]

  subscript(subject: ProgramKnob.Subject) -> Int? { numbers[subject] }
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
    let judges = carried.profiles.flatMap(\.groups).compactMap { group in
      program(group).map { ProgramJudge(group: group, program: $0, carried: carried, plan: self) }
    }
    let own = judges.map(\.suitable)
    let told = isShared ? ProgramJudge.shared(own, by: judges) : own
    let labels = judges.map(\.group.name.plainName).numbered { $0.variableName.lowercased() }
    return zip(zip(judges, labels), told).map { $0.0.settings($1, label: $0.1) }
  }
}
