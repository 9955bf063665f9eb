package import TCPModel

/// What became of one address of a target that was connected to.
package struct ProbedAddress: Sendable {
  /// As the user wrote it.
  package var target: String
  /// The target's place among all.
  package var index: Int
  /// The address's place among those of the target.
  package var number: Int
  /// With its port; nil for a name that has none.
  package var address: String?
  /// The same without its port, as on the wire: four or sixteen; empty for a name that has none.
  package var bytes: [UInt8]
  /// The same port; nil for a name without an address.
  package var port: UInt16?
  package var isV6: Bool
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
    target: String, index: Int = 0, number: Int = 0, address: String?, bytes: [UInt8] = [],
    port: UInt16? = nil, isV6: Bool = false, options: SocketOptions = SocketOptions(),
    rounds: [ConnectResult],
    resolution: Duration? = nil
  ) {
    precondition(!rounds.isEmpty, "nothing became of it")
    (self.target, self.index, self.number) = (target, index, number)
    (self.address, self.bytes, self.port) = (address, bytes, port)
    (self.isV6, self.options) = (isV6, options)
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
