package import NetAddress

/// What the kernel tells of one TCP connection (TCP_INFO).
///
/// Whatever a kernel is too old to report, or does not report in this state, is nil and never zero.
package struct TCPInfo: Equatable, Sendable {
  package var state: TCPState?
  /// Timeouts in a row without an answer; probes without an answer; doublings of the timer.
  package var retransmits, probes, backoff: Int?
  package var retransmissionTimeout: Duration?
  /// The smoothed round trip and its variation; nil before the first sample.
  package var roundTrip, roundTripVariation: Duration?
  /// Segments that are not acknowledged, and those of them that were sent again and are under way.
  package var unacknowledged, retransmitted: Int?
  /// Nil before there is a connection.
  package var sinceLastSent, sinceLastReceived, sinceLastAcknowledged: Duration?
  /// The largest segment this end sends, in bytes.
  package var segmentSize: Int?
  package var totalRetransmissions: Int?
  /// The smallest round trip of late; nil before the first sample. Since Linux 4.6.
  package var leastRoundTrip: Duration?
  /// Bytes written and never sent. Since Linux 4.6.
  package var notSent: Int?
  /// What the peer's window lets through, in bytes. Since Linux 5.4.
  package var sendWindow: Int?
  /// Timeouts of the connection's whole life. Since Linux 6.7.
  package var totalTimeouts: Int?

  package init() {}
}
