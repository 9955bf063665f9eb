/// The state of a TCP connection, by the kernel's number.
package enum TCPState: UInt8, Sendable, CaseIterable {
  case established = 1
  case synSent = 2
  /// Seen in SYN-RECV: a handshake that the listener has answered (`TCP_NEW_SYN_RECV` as well).
  case synReceived = 3
  case finWait1 = 4
  case finWait2 = 5
  case timeWait = 6
  case closed = 7
  case closeWait = 8
  case lastAck = 9
  case listen = 10
  case closing = 11

  /// Whether dissolving a connection in this state sends the peer a RST (`tcp_need_reset`).
  package var needsReset: Bool {
    switch self {
    case .established, .closeWait, .finWait1, .finWait2, .synReceived: true
    case .synSent, .timeWait, .closed, .lastAck, .listen, .closing: false
    }
  }
}
