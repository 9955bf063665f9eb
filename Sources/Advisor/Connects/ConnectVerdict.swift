package import Observations
package import TCPModel

/// A bound of a profile's objective held against how long a program hangs that connects as a real
/// attempt did.
package struct ConnectVerdict: Sendable {
  package enum Status: Hashable, Sendable {
    case met, missed
    case unknown(because: String)

    package var name: String {
      switch self {
      case .met: "met"
      case .missed: "missed"
      case .unknown: "unknown"
      }
    }
  }

  /// What made an attempt end that hung.
  package enum Cause: Sendable {
    /// Timers of this host, as the model plays them.
    case timers(ConnectHang)
    /// Somebody's message; nil where the kernel does not say whose.
    case message(ICMPReport?)
  }

  package var profile, group: String
  /// An address with its port, or a name.
  package var target: String
  package var kind: Objective.Kind
  package var wanted: WrittenTime
  package var status: Status
  /// How long the program hangs.
  package var timeToEnd: TimeToEnd
  /// Whether that was seen, not played.
  package var isMeasured: Bool
  /// Those that the program tries, all of them counted.
  package var addresses: Int
  /// Whether it does not wait for one before it tries the next (RFC 8305).
  package var isRace = false
  /// Those it was played with; empty where it is as the attempt was made.
  package var options: SocketOptions
  /// One for each kind of end.
  package var causes: [Cause]
  /// The longest outage that is outlived; nil where that is not asked, or not limited.
  package var outlives: Duration?
  /// How long after the outage that is to be outlived an attempt is answered at worst; nil where
  /// that is not asked, or it is not outlived.
  package var resumes: Duration?
  /// Each of them alone makes the group's objective be met.
  package var remedies: [ConnectRemedy] = []

  /// What the group asks of a connection that a probe does not show: `process`, for example.
  package var unseen: [String] = []

  package var isMissed: Bool { status == .missed }
  package var isUnknown: Bool { if case .unknown = status { true } else { false } }
}
