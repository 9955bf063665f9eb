package import NetAddress

/// What the kernel reports of one TCP connection (TCP_INFO).
///
/// Whatever a kernel is too old to report, or does not report in this state, is nil and never zero.
package struct TCPInfo: Equatable, Sendable {
  package var state: TCPState?
  /// Timeouts in a row without an answer.
  @Count package var retransmits: Int?
  /// Probes without an answer.
  @Count package var probes: Int?
  /// Doublings of the timer.
  @Count package var backoff: Int?
  @Microseconds package var retransmissionTimeout: Duration?
  /// The smoothed round trip; nil before the first sample, as is its variation.
  @Microseconds package var roundTrip: Duration?
  @Microseconds package var roundTripVariation: Duration?
  /// How many segments are not acknowledged.
  @Count package var unacknowledged: Int?
  /// How many of them were retransmitted and are in flight.
  @Count package var retransmitted: Int?
  /// How long ago this end last sent data; nil before there is a connection, as are the next two.
  @Milliseconds package var sinceLastSent: Duration?
  @Milliseconds package var sinceLastReceived: Duration?
  /// How long ago it last received an ACK.
  @Milliseconds package var sinceLastAcknowledged: Duration?
  /// The largest segment this end sends, in bytes.
  @Count package var segmentSize: Int?
  @Count package var totalRetransmissions: Int?
  /// The smallest round trip that was measured lately; nil before the first sample. Since Linux 4.6.
  @Microseconds package var leastRoundTrip: Duration?
  /// Bytes written and never sent. Since Linux 4.6.
  @Count package var notSent: Int?
  /// The peer's window, in bytes. Since Linux 5.4.
  @Count package var sendWindow: Int?
  /// Timeouts of the connection's whole life. Since Linux 6.7.
  @Count package var totalTimeouts: Int?

  package init() {}
}

/// Numbers and times in the 32 bits that the kernel has for them: of a hundred thousand sockets all
/// are in memory. With `$` they are what the kernel says.
extension TCPInfo {
  @propertyWrapper
  package struct Count: Equatable, Sendable {
    private var number = Number()

    package init(wrappedValue: Int?) { self.wrappedValue = wrappedValue }

    package var projectedValue: UInt32? {
      get { number.value }
      set { number.value = newValue }
    }
    package var wrappedValue: Int? {
      get { number.value.map { Int($0) } }
      set { number.value = newValue.map { UInt32(clamping: $0) } }
    }
  }

  @propertyWrapper
  package struct Microseconds: Equatable, Sendable {
    private var number = Number()

    package init(wrappedValue: Duration?) { self.wrappedValue = wrappedValue }

    package var projectedValue: UInt32? {
      get { number.value }
      set { number.value = newValue }
    }
    package var wrappedValue: Duration? {
      get { number.value.map { .microseconds($0) } }
      set { number.value = newValue.map { UInt32(clamping: Int64($0 / .microseconds(1))) } }
    }
  }

  @propertyWrapper
  package struct Milliseconds: Equatable, Sendable {
    private var number = Number()

    package init(wrappedValue: Duration?) { self.wrappedValue = wrappedValue }

    package var projectedValue: UInt32? {
      get { number.value }
      set { number.value = newValue }
    }
    package var wrappedValue: Duration? {
      get { number.value.map { .milliseconds($0) } }
      set { number.value = newValue.map { UInt32(clamping: Int64($0 / .milliseconds(1))) } }
    }
  }

  /// Up to 2³² − 2: the largest number stands for nil, as it does in the kernel's own `min_rtt`.
  private struct Number: Equatable, Sendable {
    private var stored = UInt32.max

    var value: UInt32? {
      get { stored == .max ? nil : stored }
      set { stored = newValue.map { min($0, .max - 1) } ?? .max }
    }
  }
}
