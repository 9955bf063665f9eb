package import NetAddress

/// Connecting to one address again and again: each time with a new socket, and with one that is
/// disconnected by connect with AF_UNSPEC in between.
package struct ReconnectTrial: Sendable {
  /// The target as the user wrote it.
  package var target: String
  /// The address that was connected to; nil for a name that has none.
  package var endpoint: Endpoint?
  /// The other addresses of the name that were tried before one was chosen.
  package var others: [(endpoint: Endpoint, outcome: ConnectOutcome)] = []
  /// Why the name has no address; nil if it has one.
  package var objection: String?
  /// The outcomes that are right.
  package var expected: Set<ConnectOutcome.Kind> = [.open]
  /// Whether all are to connect from one local port, which new sockets then find taken.
  package var hasOwnPort = false
  /// How many rounds were requested.
  package var rounds: Int
  /// How long an attempt without an answer is waited for.
  package var deadline: Duration?
  package var isInterrupted = false
  /// What a connect before the rounds found; nil if there was none.
  package var look: PeerSurvey?
  package var renewed = Method(), reused = Method()

  package init(of target: String, to endpoint: Endpoint?, rounds: Int) {
    (self.target, self.endpoint, self.rounds) = (target, endpoint, rounds)
  }

  /// Whether every round ended as expected; nil if it was interrupted before the first.
  package var isExpected: Bool? {
    if isInterrupted, renewed.rounds.isEmpty, reused.rounds.isEmpty { return nil }
    if endpoint == nil { return expected.contains(.unresolved) }
    // That the same socket finds its port taken is a failure: somebody else has it.
    return reused.rounds.allSatisfy { expected.contains($0.outcome.kind) }
      && renewed.rounds.allSatisfy {
        expected.contains($0.outcome.kind) || hasOwnPort && $0.outcome == Self.portTaken
      }
  }

  /// What a socket finds whose local port TIME-WAIT keeps.
  package static let portTaken = ConnectOutcome.localError(call: "bind", errno: "EADDRINUSE")

  /// What disconnecting saves, in rounds that ended alike with both methods.
  package var saving: PairedDifference? {
    PairedDifference(
      zip(renewed.rounds, reused.rounds)
        .filter { $0.outcome.kind == $1.outcome.kind && $0.outcome.kind != .localError }
        .map { $0.cost - $1.cost })
  }
}

extension ReconnectTrial {
  /// One connect and its end.
  package struct Round: Sendable {
    package var outcome: ConnectOutcome
    /// What the calls on this host took, from the first to the last, without waiting for the peer.
    package var cost = Duration.zero
    /// From connect's return until the outcome was known, the wake-up included.
    package var wait = Duration.zero
    /// The local port; nil if none was taken.
    package var port: UInt16?
    /// The state just before the end; nil if there was no connection.
    package var state: TCPState?
    /// Bytes that had come by then and were thrown away.
    package var unread = 0
    /// Whether the end sent the peer a RST.
    package var sentReset = false

    package init(_ outcome: ConnectOutcome) { self.outcome = outcome }
  }

  package struct Method: Sendable {
    package var rounds: [Round] = []

    package init() {}

    /// What the calls took; local errors, which leave some of them out, do not count.
    package var costs: [Duration] {
      rounds.filter { $0.outcome.kind != .localError }.map(\.cost)
    }
    /// Of waiting for a peer that answered.
    package var waits: TimeStatistics? {
      TimeStatistics(rounds.filter(\.outcome.isAnswer).map(\.wait))
    }
    /// Which calls failed on this host, and how.
    package var localErrors: Set<ConnectOutcome> {
      Set(rounds.map(\.outcome).filter { $0.kind == .localError })
    }
    package var counts: [ConnectOutcome.Kind: Int] {
      Dictionary(rounds.map { ($0.outcome.kind, 1) }) { $0 + $1 }
    }
    package var open: Int { counts[.open] ?? 0 }
    /// Rounds that did not reach the peer, for no fault of this host's.
    package var failures: Int { rounds.count - open - (counts[.localError] ?? 0) }
    package var unread: Int { rounds.count { $0.unread > 0 } }
    package var resets: Int { rounds.count(where: \.sentReset) }
    /// Rounds whose connection the peer had reset before they ended.
    package var resetByPeer: Int {
      rounds.count { $0.outcome.kind == .open && $0.state == .closed }
    }
    /// Rounds that ended an established connection with a FIN: here is who waits in TIME-WAIT.
    package var closedFirst: Int { rounds.count { $0.state == .established && !$0.sentReset } }

    /// The local ports in the order of the rounds.
    package var ports: [UInt16] { rounds.compactMap(\.port) }
    /// How often a round's port was another than that of the round before.
    package var portChanges: Int { zip(ports, ports.dropFirst()).count { $0 != $1 } }
  }
}
