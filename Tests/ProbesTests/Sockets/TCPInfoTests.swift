import NetAddress
import NamespaceTesting
import Observations
import TCPModel
import Testing

@testable import Probes

struct TCPInfoTests {
  private static let captured = Datagram(CapturedSockets.information).bytes

  @Test func `tcp_info: every field is where the kernel has it`() {
    let info = TCPInfo(kernel: Self.captured[...])
    var expected = TCPInfo()
    expected.state = .established
    (expected.retransmits, expected.probes, expected.backoff) = (2, 0, 2)
    expected.retransmissionTimeout = .milliseconds(800)
    expected.segmentSize = 32_741
    (expected.unacknowledged, expected.retransmitted) = (1, 1)
    expected.sinceLastSent = .milliseconds(396)
    expected.sinceLastReceived = .milliseconds(1_208)
    expected.sinceLastAcknowledged = .milliseconds(1_209)
    (expected.roundTrip, expected.roundTripVariation) = (.microseconds(35), .microseconds(17))
    expected.totalRetransmissions = 3
    (expected.notSent, expected.leastRoundTrip) = (0, .microseconds(34))
    (expected.sendWindow, expected.totalTimeouts) = (65_483, 2)
    #expect(info == expected)
  }

  /// The length of a kernel's `struct tcp_info`, and how many of the later fields it has.
  @Test(arguments: [
    (104, 0),  // Linux 3.10
    (160, 2),  // Linux 4.9
    (232, 3),  // Linux 5.4
    (240, 3),  // Linux 6.2
    (248, 4),  // Linux 6.7
    (512, 4),  // one to come
  ])
  func `tcp_info: what a kernel does not report is nil`(length: Int, count: Int) {
    let longer = Self.captured + [UInt8](repeating: 0xff, count: 232)
    var expected = TCPInfo(kernel: Self.captured[...])
    if count < 4 { expected.totalTimeouts = nil }
    if count < 3 { expected.sendWindow = nil }
    if count < 2 { (expected.notSent, expected.leastRoundTrip) = (nil, nil) }
    #expect(TCPInfo(kernel: longer.prefix(length)) == expected)
  }

  @Test func `tcp_info: a field is read whole or not at all`() {
    for length in 0...Self.captured.count {
      let info = TCPInfo(kernel: Self.captured.prefix(length))
      #expect((info.retransmissionTimeout != nil) == (length >= 12))
      #expect((info.sendWindow != nil) == (length >= 232))
      #expect((info.totalTimeouts != nil) == (length >= 242))
    }
  }

  @Test func `tcp_info: before there is a connection times since its segments mean nothing`() {
    var bytes = Self.captured
    bytes[0] = 2  // TCP_SYN_SENT
    bytes.replaceSubrange(68..<72, with: [0, 0, 0, 0])
    bytes.replaceSubrange(148..<152, with: [255, 255, 255, 255])
    let info = TCPInfo(kernel: bytes[...])
    #expect(info.state == .synSent)
    #expect(info.retransmits == 2)
    #expect(info.sinceLastSent == nil)
    #expect(info.sinceLastAcknowledged == nil)
    #expect(info.roundTrip == nil)
    #expect(info.roundTripVariation == nil)
    #expect(info.leastRoundTrip == nil)
  }
}
