import TCPModel

/// A case as it crosses the pipe: its sysctls are a set that several cases may share.
struct LiveCase: Hashable {
  /// When the peer of a closed window dies.
  enum Death: Hashable {
    /// That long after the window closed.
    case after(Duration)
    /// With its answer to that probe, or the next one it answers; zero: as the window closes.
    case answering(probe: Int)
    case never
  }

  /// The place among the caller's cases.
  var number: Int
  /// The place among the sets of sysctls.
  var settings: Int
  var scenario: Scenario
  var family: Case.Family
  /// How many small writes a `send` or `close` makes.
  var segments: Int
  var optionsSetAfter: Duration
  /// nil: the peer stays silent for ever.
  var outage: Duration?
  /// Of a `zero-window`.
  var death = Death.after(.zero)
  /// What is known of the address of a `neighbour`.
  var entry = NeighbourEntry.none
  /// When what ends unseen may end, since its start; in order, and apart.
  var ends: [ClosedRange<Duration>] = []
  var options: SocketOptions
}
