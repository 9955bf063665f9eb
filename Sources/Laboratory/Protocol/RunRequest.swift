import TCPModel

/// A case as it crosses the pipe: its sysctls are a set that several cases may share.
struct RunRequest: Hashable {
  /// The place among the caller's cases.
  var number: Int
  /// The place among the sets of sysctls.
  var settings: Int
  var scenario: Scenario
  var family: Experiment.Family
  /// How many small writes a `send` or `close` makes.
  var segments: Int
  var optionsSetAfter: Duration
  /// nil: the peer stays silent for ever.
  var outage: Duration?
  /// Of a `zero-window`; never `diesAtWorstMoment`, which is another for every experiment.
  var receiverFate = ReceiverFate.dies(after: .zero)
  /// What is known of the address of a `neighbour`.
  var entry = NeighbourEntry.none
  /// When what ends unseen may end, since its start; in order, and apart.
  var ends: [ClosedRange<Duration>] = []
  var options: SocketOptions
}
