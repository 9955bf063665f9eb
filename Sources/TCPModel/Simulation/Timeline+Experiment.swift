extension Timeline {
  /// What happens in an experiment; never fails: what cannot be known ends as `unknown`.
  package init(of experiment: Experiment, under rules: KernelRules) {
    do throws(Unknown) {
      self = try experiment.scenario.definition.simulation(experiment, rules)
    } catch {
      self = .unknown(experiment.scenario, because: error.reason)
    }
  }

  /// What happens in an experiment on the kernel that its snapshot is from.
  package init(of experiment: Experiment) {
    do throws(Unknown) {
      self = Timeline(of: experiment, under: try KernelRules(of: experiment.snapshot))
    } catch {
      self = .unknown(experiment.scenario, because: error.reason)
    }
  }
}
