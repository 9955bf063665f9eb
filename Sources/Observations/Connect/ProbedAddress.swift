package import NetAddress
package import TCPModel

/// What became of one address of a target that was connected to.
package struct ProbedAddress: Sendable {
  /// As the user wrote it.
  package var target: String
  /// The target's place among all.
  package var index: Int
  /// The address's place among those of the target.
  package var number: Int
  /// Nil for a name that has no address.
  package var endpoint: Endpoint?
  /// Set for this target alone.
  package var options: SocketOptions
  /// One for each round, at least one.
  package var rounds: [ConnectResult]
  /// Whether an interrupt came before its last round was over.
  package var isCutShort = false
  /// How long the name took; nil where there was none.
  package var resolution: Duration?
  /// The race it was in; nil where every address counts.
  package var race: RaceReport?
  /// The outcomes that are right.
  package var expected: Set<ConnectOutcome.Kind> = [.open]
  /// When the kernel gives up; nil where an attempt did not hang.
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

  /// The order in which a user has named them.
  package static func comesBefore(_ one: Self, _ other: Self) -> Bool {
    (one.index, one.number) < (other.index, other.number)
  }

  /// The round that counts: the worst of those that were not as expected, else the worst of all.
  package var result: ConnectResult { Self.result(of: rounds, expecting: expected) }

  package var isExpected: Bool { expected.contains(result.outcome.kind) }

  /// The same of rounds that are not put together with an address yet.
  package static func result(
    of rounds: [ConnectResult], expecting expected: Set<ConnectOutcome.Kind>
  ) -> ConnectResult {
    if rounds.count == 1 { return rounds[0] }
    let unexpected = rounds.filter { !expected.contains($0.outcome.kind) }
    return unexpected.worst ?? rounds.worst ?? rounds[0]
  }

  /// Of several rounds; nil for a single one.
  package var statistics: RoundStatistics? {
    rounds.count > 1 ? RoundStatistics(rounds, expecting: expected) : nil
  }
}
