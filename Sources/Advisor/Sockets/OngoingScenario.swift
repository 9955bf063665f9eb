import NetAddress
import Observations
package import TCPModel

/// A scenario that a live socket is in the middle of: its peer has not answered for a while; a class,
/// because most sockets have none.
package final class OngoingScenario: Sendable {
  package let scenario: Scenario
  /// How many retransmissions or probes have gone unanswered.
  package let unanswered: Int
  /// Until the next timer is due.
  package let next: Duration
  /// The whole of it, from the beginning.
  package let timeline: Timeline
  /// Nil if it should have ended before: settings have changed, or it is not modelled.
  package let progress: Timeline.Progress?
  /// How long the peer has sent nothing at all; nil if the kernel does not tell.
  package let silence: Duration?
  /// Whether the program's options are taken to be unset, because they are not known.
  package let isAssumed: Bool

  init(
    _ symptom: ScenarioSymptom, _ timeline: Timeline, _ progress: Timeline.Progress?,
    silence: Duration?, isAssumed: Bool
  ) {
    (scenario, unanswered, next) = (symptom.scenario, symptom.unanswered, symptom.next)
    (self.timeline, self.progress) = (timeline, progress)
    (self.silence, self.isAssumed) = (silence, isAssumed)
  }
}

/// What a socket shows of a scenario that it is in the middle of.
struct ScenarioSymptom {
  let scenario: Scenario
  let unanswered: Int
  let next: Duration

  private init(_ scenario: Scenario, _ unanswered: Int, _ next: Duration) {
    (self.scenario, self.unanswered, self.next) = (scenario, unanswered, next)
  }

  /// Nil if all is as it should be: a segment on its way is none, nor is one that was lost once.
  init?(of socket: InetDiagSocket) {
    guard let timer = socket.timer, let next = socket.timerRemaining else { return nil }
    let count = socket.retransmissions
    let isClosed = socket.inode == 0
    switch (socket.state, timer) {
    case (.synSent, .retransmission): self.init(.connect, count, next)
    case (.synReceived, .retransmission) where count > 0: self.init(.accept, count, next)
    case (.established, .retransmission) where count > 0,
      (.closeWait, .retransmission) where count > 0:
      self.init(.send, count, next)
    case (.finWait1, .retransmission), (.closing, .retransmission), (.lastAck, .retransmission):
      if count == 0 { return nil }
      self.init(isClosed ? .close : .send, count, next)
    case (.established, .zeroWindowProbe), (.closeWait, .zeroWindowProbe):
      self.init(.zeroWindow, count, next)
    case (.established, .keepalive) where count > 0, (.closeWait, .keepalive) where count > 0:
      self.init(.idle, count, next)
    case (.finWait2, .keepalive) where isClosed, (.finWait2, .timeWait):
      self.init(.finWait, 0, next)
    default: return nil
    }
  }
}
