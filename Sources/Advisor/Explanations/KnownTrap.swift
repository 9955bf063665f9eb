import TCPModel

/// A trap of a setting, and whether it counts for the values that are set.
package struct KnownTrap: Sendable {
  package let trap: Trap
  package let countsHere: Bool

  /// The traps of a setting, those that count first.
  static func all(of setting: Setting, in circumstances: Circumstances) -> [KnownTrap] {
    var timelines: [Scenario: Timeline] = [:]
    let known = Trap.about(setting).map { trap in
      let counts = trap.scenarios.contains { scenario in
        let play = circumstances.play(scenario, family: setting.family)
        let played = timelines[scenario] ?? Timeline(of: play)
        timelines[scenario] = played
        return trap.applies(to: play, played: played)
          || trap.applies(to: play.withoutProbes, played: .never(scenario))
      }
      return KnownTrap(trap: trap, countsHere: counts)
    }
    return known.filter(\.countsHere) + known.filter { !$0.countsHere }
  }
}

extension Case {
  /// The same idle connection of a program that does not ask for probes; itself elsewhere.
  fileprivate var withoutProbes: Case {
    guard scenario == .idle else { return self }
    var quiet = self
    quiet.options[.keepalive] = nil
    return quiet
  }
}

extension Setting {
  /// The family that it is of; IPv4 where it is of both.
  var family: Case.Family {
    guard case .sysctl(let key) = self, key.rawValue.hasPrefix("net.ipv6.") else { return .v4 }
    return .v6
  }
}
