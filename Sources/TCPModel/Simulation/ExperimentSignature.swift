/// What decides an experiment on a kernel, and nothing else: two of equal signature have one timeline.
///
/// Kernels that have no setting for a time use a constant; it stands for the setting here, so that
/// releases which do the same are known as the same.
package struct ExperimentSignature: Hashable, Sendable {
  private let scenario: Scenario
  private let readings: [SysctlReading]
  private let options: SocketOptions
  private let optionsSetAfter: Duration
  private let path: Path
  private let receiverFate: ReceiverFate?
  private let neighbourEntry: NeighbourEntry?
  private let tickRates: [TickRate]
  private let features, unchecked: Set<KernelRules.Feature>
  /// Nil if features say all.
  private let release: String?

  package init(of experiment: Experiment, under rules: KernelRules) {
    self.scenario = experiment.scenario
    options = experiment.options.deciding(experiment.scenario)
    optionsSetAfter =
      experiment.scenario.depends(on: .lateOptions) ? experiment.optionsSetAfter : .zero
    tickRates = rules.tickRates
    receiverFate = experiment.scenario.depends(on: .receiverFate) ? experiment.receiverFate : nil
    neighbourEntry =
      experiment.scenario.depends(on: .neighbourEntry) ? experiment.neighbourEntry : nil
    var path = experiment.path
    if !experiment.scenario.depends(on: .retransmissionTimeout) {
      path = Path(roundTrip: path.roundTrip.upperBound...path.roundTrip.upperBound)
    }
    self.path = path
    readings = experiment.scenario.sysctls.map { key in
      let reading = experiment.snapshot[key]
      return reading == .absent ? Self.constants[key] ?? .absent : reading
    }
    // An option of these features has an effect only where the kernel has them.
    let hasOption = options[.rtoMax] != nil || options[.rtoMin] != nil
    unchecked = rules.unchecked
    release = rules.hasRulesOfItsOwn ? rules.release.description : nil
    features = hasOption ? rules.features : rules.features.subtracting(Self.settingFeatures)
  }

  /// What kernels do that lack the setting.
  private static let constants: [SysctlKey: SysctlReading] = [
    .tcpSynLinearTimeouts: .value(0),
    .tcpRtoMaxMs: .value(.number(Int(RetransmissionTimeout.defaultMaximum / .milliseconds(1)))),
    .tcpRtoMinUs: .value(.number(Int(RetransmissionTimeout.defaultMinimum / .microseconds(1)))),
  ]
  private static let settingFeatures: Set<KernelRules.Feature> = [
    .linearSYNTimeouts, .rtoMinimumSetting, .rtoMaximumSetting,
  ]
}
