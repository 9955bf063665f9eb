extension Timeline {
  /// What came before, or what the peer may have done, and no phase decides: branches of different ones
  /// stand apart.
  package enum Circumstance: String, CaseIterable, Sendable {
    /// Its acknowledgement came, without data, and is ignored.
    case acknowledged
    case notAcknowledged = "not-acknowledged"
    /// No keepalive probe was answered before, or that is long ago: as on a new connection.
    case noAnsweredProbe = "no-answered-probe"
    /// Probes were. The timer was armed for the interval when the last one left, whatever came after it; it
    /// matters where that is longer than the idle time.
    case answeredProbes = "answered-probes"
  }
}
