extension Timeline {
  /// What the peer may have done, and no phase decides: branches of different ones stand apart.
  package enum HandshakeACK: String, CaseIterable, Sendable {
    /// Its acknowledgement came, without data, and is ignored.
    case acknowledged
    case notAcknowledged = "not-acknowledged"
  }
}
