/// The state of a TCP socket, by the kernel's number (`include/net/tcp_states.h`).
package enum TCPState: UInt8, Sendable, CaseIterable {
  case established = 1
  case synSent = 2
  /// SYN-RECV: a handshake that the listener has answered (`TCP_NEW_SYN_RECV` as well).
  case synReceived = 3
  case finWait1 = 4
  case finWait2 = 5
  case timeWait = 6
  case closed = 7
  case closeWait = 8
  case lastAck = 9
  case listen = 10
  case closing = 11

  /// The kernel's name of the state, such as `syn-recv` for `TCP_SYN_RECV`.
  package var name: String {
    switch self {
    case .established: "established"
    case .synSent: "syn-sent"
    case .synReceived: "syn-recv"
    case .finWait1: "fin-wait-1"
    case .finWait2: "fin-wait-2"
    case .timeWait: "time-wait"
    case .closed: "close"
    case .closeWait: "close-wait"
    case .lastAck: "last-ack"
    case .listen: "listen"
    case .closing: "closing"
    }
  }

  /// Reads a name in upper or lower case, with `-` or `_`; nil for any other text.
  package init?(named text: String) {
    let name = String(text.lowercased().map { $0 == "_" ? "-" : $0 })
    guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = state
  }

  /// Whether disconnecting a socket in this state sends the peer a RST (`tcp_need_reset`).
  package var needsReset: Bool {
    switch self {
    case .established, .closeWait, .finWait1, .finWait2, .synReceived: true
    case .synSent, .timeWait, .closed, .lastAck, .listen, .closing: false
    }
  }
}
