/// A device on the path that forgets a connection on which nothing passes; the peer behind it lives.
package struct ForgettingBox: Hashable, Sendable {
  package enum Expiry: String, CaseIterable, Sendable {
    /// Packets vanish from then on, and no sender gets an error.
    case drop
    /// The next packet is answered with a RST.
    case reset
    /// It ends the connection itself, towards both sides.
    case close
  }

  /// How long it remembers a connection that is silent.
  package var memory: Duration
  package var expiry: Expiry
  /// Whether keepalive probes count as traffic; a device that ends connections itself answers them.
  package var countsKeepalive: Bool
  /// How many segments of this side are lost on their way to it, from the first on.
  package var lostSegments: Int

  package init(
    memory: Duration, expiry: Expiry, countsKeepalive: Bool = true, lostSegments: Int = 0
  ) {
    (self.memory, self.expiry) = (memory, expiry)
    (self.countsKeepalive, self.lostSegments) = (countsKeepalive, lostSegments)
  }

  /// How late a device may act: it looks at its table now and then.
  static let lateness = Duration.milliseconds(200)
}
