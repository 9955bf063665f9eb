package import TCPModel

/// What a setting does to the end of a scenario: the end with the next smaller and the next larger
/// value, everything else as it is.
package struct Sensitivity: Sendable {
  package let setting: Setting
  /// The value that is in force; nil if the program does not set the option.
  package let value: Int?
  /// The option by which one program sets the same for one socket; sysctls only.
  package let option: SocketOption?
  /// nil if the kernel accepts no such value.
  package let down, up: Step?

  /// Of every setting that the scenario looks at, sysctls first.
  package static func all(of experiment: Experiment, timeline: Timeline) -> [Sensitivity] {
    let overridden = experiment.options.values.keys.compactMap {
      $0.sysctl(in: experiment.scenario)
    }
    let keys = experiment.decidingSysctls.filter { !overridden.contains($0) }
    let options = SocketOption.all.filter {
      experiment.isDecided(by: $0) && experiment.snapshot.mayHave($0.info)
    }
    let simulator = StepSimulator(of: experiment, timeline)
    return keys.compactMap { experiment.sensitivity(to: $0, by: simulator) }
      + options.compactMap { experiment.sensitivity(to: $0, timeline: timeline, by: simulator) }
  }
}

extension Experiment {
  fileprivate func sensitivity(to key: SysctlKey, by simulator: StepSimulator) -> Sensitivity? {
    guard let value = snapshot[key].number, let sysctl = SysctlCatalog[key] else {
      return nil
    }
    func step(to next: Int?) -> Step? {
      guard let next, next != value, sysctl.accepts(next) else { return nil }
      return simulator.step(to: next) { $0.snapshot[key] = .value(.number(next)) }
    }
    return Sensitivity(
      setting: .sysctl(key), value: value,
      option: SocketOption.all.first {
        $0.sysctl(in: scenario) == key && snapshot.mayHave($0.info)
      },
      down: step(to: sysctl.below(value)), up: step(to: sysctl.unit.above(value)))
  }

  fileprivate func sensitivity(
    to option: SocketOption, timeline: Timeline, by simulator: StepSimulator
  ) -> Sensitivity? {
    func step(to next: Int) -> Step? {
      guard next != options[option] ?? 0, option.range.contains(next) else { return nil }
      return simulator.step(to: next) { $0.options[option] = next }
    }
    if let value = options[option], value != 0 || option.unit == .flag {
      return Sensitivity(
        setting: .option(option), value: value, option: nil,
        down: step(to: option.unit.below(value)), up: step(to: option.unit.above(value)))
    }
    // What stands in for it has a line of its own.
    guard option.sysctl(in: scenario) == nil else { return nil }
    let values = option.firstValues(around: timeline.nominalEnd)
    return Sensitivity(
      setting: .option(option), value: options[option], option: nil,
      down: values.first.flatMap(step), up: values.count > 1 ? step(to: values[1]) : nil)
  }
}

extension SocketOption {
  /// Returns what one would set it to that was not set: a time that may be the end around what
  /// is in force without it, any other to its example.
  fileprivate func firstValues(around end: Duration?) -> [Int] {
    switch unit {
    case .flag: return [1]
    case .milliseconds:
      let (below, above) = (end ?? .seconds(25)).roundNeighbours
      return [below, above]
    case .seconds: return [info.example ?? 1]
    default: return []
    }
  }
}
