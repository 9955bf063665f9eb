import TCPModel

/// A case as it crosses the pipe: its sysctls are a set that several cases may share.
struct LiveCase: Equatable {
  /// The place among the caller's cases.
  var number: Int
  /// The place among the sets of sysctls.
  var settings: Int
  var scenario: Scenario
  var family: Case.Family
  /// How many small writes a `send` makes.
  var segments: Int
  var optionsSetAfter: Duration
  /// nil: the peer stays silent for ever.
  var outage: Duration?
  var options: SocketOptions
}
