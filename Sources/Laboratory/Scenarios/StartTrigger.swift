import TCPModel

/// What is seen on the wire before a scenario begins: some begin with a segment of the peer.
enum StartTrigger {
  /// The peer's acknowledgement of a FIN.
  case finUnanswered
  /// The peer's acknowledgement that closes its window.
  case windowOpen
  /// Its answer to this probe or a later one; so many were sent.
  case deathAwaited(probe: Int, sent: Int)

  init?(of live: RunRequest) {
    switch (live.scenario, live.receiverFate) {
    case (.finWait, _): self = .finUnanswered
    case (.zeroWindow, .diesAnswering(let probe)) where probe > 0:
      self = .deathAwaited(probe: probe, sent: 0)
    case (.zeroWindow, _): self = .windowOpen
    default: return nil
    }
  }

  /// Takes in what the client sends.
  mutating func take(_ kind: Timeline.EventKind?) {
    if case .deathAwaited(let probe, let sent) = self, kind == .windowProbe {
      self = .deathAwaited(probe: probe, sent: sent + 1)
    }
  }

  /// Whether the scenario begins with this segment of the peer.
  func isOver(with answer: Segment) -> Bool {
    guard answer.isACK, !answer.isSYN, !answer.isRST else { return false }
    return switch self {
    case .finUnanswered: true
    case .windowOpen: answer.window == 0
    case .deathAwaited(let probe, let sent): answer.window == 0 && sent >= probe
    }
  }
}
