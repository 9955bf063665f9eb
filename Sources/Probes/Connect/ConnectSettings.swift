import Linux
package import NetAddress
package import TCPModel

/// How to connect to many.
package struct ConnectSettings: Sendable {
  /// Set on every socket before it connects, under what its destination brings along.
  package var options = SocketOptions()
  /// The source; port zero lets the kernel choose for each attempt.
  package var source: Endpoint?
  /// The interface to leave by; nil lets routes choose.
  package var device: String?
  /// When we stop waiting for an attempt.
  package var deadline = Duration.seconds(5)
  /// Attempts under way at the same time.
  package var concurrency = 256
  /// Attempts begun in a second; nil is as many as can be.
  package var rate: Int? = 1000
  /// How often to try again what failed on this host and may be better later.
  package var retries = 2
  /// Close with a RST instead of a FIN: no TIME-WAIT keeps the port.
  package var resets = false

  package init() {}
}
