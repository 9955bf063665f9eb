package import TCPModel

/// All there is to say about one socket option on one host.
package struct OptionExplanation: Sendable {
  package let facts: OptionFacts
  package let snapshot: SettingsSnapshot
  /// For each scenario: without the option, and with the value asked about or its example.
  package let scenarios: [ScenarioExplanation]
  package let traps: [KnownTrap]

  package init(of facts: OptionFacts, in circumstances: Circumstances) {
    (self.facts, snapshot) = (facts, circumstances.snapshot)
    guard let option = facts.option,
      let example = circumstances.options[option] ?? facts.example,
      facts.exists(in: circumstances.snapshot.kernel)
    else {
      scenarios = []
      traps = facts.option.map { KnownTrap.all(of: .option($0), in: circumstances) } ?? []
      return
    }
    let set = circumstances.setting(option, to: example)
    scenarios = Scenario.allCases.filter(option.decides).flatMap { scenario in
      var unset = circumstances.play(scenario)
      unset.options[option] = nil
      return [ScenarioExplanation(of: unset), ScenarioExplanation(of: set.play(scenario))]
    }
    traps = KnownTrap.all(of: .option(option), in: set)
  }

  /// Whether this kernel has it, by its release; taken for granted where that is not known.
  package var exists: Bool { facts.exists(in: snapshot.kernel) }
  package var preference: String? { facts.option.flatMap { Setting.option($0).preference } }

  /// What getsockopt tells of a socket on which nobody set it; nil where that is no number.
  package var unsetReads: Int? {
    switch facts.unset {
    case .number(let number): return number
    case .sysctl(let key):
      if case .value(let number) = snapshot[key] { return number }
      return nil
    case .zeros: return nil
    }
  }
}

extension OptionFacts {
  fileprivate func exists(in kernel: KernelVersion?) -> Bool {
    guard let since, let kernel else { return true }
    return kernel >= since
  }
}
