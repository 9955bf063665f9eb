package import TCPModel

/// What there is to say of a scenario under given settings.
package struct ScenarioExplanation: Sendable {
  package let experiment: Experiment
  package let timeline: Timeline

  package init(of experiment: Experiment) {
    self.experiment = experiment
    timeline = Timeline(of: experiment)
  }

  /// Every setting the scenario looks at, one step down and one step up.
  package var sensitivities: [Sensitivity] { Sensitivity.all(of: experiment, timeline: timeline) }

  /// What is easily believed of these settings, and is otherwise.
  package var pitfalls: [Pitfall] { Pitfall.applying(to: experiment, timeline: timeline) }
}
