package import TCPModel

/// A timer that may have given up: a scenario under settings, and who has these.
package struct Suspect: Sendable {
  package enum Origin: Hashable, Sendable {
    case thisHost, kernelDefault
    case program(KnownProgram)
    case commonSetting(CommonSetting)
  }

  package let origin: Origin
  package let experiment: Experiment
  package let rules: KernelRules
  /// The times that the program keeps by itself, as far as they decide the scenario.
  package let timers: ApplicationTimers
  /// The releases on which it is the same.
  package internal(set) var kernels: [KernelVersion]

  package init(
    _ origin: Origin, _ experiment: Experiment, under rules: KernelRules,
    timers: ApplicationTimers = ApplicationTimers()
  ) {
    (self.origin, self.experiment, self.rules) = (origin, experiment, rules)
    self.timers = timers.deciding(experiment.scenario)
    kernels = [rules.release]
  }

  /// Two of one signature are one suspect, on whichever kernel.
  struct Signature: Hashable {
    let origin: Origin
    let timers: ApplicationTimers
    let experiment: ExperimentSignature
  }

  var signature: Signature {
    Signature(
      origin: origin, timers: timers,
      experiment: ExperimentSignature(of: experiment, under: rules))
  }
}
