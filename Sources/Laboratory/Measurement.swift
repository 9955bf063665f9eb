package import Linux
package import Observations
import TCPModel

/// What the laboratory brings back.
package struct Measurement: Sendable {
  /// One for each experiment, in their order.
  package let observations: [Observation]
  /// The signal that ended it before its time; experiments alive then are `running`.
  package let stoppedBy: TerminationSignal?
  /// What went wrong on the way, for people to know; nil if nothing did.
  package let mishap: String?
}
