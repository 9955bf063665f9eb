package import TCPModel

/// What the laboratory saw when it ran an experiment with real sockets.
package struct Observation: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// The kernel ended it; the name of the errno the socket reported, nil if no program has it any
    /// more.
    case ended(errno: String?, after: Duration)
    /// The case's outage was over in time: the first segment that got an answer left so long after.
    case outlived(resumedAfter: Duration)
    /// It had not ended when the time was up.
    case running(after: Duration)
    /// The experiment could not be run.
    case notRun(because: String)
  }

  package struct Event: Hashable, Sendable {
    package var kind: Timeline.EventKind
    /// The time since the start of the scenario.
    package var time: Duration
    package init(_ kind: Timeline.EventKind, at time: Duration) {
      (self.kind, self.time) = (kind, time)
    }
  }

  package var outcome: Outcome
  /// Segments seen on the wire, in order; the first SYN is one.
  package var events: [Event]
  /// The socket's own first timeout and smoothed round trip (TCP_INFO), where it had them before
  /// the peer fell silent; the model simulates with these.
  package var retransmissionTimeout: Duration?
  package var roundTrip: Duration?
  /// What the peer of a closed window really did, where the case left that open.
  package var receiverFate: ReceiverFate?
  /// How long the outage was in the end, whose end a process wakes up for late; nil if there was
  /// none, or none that was over.
  package var outage: Duration?
  /// When it was last seen, where its end is told to nobody and was looked for: it ended between
  /// that and what `ended` says.
  package var lastSeen: Duration?
  /// Settings of the case that could not be copied into the sandbox, with the errno's name.
  package var notCopied: [SysctlKey: String]
  /// Why there was only the host's own loopback to run it on; nil in a sandbox.
  package var onHostBecause: String?

  package init(
    outcome: Outcome, events: [Event] = [], retransmissionTimeout: Duration? = nil,
    roundTrip: Duration? = nil, outage: Duration? = nil, notCopied: [SysctlKey: String] = [:]
  ) {
    (self.outcome, self.events, self.notCopied) = (outcome, events, notCopied)
    self.outage = outage
    (self.retransmissionTimeout, self.roundTrip) = (retransmissionTimeout, roundTrip)
  }
}
