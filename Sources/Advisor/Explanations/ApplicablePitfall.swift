import NetAddress
import TCPModel

/// A trap of a setting, and whether it counts for the values that are set.
package struct ApplicablePitfall: Sendable {
  package let pitfall: Pitfall
  package let countsHere: Bool

  /// Returns the traps of a setting, those that count first.
  static func all(of setting: Setting, in whatIf: WhatIf) -> [ApplicablePitfall] {
    var timelines: [Scenario: Timeline] = [:]
    let known = Pitfall.about(setting).map { pitfall in
      let counts = pitfall.scenarios.contains { scenario in
        let experiment = whatIf.experiment(scenario, family: setting.family)
        let timeline = timelines[scenario] ?? Timeline(of: experiment)
        timelines[scenario] = timeline
        return pitfall.applies(to: experiment, timeline: timeline)
          || pitfall.applies(to: experiment.withoutProbes, timeline: .never(scenario))
      }
      return ApplicablePitfall(pitfall: pitfall, countsHere: counts)
    }
    return known.filter(\.countsHere) + known.filter { !$0.countsHere }
  }
}

extension Experiment {
  /// The same idle connection of a program that does not ask for probes; itself elsewhere.
  fileprivate var withoutProbes: Experiment {
    guard let option = scenario.definition.enablingOption else { return self }
    var quiet = self
    quiet.options[option] = nil
    return quiet
  }
}

extension Setting {
  /// The family that it is of; IPv4 where it is of both.
  var family: AddressFamily {
    guard case .sysctl(let key) = self, key.rawValue.hasPrefix("net.ipv6.") else { return .v4 }
    return .v6
  }
}
