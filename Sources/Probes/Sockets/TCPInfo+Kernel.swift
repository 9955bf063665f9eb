import NetAddress
package import Linux
package import Observations
import TCPModel

extension TCPInfo {
  /// Reads `struct tcp_info`, of which every kernel has its own length.
  package init(kernel bytes: ArraySlice<UInt8>) {
    self.init()
    state = bytes.uint8(at: 0).flatMap(TCPState.init(rawValue:))
    // A listener reports only its queue, in fields that mean something else (`tcp_get_info`).
    if state == .listen { return }
    $retransmits = bytes.uint8(at: 2).map(UInt32.init)
    $probes = bytes.uint8(at: 3).map(UInt32.init)
    $backoff = bytes.uint8(at: 4).map(UInt32.init)
    $retransmissionTimeout = bytes.uint32(at: 8)  // tcpi_rto
    $segmentSize = bytes.uint32(at: 16)  // tcpi_snd_mss
    $unacknowledged = bytes.uint32(at: 24)  // tcpi_unacked
    $retransmitted = bytes.uint32(at: 36)  // tcpi_retrans
    // Before there is a connection they count from the boot.
    if state != .synSent && state != .closed {
      $sinceLastSent = bytes.uint32(at: 44)  // tcpi_last_data_sent
      $sinceLastReceived = bytes.uint32(at: 52)  // tcpi_last_data_recv
      $sinceLastAcknowledged = bytes.uint32(at: 56)  // tcpi_last_ack_recv
    }
    $roundTrip = bytes.uint32(at: 68).flatMap { $0 == 0 ? nil : $0 }  // tcpi_rtt
    // Without a sample it is what the first timeout is made of (`tcp_init_sock`).
    $roundTripVariation = $roundTrip == nil ? nil : bytes.uint32(at: 72)  // tcpi_rttvar
    $totalRetransmissions = bytes.uint32(at: 100)  // tcpi_total_retrans
    $notSent = bytes.uint32(at: 144)  // tcpi_notsent_bytes
    $leastRoundTrip = bytes.uint32(at: 148).flatMap { $0 == .max ? nil : $0 }
    $sendWindow = bytes.uint32(at: 228)  // tcpi_snd_wnd
    $totalTimeouts = bytes.uint16(at: 240).map(UInt32.init)  // tcpi_total_rto
  }
}

extension Descriptor {
  /// Returns what the kernel tells of this TCP socket.
  package func tcpInfo() throws(SystemCallError) -> TCPInfo {
    TCPInfo(kernel: try tcpInfoBytes()[...])
  }
}
