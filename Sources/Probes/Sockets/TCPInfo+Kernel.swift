import NetAddress
package import Linux
package import Observations
import TCPModel

extension TCPInfo {
  /// Reads `struct tcp_info`, of which every kernel has its own length.
  package init(kernel bytes: ArraySlice<UInt8>) {
    self.init()
    func count(_ offset: Int) -> Int? { bytes.uint32(at: offset).map { Int($0) } }
    func microseconds(_ offset: Int) -> Duration? {
      bytes.uint32(at: offset).map { .microseconds($0) }
    }
    func milliseconds(_ offset: Int) -> Duration? {
      bytes.uint32(at: offset).map { .milliseconds($0) }
    }
    state = bytes.uint8(at: 0).flatMap(TCPState.init(rawValue:))
    // A listener reports only its queue, in fields that mean something else (`tcp_get_info`).
    if state == .listen { return }
    retransmits = bytes.uint8(at: 2).map { Int($0) }
    probes = bytes.uint8(at: 3).map { Int($0) }
    backoff = bytes.uint8(at: 4).map { Int($0) }
    retransmissionTimeout = microseconds(8)  // tcpi_rto
    segmentSize = count(16)  // tcpi_snd_mss
    unacknowledged = count(24)  // tcpi_unacked
    retransmitted = count(36)  // tcpi_retrans
    // Before there is a connection they count from the boot.
    if state != .synSent && state != .closed {
      sinceLastSent = milliseconds(44)  // tcpi_last_data_sent
      sinceLastReceived = milliseconds(52)  // tcpi_last_data_recv
      sinceLastAcknowledged = milliseconds(56)  // tcpi_last_ack_recv
    }
    roundTrip = microseconds(68).flatMap { $0 == .zero ? nil : $0 }  // tcpi_rtt
    // Without a sample it is what the first timeout is made of (`tcp_init_sock`).
    roundTripVariation = roundTrip == nil ? nil : microseconds(72)  // tcpi_rttvar
    totalRetransmissions = count(100)  // tcpi_total_retrans
    notSent = count(144)  // tcpi_notsent_bytes
    leastRoundTrip = microseconds(148).flatMap { $0 == .microseconds(UInt32.max) ? nil : $0 }
    sendWindow = count(228)  // tcpi_snd_wnd
    totalTimeouts = bytes.uint16(at: 240).map { Int($0) }  // tcpi_total_rto
  }
}

extension Descriptor {
  /// Returns what the kernel tells of this TCP socket.
  package func tcpInfo() throws(SystemCallError) -> TCPInfo {
    TCPInfo(kernel: try tcpInfoBytes()[...])
  }
}
