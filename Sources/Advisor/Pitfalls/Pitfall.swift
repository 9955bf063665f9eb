package import TCPModel

/// Something that documents or people believe of a setting, and that is otherwise.
package struct Pitfall: Sendable {
  package let id: String
  /// What is believed and what is so.
  package let sentence: String
  package let source: String
  /// The settings it is about, by their short names: text, because dozens of lists are code.
  package let names: String
  package let scenarios: [Scenario]
  /// Whether it counts for an experiment with this timeline.
  private let counts: @Sendable (Experiment, Timeline) -> Bool

  init(
    _ id: String, _ names: String, _ scenarios: [Scenario], _ sentence: String,
    source: String, counts: @escaping @Sendable (Experiment, Timeline) -> Bool
  ) {
    (self.id, self.names, self.scenarios) = (id, names, scenarios)
    (self.sentence, self.source, self.counts) = (sentence, source, counts)
  }

  /// The settings it is about.
  package var settings: [Setting] {
    names.split(separator: " ").map(String.init).flatMap { name in
      SocketOption(named: name).map { [.option($0)] }
        ?? SysctlCatalog.sysctls(named: name).map { .sysctl($0.key) }
    }
  }

  private func isAbout(_ setting: Setting) -> Bool {
    let name =
      switch setting {
      case .sysctl(let key): key.shortName
      case .option(let option): option.name[...]
      }
    return names.split(separator: " ").contains(name)
  }

  /// Returns whether it counts for these values on this kernel.
  package func applies(to experiment: Experiment, timeline: Timeline) -> Bool {
    scenarios.contains(experiment.scenario) && counts(experiment, timeline)
  }

  package static let all: [Pitfall] =
    connect + accept + idle + send + zeroWindow + closing + neighbour + everywhere

  /// Returns those of a case's scenario that count for its values on its kernel.
  package static func applying(to experiment: Experiment, timeline: Timeline) -> [Pitfall] {
    all.filter { $0.applies(to: experiment, timeline: timeline) }
  }

  /// Returns those that a setting has, whatever its value.
  package static func about(_ setting: Setting) -> [Pitfall] {
    all.filter { $0.isAbout(setting) }
  }
}
