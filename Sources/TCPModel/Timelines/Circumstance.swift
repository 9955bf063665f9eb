extension Timeline {
  /// What came before, or what the peer may have done, and no phase decides: branches of different ones
  /// stand apart.
  package enum Circumstance: String, CaseIterable, Sendable {
    /// Its acknowledgement came, without data, and is ignored.
    case acknowledged
    case notAcknowledged = "not-acknowledged"
    /// The last that was heard of the peer is other than the answer to a keepalive probe.
    case afterTraffic = "after-traffic"
    /// It is such an answer: the timer was armed for the interval when that probe left, which matters
    /// where it is longer than the idle time.
    case afterAnsweredProbe = "after-answered-probe"
  }
}
