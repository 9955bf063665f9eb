/// One way a connection fails.
package enum Scenario: String, CaseIterable, Sendable {
  /// `connect()` to a host that stays silent.
  case connect
  /// `connect()` to an address on the local link where nobody lives.
  case neighbour
  /// A client's last ACK never comes (SYN-RECV).
  case accept
  /// Established, nothing to send, peer silently gone.
  case idle
  /// Established, data unacknowledged, peer silently gone.
  case send
  /// The peer's window is closed and it dies, or stays closed.
  case zeroWindow = "zero-window"
  /// Closed locally with data unacknowledged (orphan).
  case close
  /// We closed, the peer acknowledged and never closes.
  case finWait = "fin-wait"
  /// After an orderly close.
  case timeWait = "time-wait"

  /// What happened, in a line.
  package var summary: String {
    switch self {
    case .connect: "connect() to a host that stays silent"
    case .neighbour: "connect() to an address on the local link where nobody lives"
    case .accept: "a client's last ACK never comes"
    case .idle: "established, nothing to send, peer silently gone"
    case .send: "established, data unacknowledged, peer silently gone"
    case .zeroWindow: "peer's window is closed and it dies, or stays closed"
    case .close: "closed locally with data unacknowledged"
    case .finWait: "we closed, the peer acknowledged and never closes"
    case .timeWait: "after an orderly close"
    }
  }

  /// Whether the retransmission timeout of the path decides it; elsewhere the longest round trip only
  /// says which answers come in time.
  package var dependsOnTimeout: Bool {
    switch self {
    case .connect, .neighbour, .accept, .idle, .timeWait: false
    case .send, .zeroWindow, .close, .finWait: true
    }
  }
}
