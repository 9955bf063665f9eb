import Linux
import NetAddress
import TCPModel
import Testing

@testable import Laboratory

struct SegmentTests {
  // A SYN from 127.0.0.1:40000 to port 80, and three bytes from [::1]:40000 to port 80
  // without their IP header.
  static let syn: [UInt8] =
    [0x45, 0, 0, 44, 0, 0, 0x40, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]
    + [
      0x9c, 0x40, 0, 80, 1, 2, 3, 4, 0, 0, 0, 0, 0x60, 0x02, 0xff, 0xff, 0, 0, 0, 0, 2, 4, 5, 0xb4,
    ]
  static let data: [UInt8] =
    [0x9c, 0x40, 0, 80, 0, 0, 0, 9, 0, 0, 0, 7, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0, 1, 2, 3]

  @Test func `segments: a SYN over IPv4 is read`() throws {
    let segment = try #require(Segment(Self.syn))
    #expect(segment.endpoints == Segment.Endpoints(isIPv6: false, source: 40_000, destination: 80))
    #expect(segment.isSYN)
    #expect(!segment.isACK)
    #expect(segment.length == 0)
    #expect(segment.sequence == 0x0102_0304)
  }

  @Test func `segments: data over IPv6 is read`() throws {
    let segment = try #require(Segment(Self.data[...], length: 23, isIPv6: true))
    #expect(segment.endpoints == Segment.Endpoints(isIPv6: true, source: 40_000, destination: 80))
    #expect(!segment.isSYN)
    #expect(segment.isACK)
    #expect(segment.length == 3)
    #expect(segment.sequence == 9)
  }

  @Test func `segments: a packet cut short is no segment and no pitfall`() {
    for length in 0..<44 {
      #expect((Segment(Array(Self.syn.prefix(length))) == nil) == (length < 34))
    }
    for length in 0..<23 {
      let segment = Segment(Self.data.prefix(length), length: 23, isIPv6: true)
      #expect((segment == nil) == (length < 14))
      #expect(segment.map { $0.length == 3 } ?? true)
    }
  }

  @Test func `segments: whatever the bytes are nothing traps`() {
    var generator = SystemRandomNumberGenerator()
    for start: UInt8 in [0x40, 0x45, 0x4f, 0x60, 0x00, 0xff] {
      for length in 0..<80 {
        var packet = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        if !packet.isEmpty { packet[0] = start }
        if packet.count > 9 { packet[start < 0x60 ? 9 : 6] = 6 }
        _ = Segment(packet)
        _ = Segment(packet[...], length: length, isIPv6: true)
      }
    }
  }

  @Test func `segments: a later fragment is no segment`() {
    var packet = Self.syn
    packet[7] = 1
    #expect(Segment(packet) == nil)
  }

  @Test func `segments: the first repeated data is the loss probe where one is sent`() throws {
    let segment = try #require(Segment(Self.data[...], length: 23, isIPv6: true))
    var probing = SegmentClassifier(.send, sendsLossProbes: true)
    #expect(
      (0..<4).map { _ in probing.kind(of: segment) }
        == [nil, .lossProbe, .retransmission, .retransmission])
    var plain = SegmentClassifier(.send, sendsLossProbes: false)
    #expect(
      (0..<3).map { _ in plain.kind(of: segment) }
        == [nil, .retransmission, .retransmission])
  }

  @Test func `segments: the first SYN is the attempt and later ones repeat it`() throws {
    let segment = try #require(Segment(Self.syn))
    var track = SegmentClassifier(.connect, sendsLossProbes: true)
    #expect(
      (0..<3).map { _ in track.kind(of: segment) }
        == [.syn, .retransmission, .retransmission])
  }

  /// A segment of IPv4 with these flags and so many bytes of data.
  static func segment(_ sequence: UInt8, flags: UInt8, length: UInt8 = 0) throws -> Segment {
    let header: [UInt8] =
      [0x45, 0, 0, 40 + length, 0, 0, 0x40, 0, 64, 6, 0, 0, 127, 0, 0, 1, 127, 0, 0, 1]
    let ports: [UInt8] = [0x9c, 0x40, 0, 80, 0, 0, 0, sequence, 0, 0, 0, 7]
    return try #require(Segment(header + ports + [0x50, flags, 0, 0, 0, 0, 0, 0]))
  }

  @Test func `segments: of a closing connection the FIN is repeated like data`() throws {
    let data = try Self.segment(9, flags: 0x18, length: 1)
    let fin = try Self.segment(10, flags: 0x11)
    var track = SegmentClassifier(.close, sendsLossProbes: true)
    #expect(
      [data, fin, fin, data].map { track.kind(of: $0) } == [nil, nil, .lossProbe, .retransmission])
    var alone = SegmentClassifier(.close, sendsLossProbes: false)
    #expect([fin, fin].map { alone.kind(of: $0) } == [nil, .retransmission])
  }

  @Test func `segments: a window probe repeats the last byte without sending it`() throws {
    let data = try Self.segment(9, flags: 0x18, length: 3)
    let answer = try Self.segment(12, flags: 0x10)
    let probe = try Self.segment(11, flags: 0x10)
    var track = SegmentClassifier(.zeroWindow, sendsLossProbes: true)
    #expect(
      [probe, data, answer, probe, data].map { track.kind(of: $0) }
        == [nil, nil, nil, .windowProbe, nil])
  }

  @Test func `segments: of a request every SYN-ACK is told`() throws {
    let answer = try Self.segment(9, flags: 0x12)
    var track = SegmentClassifier(.accept, sendsLossProbes: true)
    #expect([answer, answer].map { track.kind(of: $0) } == [.synAck, .synAck])
    #expect(track.kind(of: try Self.segment(9, flags: 0x02)) == nil)
  }

  @Test func `segments: a SYN that is injected has a right checksum`() throws {
    for family in [AddressFamily.v4, .v6] {
      let syn = LoneSYN(
        source: .loopback(family, port: 40_000), target: .loopback(family, port: 80))
      let segment = try #require(Segment(syn.bytes[...], length: 20, isIPv6: family == .v6))
      #expect(segment.isSYN)
      #expect(!segment.isACK)
      #expect(segment.endpoints.source == 40_000)
      let pseudo = syn.source.bytes + syn.target.bytes + [0, 6, 0, 20]
      #expect(InternetChecksum.of(pseudo + syn.bytes) == 0)
    }
  }
}
