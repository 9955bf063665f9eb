package import Linux
package import Observations
import TCPModel

/// What the laboratory brings back.
package struct Measurement: Sendable {
  /// One for each case, in the order of the cases.
  package let observations: [Observation]
  /// The signal that ended it before its time; cases alive then are `running`.
  package let stoppedBy: TerminationSignal?
  /// What went wrong on the way, for people to know; nil when nothing did.
  package let mishap: String?
}
