package import TCPModel

/// A device on the path that forgets idle connections.
package struct Middlebox: Hashable, Sendable {
  package typealias Expiry = ForgettingBox.Expiry

  package var name: String
  package var idleTimeout: Duration
  package var onExpiry: Expiry
  /// Whether TCP keepalive probes count as traffic; for layer-7 devices they do not.
  package var tcpKeepaliveCounts: Bool
  /// ISO date on which the source was read.
  package var checkedOn: String?
  package var source: String?
  package var location: FileLocation

  package init(
    name: String, idleTimeout: Duration, onExpiry: Expiry, tcpKeepaliveCounts: Bool,
    checkedOn: String?, source: String?, location: FileLocation
  ) {
    (self.name, self.idleTimeout, self.onExpiry) = (name, idleTimeout, onExpiry)
    self.tcpKeepaliveCounts = tcpKeepaliveCounts
    (self.checkedOn, self.source, self.location) = (checkedOn, source, location)
  }
}
