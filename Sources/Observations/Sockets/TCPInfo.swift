package import NetAddress

/// What the kernel reports of one TCP connection (TCP_INFO).
///
/// Whatever a kernel is too old to report, or does not report in this state, is nil and never zero.
package struct TCPInfo: Equatable, Sendable {
  package var state: TCPState?
  /// Timeouts in a row without an answer; probes without an answer; doublings of the timer.
  package var retransmits, probes, backoff: Int?
  package var retransmissionTimeout: Duration?
  /// The smoothed round trip and its variation; nil before the first sample.
  package var roundTrip, roundTripVariation: Duration?
  /// How many segments are not acknowledged, and how many of them were retransmitted and are in
  /// flight.
  package var unacknowledged, retransmitted: Int?
  /// How long ago this end last sent data, received data and received an ACK; nil before there is a
  /// connection.
  package var sinceLastSent, sinceLastReceived, sinceLastAcknowledged: Duration?
  /// The largest segment this end sends, in bytes.
  package var segmentSize: Int?
  package var totalRetransmissions: Int?
  /// The smallest round trip that was measured lately; nil before the first sample. Since Linux 4.6.
  package var leastRoundTrip: Duration?
  /// Bytes written and never sent. Since Linux 4.6.
  package var notSent: Int?
  /// The peer's window, in bytes. Since Linux 5.4.
  package var sendWindow: Int?
  /// Timeouts of the connection's whole life. Since Linux 6.7.
  package var totalTimeouts: Int?

  package init() {}
}
