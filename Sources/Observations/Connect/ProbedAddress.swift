package import NetAddress
package import TCPModel

/// What became of one address of a target that was connected to.
package struct ProbedAddress: Sendable {
  /// The target as the user wrote it.
  package var target: String
  /// The position of the target among all, from 0.
  package var index: Int
  /// The position of the address among those of the target.
  package var number: Int
  /// Where the attempt went; nil for a name that has no address.
  package var endpoint: Endpoint?
  /// The socket options that were set for this target alone.
  package var options: SocketOptions
  /// The result of each round, at least one.
  package var rounds: [ConnectResult]
  /// Whether an interrupt came before its last round was over.
  package var isCutShort = false
  /// How long looking up the name took; nil if the target is an address.
  package var resolution: Duration?
  /// The race of the name's addresses; nil if there was none.
  package var race: RaceReport?
  /// The outcomes that are right.
  package var expected: Set<ConnectOutcome.Kind> = [.open]
  /// When the kernel gives up; nil if an attempt did not hang.
  package var prediction: TimeToEnd?

  package init(
    target: String, index: Int = 0, number: Int = 0, endpoint: Endpoint?,
    options: SocketOptions = SocketOptions(), rounds: [ConnectResult], resolution: Duration? = nil
  ) {
    precondition(!rounds.isEmpty, "nothing became of it")
    (self.target, self.index, self.number) = (target, index, number)
    (self.endpoint, self.options) = (endpoint, options)
    (self.rounds, self.resolution) = (rounds, resolution)
  }

  /// Whether the user named one before the other.
  package static func comesBefore(_ one: Self, _ other: Self) -> Bool {
    (one.index, one.number) < (other.index, other.number)
  }

  /// The round that counts: the worst of those that were not as expected, else the worst of all.
  package var result: ConnectResult { Self.result(of: rounds, expecting: expected) }

  package var isExpected: Bool { expected.contains(result.outcome.kind) }

  /// Returns the round that counts among some rounds, as `result` does.
  package static func result(
    of rounds: [ConnectResult], expecting expected: Set<ConnectOutcome.Kind>
  ) -> ConnectResult {
    if rounds.count == 1 { return rounds[0] }
    let unexpected = rounds.filter { !expected.contains($0.outcome.kind) }
    return unexpected.worst ?? rounds.worst ?? rounds[0]
  }

  /// Nil if there is a single round.
  package var statistics: RoundStatistics? {
    rounds.count > 1 ? RoundStatistics(rounds, expecting: expected) : nil
  }
}
