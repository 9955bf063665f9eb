import TCPModel

extension RunRequest {
  /// What the sandbox has to know of an experiment.
  init(_ experiment: Experiment, number: Int, settings: Int) {
    (self.number, self.settings) = (number, settings)
    (scenario, family, options) = (experiment.scenario, experiment.family, experiment.options)
    segments = max(scenario.definition.fewestSegments, experiment.path.segments)
    optionsSetAfter = max(.zero, experiment.optionsSetAfter)
    outage = experiment.outage.map { max(.zero, $0) }
    box = experiment.box
    if scenario.depends(on: .receiverFate) { receiverFate = experiment.certainFate }
    if scenario.depends(on: .neighbourEntry) { entry = experiment.neighbourEntry }
    if scenario.depends(on: .client) { activity = experiment.client }
    if scenario.definition.ending == .unreported { endWindows = experiment.endWindows }
  }
}

extension Experiment {
  /// What becomes of the receiver, the worst moment found.
  fileprivate var certainFate: ReceiverFate {
    switch receiverFate {
    case .dies(let time): .dies(after: max(.zero, time))
    case .diesAtWorstMoment: .diesAnswering(probe: probeBeforeWorstDeath)
    case .diesAnswering, .survives: receiverFate
    }
  }
}

extension Experiment {
  /// What a round trip over loopback may take, on a machine that is busy.
  private static let loopback = Duration.zero...(.milliseconds(10))
  /// How much earlier and later than the model has it an end is looked for closely.
  private static let slack = (early: Duration.milliseconds(60), late: Duration.milliseconds(300))

  /// When it may end, since its start: apart, and in order.
  fileprivate var endWindows: [ClosedRange<Duration>] {
    var simulated = self
    (simulated.path.roundTrip, simulated.path.retransmissionTimeout) = (Self.loopback, nil)
    let ends = Timeline(of: simulated).withoutAnsweredProbes.branches.map(\.range)
      .sorted { $0.earliest < $1.earliest }
    var windows: [ClosedRange<Duration>] = []
    for end in ends {
      let first = max(.zero, end.earliest - Self.slack.early)
      let last = end.latest + Self.slack.late
      if let previous = windows.last, first <= previous.upperBound {
        windows[windows.count - 1] = previous.lowerBound...max(previous.upperBound, last)
      } else {
        windows.append(first...last)
      }
    }
    return windows
  }
}
