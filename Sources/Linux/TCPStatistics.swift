import CLinux

/// What the kernel tells of one TCP socket (TCP_INFO); fields it did not report are nil.
package struct TCPStatistics: Hashable, Sendable {
  /// The kernel's number, 1 for ESTABLISHED.
  package let state: UInt8
  /// Timer fires in a row without an answer: retransmissions, and probes.
  package let retransmits, probes, backoff: UInt8
  package let retransmissionTimeout: Duration
  /// The smoothed round trip; zero before the first sample.
  package let roundTrip: Duration
  package let unacknowledged: Int
  package let sinceLastSent, sinceLastReceived, sinceLastAcknowledged: Duration
  package let totalRetransmissions: Int
  package let notSentBytes: Int?
  package let sendWindow: Int?

  init(_ info: clinux_tcp_info, length: Int) {
    (state, retransmits) = (info.state, info.retransmits)
    (probes, backoff) = (info.probes, info.backoff)
    retransmissionTimeout = .microseconds(info.rto)
    roundTrip = .microseconds(info.rtt)
    unacknowledged = Int(info.unacked)
    sinceLastSent = .milliseconds(info.last_data_sent)
    sinceLastReceived = .milliseconds(info.last_data_recv)
    sinceLastAcknowledged = .milliseconds(info.last_ack_recv)
    totalRetransmissions = Int(info.total_retrans)
    func reported(_ value: UInt32, _ field: PartialKeyPath<clinux_tcp_info>) -> Int? {
      guard let offset = MemoryLayout<clinux_tcp_info>.offset(of: field) else { return nil }
      return offset + 4 <= length ? Int(value) : nil
    }
    notSentBytes = reported(info.notsent_bytes, \.notsent_bytes)
    sendWindow = reported(info.snd_wnd, \.snd_wnd)
  }
}

extension Descriptor {
  /// What the kernel tells of this TCP socket.
  package func statistics() throws(SystemCallError) -> TCPStatistics {
    var info = clinux_tcp_info()
    let socket = number
    let length = try wrappedCall("getsockopt", on: "TCP_INFO") { clinux_tcp_info(socket, &info) }
    return TCPStatistics(info, length: Int(length))
  }
}
