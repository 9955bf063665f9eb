package import TCPModel

/// All there is to say about one socket option on one host.
package struct OptionExplanation: Sendable {
  package let facts: SocketOptionInfo
  package let snapshot: SettingsSnapshot
  /// For each scenario: without the option, and with the value asked about or its example.
  package let scenarios: [ScenarioExplanation]
  package let pitfalls: [ApplicablePitfall]

  package init(of facts: SocketOptionInfo, in whatIf: WhatIf) {
    (self.facts, snapshot) = (facts, whatIf.snapshot)
    guard let option = facts.option,
      let example = whatIf.options[option] ?? facts.example,
      whatIf.snapshot.mayHave(facts)
    else {
      scenarios = []
      pitfalls = facts.option.map { ApplicablePitfall.all(of: .option($0), in: whatIf) } ?? []
      return
    }
    let set = whatIf.setting(option, to: example)
    scenarios = Scenario.allCases.filter { $0.tells(.option(option)) }.flatMap { scenario in
      var unset = whatIf.experiment(scenario)
      unset.options[option] = nil
      return [ScenarioExplanation(of: unset), ScenarioExplanation(of: set.experiment(scenario))]
    }
    pitfalls = ApplicablePitfall.all(of: .option(option), in: set)
  }

  /// Whether this kernel has it, by its release; taken for granted where that is not known.
  package var exists: Bool { snapshot.mayHave(facts) }
  package var preference: String? { facts.preference }

  /// What getsockopt tells of a socket on which nobody set it; nil if that is no number.
  package var unsetReads: Int? {
    switch facts.unset {
    case .number(let number): return number
    case .sysctl(let key): return snapshot[key].number
    case .zeros: return nil
    }
  }
}
