import NetAddress

/// What decides an experiment on a kernel, and nothing else: two of equal signature have one timeline.
///
/// Kernels that have no setting for a time use a constant; it stands for the setting here, so that
/// releases which do the same are known as the same.
package struct ExperimentSignature: Hashable, Sendable {
  private let scenario: Scenario
  private let readings: [SysctlReading]
  /// In the order in which the scenario names those that decide it.
  private let options: [Int?]
  private let optionsSetAfter: Duration
  private let path: Path
  private let receiverFate: ReceiverFate?
  private let neighbourEntry: NeighbourEntry?
  private let family: AddressFamily?
  private let client: ClientActivity?
  private let tickRates: [TickRate]
  private var precision: Precision
  private let features, unchecked: KernelRules.Features
  /// What ends a connect; nil elsewhere, and where nobody knows.
  private let connectLimits: KernelRules.ConnectLimits?
  /// Where it is named as the reason why something is not known; nil elsewhere.
  private let release: String?

  package init(of experiment: Experiment, under rules: KernelRules) {
    scenario = experiment.scenario
    options = experiment.scenario.definition.options.map { experiment.options[$0] }
    optionsSetAfter =
      experiment.scenario.depends(on: .lateOptions) ? experiment.optionsSetAfter : .zero
    (tickRates, precision) = (rules.tickRates, experiment.precision)
    receiverFate = experiment.scenario.depends(on: .receiverFate) ? experiment.receiverFate : nil
    neighbourEntry =
      experiment.scenario.depends(on: .neighbourEntry) ? experiment.neighbourEntry : nil
    family = experiment.scenario.depends(on: .family) ? experiment.family : nil
    client = experiment.scenario.depends(on: .client) ? experiment.client : nil
    var path = experiment.path
    if !experiment.scenario.depends(on: .retransmissionTimeout) {
      path = Path(roundTrip: path.roundTrip)
    }
    self.path = path
    let sysctls = client == nil ? experiment.scenario.sysctls : experiment.decidingSysctls
    readings = sysctls.map { key in
      let reading = experiment.snapshot[key]
      return reading == .absent ? Self.constants[key] ?? .absent : reading
    }
    let deciding = experiment.decidingFeatures
    features = rules.features.intersection(deciding)
    unchecked = rules.unchecked.intersection(deciding)
    let connects = experiment.scenario.definition.opener == .client || client == .connect
    connectLimits = connects ? Self.connectLimits(of: experiment, under: rules) : nil
    let isUnknown = !unchecked.isEmpty || connects && connectLimits == nil
    release = isUnknown ? rules.release.description : nil
  }

  /// The same, asked for exactly; nil if it is.
  package var precise: ExperimentSignature? {
    if precision == .exact { return nil }
    var precise = self
    precise.precision = .exact
    return precise
  }

  private static func connectLimits(of experiment: Experiment, under rules: KernelRules)
    -> KernelRules.ConnectLimits?
  {
    try? rules.connectLimits(withUserTimeout: experiment.options[.userTimeout] ?? 0 > 0)
  }

  /// What kernels do that lack the setting.
  private static let constants: [SysctlKey: SysctlReading] = [
    .tcpSynLinearTimeouts: .value(0),
    .tcpRtoMaxMs: .value(.number(Int(RetransmissionTimeout.defaultMaximum / .milliseconds(1)))),
    .tcpRtoMinUs: .value(.number(Int(RetransmissionTimeout.defaultMinimum / .microseconds(1)))),
  ]
}

extension Experiment {
  /// What of a kernel has a part in it. An option of features that bring a setting has an effect only
  /// where the kernel has them; the settings themselves show in what is read.
  fileprivate var decidingFeatures: KernelRules.Features {
    var features = scenario.definition.features.union([.timerWheel])
    if scenario.depends(on: .client), client != .connect {
      // The neighbour's are beside those of a client that connects.
      features = features.subtracting(ScenarioDefinition.connect.features)
        .union(client.scenario.definition.features)
    }
    if options[.rtoMax] == nil, options[.rtoMin] == nil {
      features = features.subtracting([
        .linearSYNTimeouts, .rtoMinimumSetting, .rtoMaximumSetting,
      ])
    }
    if options[.userTimeout] ?? 0 == 0 {
      features = features.subtracting([.waitsClampedToUserTimeout, .signedProbeClamp])
    }
    return features
  }
}
