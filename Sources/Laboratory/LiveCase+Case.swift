import TCPModel

extension LiveCase {
  /// What the sandbox has to know of a case.
  init(_ play: Case, number: Int, settings: Int) {
    (self.number, self.settings) = (number, settings)
    (scenario, family, options) = (play.scenario, play.family, play.options)
    // A FIN may be all there is to send.
    segments = max(play.scenario == .close ? 0 : 1, play.path.segments)
    optionsSetAfter = max(.zero, play.optionsSetAfter)
    outage = play.outage.map { max(.zero, $0) }
    if play.scenario == .zeroWindow { death = Death(of: play) }
    if play.scenario == .neighbour { entry = play.neighbourEntry }
    if play.scenario.endsUnseen { ends = play.expectedEnds }
  }
}

extension LiveCase.Death {
  fileprivate init(of play: Case) {
    switch play.stall {
    case .peerDies(let time): self = .after(max(.zero, time))
    case .peerDiesAtWorstMoment: self = .answering(probe: play.probeBeforeWorstDeath)
    case .peerDiesAnswering(let probe): self = .answering(probe: probe)
    case .peerLives: self = .never
    }
  }
}

extension Scenario {
  /// Whether no program has a descriptor that tells of the end.
  fileprivate var endsUnseen: Bool {
    switch self {
    case .accept, .close, .finWait, .timeWait: true
    case .connect, .neighbour, .idle, .send, .zeroWindow: false
    }
  }
}

extension Case {
  /// What a round trip over loopback may take, on a machine that is busy.
  private static let loopback = Duration.zero...(.milliseconds(10))
  /// How much earlier and later than the model has it an end is looked for closely.
  private static let slack = (early: Duration.milliseconds(60), late: Duration.milliseconds(300))

  /// When it may end, since its start: apart, and in order.
  fileprivate var expectedEnds: [ClosedRange<Duration>] {
    var played = self
    (played.path.roundTrip, played.path.retransmissionTimeout) = (Self.loopback, nil)
    let ends = Timeline(of: played).branches.map(\.range).sorted { $0.earliest < $1.earliest }
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
