package import TCPModel

/// Something that documents or people believe of a setting, and that is otherwise.
package struct Trap: Sendable {
  package let id: String
  /// What is believed and what is so.
  package let sentence: String
  package let source: String
  package let settings: [Setting]
  package let scenarios: [Scenario]
  /// Whether a case, and what was played for it, is one where it counts.
  private let counts: @Sendable (Case, Timeline) -> Bool

  init(
    _ id: String, _ settings: [Setting], _ scenarios: [Scenario], _ sentence: String,
    source: String, counts: @escaping @Sendable (Case, Timeline) -> Bool
  ) {
    (self.id, self.settings, self.scenarios) = (id, settings, scenarios)
    (self.sentence, self.source, self.counts) = (sentence, source, counts)
  }

  /// Whether it counts for these values on this kernel.
  package func applies(to play: Case, played: Timeline) -> Bool {
    scenarios.contains(play.scenario) && counts(play, played)
  }

  package static let all: [Trap] =
    connect + accept + idle + send + zeroWindow + closing + neighbour + everywhere

  /// Those of a case's scenario that count for its values on its kernel.
  package static func applying(to play: Case, played: Timeline) -> [Trap] {
    all.filter { $0.applies(to: play, played: played) }
  }

  /// Those that a setting has, whatever its value.
  package static func about(_ setting: Setting) -> [Trap] {
    all.filter { $0.settings.contains(setting) }
  }
}
