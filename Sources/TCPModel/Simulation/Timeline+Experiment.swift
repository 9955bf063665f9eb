extension Timeline {
  /// What happens in an experiment; never fails: what cannot be known ends as `unknown`.
  package init(of experiment: Experiment, under rules: KernelRules) {
    do throws(Unknown) {
      try experiment.checkOptions()
      self = try experiment.scenario.definition.simulation(experiment, rules)
    } catch {
      self = .unknown(experiment.scenario, because: error.reason)
      effort = error.effort
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

extension Experiment {
  /// Refuses values that no kernel takes, as a capture may have them.
  fileprivate func checkOptions() throws(Unknown) {
    for (option, number) in options.values
    where !option.mayRead(number) && option.decides(scenario) {
      throw Unknown(
        "\(option) = \(number) is outside \(option.range.lowerBound) to \(option.range.upperBound), and"
          + " what comes of it is not modelled")
    }
  }
}

extension SocketOption {
  /// Whether a kernel may tell a number of a socket: what setsockopt takes, or what stands in for an
  /// option that is not set.
  fileprivate func mayRead(_ number: Int) -> Bool {
    if range.contains(number) || info.range?.contains(number) ?? false { return true }
    return info.standsFor.flatMap { SysctlCatalog[$0] }?.range?.contains(number) ?? false
  }
}
