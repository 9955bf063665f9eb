/// What lies between two hosts, as far as it decides times.
package struct Path: Hashable, Sendable {
  /// The round-trip times that occur on it.
  package var roundTrip: ClosedRange<Duration>
  /// The first retransmission timeout, where it is known (TCP_INFO's `tcpi_rto`); then it replaces
  /// the range that follows from `roundTrip`.
  package var retransmissionTimeout: Duration?
  /// Segments in flight when the peer falls silent; a lone one gets a late loss probe. For `close`
  /// none is possible too: then the FIN is alone.
  package var segments: Int
  /// How many addresses a name has that `connect` tries one after the other.
  package var addresses: Int

  /// A path inside one machine room, where nothing else is said.
  package static let defaultRoundTrip = Duration.microseconds(100)...Duration.microseconds(100)

  package init(
    roundTrip: ClosedRange<Duration> = Path.defaultRoundTrip,
    retransmissionTimeout: Duration? = nil, segments: Int = 1, addresses: Int = 1
  ) {
    (self.roundTrip, self.retransmissionTimeout) = (roundTrip, retransmissionTimeout)
    (self.segments, self.addresses) = (segments, addresses)
  }

  /// Returns the first retransmission timeouts that follow from the round trips, before they are
  /// rounded to ticks and bounded: `srtt + max(rttvar, minimum)`, from what is left when the
  /// variance has died down to that of the first sample (`tcp_rtt_estimator`, `tcp_set_rto`; RFC
  /// 6298).
  package func timeouts(minimum: Duration) -> ClosedRange<Duration> {
    let longest = roundTrip.upperBound
    return roundTrip.lowerBound + minimum...longest + max(longest * 2, minimum)
  }
}
