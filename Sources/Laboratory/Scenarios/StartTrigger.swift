import TCPModel

/// What is seen on the wire before a scenario begins: an acknowledgement of the peer.
struct StartTrigger {
  /// How many events come before it.
  private var events: Int
  private let isIt: @Sendable (Segment) -> Bool

  init(after events: Int = 0, when isIt: @escaping @Sendable (Segment) -> Bool) {
    (self.events, self.isIt) = (events, isIt)
  }

  /// Takes in what the client sends.
  mutating func take(_ kind: Timeline.EventKind?) {
    if kind != nil { events -= 1 }
  }

  /// Returns whether the scenario begins with this segment of the peer.
  func isOver(with answer: Segment) -> Bool {
    events <= 0 && answer.isACK && !answer.isSYN && !answer.isRST && isIt(answer)
  }
}
