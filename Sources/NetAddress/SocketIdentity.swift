/// What tells a TCP socket from others; nil is what is not known of it.
package struct SocketIdentity: Equatable, Sendable {
  /// The user that a socket belongs to.
  package struct User: Equatable, Sendable {
    package let id: UInt32
    /// Nil if the system's database of users has not been asked, or has none of this number.
    package let name: String?

    package init(id: UInt32, name: String? = nil) { (self.id, self.name) = (id, name) }
  }

  /// The name of the program that holds it.
  package var process: String?
  package var user: User?
  /// The two ends. An IPv6 socket that speaks IPv4 may have them as `::ffff:a.b.c.d`.
  package var local, remote: Endpoint?
  /// Where the other end's port is known, and its address is not.
  package var remotePort: UInt16?
  package var state: TCPState?

  package init(
    process: String? = nil, user: User? = nil, local: Endpoint? = nil, remote: Endpoint? = nil,
    remotePort: UInt16? = nil, state: TCPState? = nil
  ) {
    (self.process, self.user, self.state) = (process, user, state)
    (self.local, self.remote, self.remotePort) = (local, remote, remotePort)
  }
}
