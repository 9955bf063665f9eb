package import TCPModel

/// What there is to say of a scenario under given settings.
package struct ScenarioExplanation: Sendable {
  package let play: Case
  package let timeline: Timeline

  package init(of play: Case) {
    self.play = play
    timeline = Timeline(of: play)
  }

  /// Every setting the scenario looks at, one step down and one step up.
  package var sensitivities: [Sensitivity] { Sensitivity.all(of: play, played: timeline) }

  /// What is easily believed of these settings, and is otherwise.
  package var traps: [Trap] { Trap.applying(to: play, played: timeline) }
}
