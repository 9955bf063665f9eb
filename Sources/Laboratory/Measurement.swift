package import TCPModel

/// What the laboratory brings back.
package struct Measurement: Sendable {
  /// One for each case, in the order of the cases.
  package let observations: [Observation]
  /// Whether SIGINT ended it before its time; cases alive then are `running`.
  package let wasInterrupted: Bool
}
