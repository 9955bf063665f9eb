package import Linux
package import TCPModel

/// What became of one address of a target.
package struct ProbeResult: Sendable {
  /// As the user wrote it.
  package let target: String
  /// The target's place among all.
  package let place: Int
  /// Nil for a name that has none.
  package let address: SocketAddress?
  /// One for each round.
  package let rounds: [ConnectResult]
  /// How long the name took; nil where there was none.
  package let resolution: Duration?

  /// What counts: the last round, unless an earlier one was no answer.
  package var result: ConnectResult {
    rounds.last { !$0.outcome.isAnswer } ?? rounds[rounds.count - 1]
  }
}
