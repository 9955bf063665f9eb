import NetAddress
import TCPModel

/// An experiment as it crosses the pipe: its sysctls are a set that several may share.
struct RunRequest: Hashable {
  /// The index among the caller's experiments.
  var number: Int
  /// The index of its set of sysctls.
  var settings: Int
  var scenario: Scenario
  var family: AddressFamily
  /// How many small writes a `send` or `close` makes.
  var segments: Int
  var optionsSetAfter: Duration
  /// nil: the peer stays silent for ever.
  var outage: Duration?
  /// A device that forgets the connection of a peer that lives; nil: none, and the peer falls silent.
  var box: ForgettingBox?
  /// Of a `zero-window`; never `diesAtWorstMoment`, which is another for every experiment.
  var receiverFate = ReceiverFate.dies(after: .zero)
  /// What is known of the address of a `neighbour` or a `moved-address`.
  var entry = NeighbourEntry.none
  /// What the client of a `moved-address` does; nil elsewhere.
  var activity: ClientActivity?
  /// When an end that nobody reports may come, since the start; in order, and apart.
  var endWindows: [ClosedRange<Duration>] = []
  var options: SocketOptions
}
