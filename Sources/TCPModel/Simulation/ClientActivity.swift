/// What a client does while the address of its peer moves to another host.
package enum ClientActivity: String, CaseIterable, Sendable {
  /// It connects; the new owner takes the connection.
  case connect
  /// It has sent data on an established connection, of which the new owner knows nothing.
  case send
  /// It has nothing to send; keepalive probes alone meet the new owner.
  case idle

  /// What the client would do with a peer that is gone: what it sends, and when it gives up.
  package var scenario: Scenario {
    switch self {
    case .connect: .connect
    case .send: .send
    case .idle: .idle
    }
  }
}
