package import TCPModel

/// When a live socket would notice that its peer is gone, in one of the ways that can happen to it.
package struct SocketForecast: Hashable, Sendable {
  package let scenario: Scenario
  package let timeToEnd: TimeToEnd
  package let errno: String?
  /// Whether the program's options are taken to be unset, because they are not known.
  package let isAssumed: Bool
}
