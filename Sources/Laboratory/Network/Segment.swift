/// What a packet's headers tell, as far as timers are concerned.
package struct Segment: Hashable {
  /// The two ends, which name a connection on loopback.
  struct Endpoints: Hashable {
    var isIPv6: Bool
    var source, destination: UInt16

    /// Those of the segments that come back.
    var reversed: Endpoints {
      Endpoints(isIPv6: isIPv6, source: destination, destination: source)
    }
  }

  let endpoints: Endpoints
  let sequence, acknowledged: UInt32
  /// What its sender has room for, before any scaling; nil if the header is cut short.
  let window: UInt16?
  let isSYN, isACK, isFIN, isRST: Bool
  /// How many bytes of data it carries.
  package let length: Int

  /// What it takes up of the sequence, besides a SYN.
  var sequenceLength: Int { length + (isFIN ? 1 : 0) }

  /// Reads an IPv4 packet from its IP header on; nil for short ones, fragments and what is no TCP.
  package init?(_ packet: [UInt8]) {
    let bytes = packet[...]
    guard let first = packet.first, first >> 4 == 4, first & 15 >= 5,
      let total = bytes.number(at: 2, of: 2), let fragment = bytes.number(at: 6, of: 2),
      fragment & 0x1fff == 0, bytes.number(at: 9, of: 1) == 6
    else { return nil }
    let header = Int(first & 15) * 4
    self.init(bytes.dropFirst(header), length: total - header, isIPv6: false)
  }

  /// Reads a TCP header and what follows, as far as it is there; nil if the header is cut short.
  /// - Parameter length: of header and data.
  package init?(_ bytes: ArraySlice<UInt8>, length: Int, isIPv6: Bool) {
    guard let source = bytes.number(at: 0, of: 2), let target = bytes.number(at: 2, of: 2),
      let sequence = bytes.number(at: 4, of: 4), let acknowledged = bytes.number(at: 8, of: 4),
      let offset = bytes.number(at: 12, of: 1),
      let flags = bytes.number(at: 13, of: 1)
    else { return nil }
    endpoints = Endpoints(isIPv6: isIPv6, source: UInt16(source), destination: UInt16(target))
    (self.sequence, self.acknowledged) = (UInt32(sequence), UInt32(acknowledged))
    window = bytes.number(at: 14, of: 2).map { UInt16($0) }
    (isFIN, isSYN) = (flags & 0x01 != 0, flags & 0x02 != 0)
    (isRST, isACK) = (flags & 0x04 != 0, flags & 0x10 != 0)
    self.length = max(0, length - (offset >> 4) * 4)
  }
}

extension ArraySlice<UInt8> {
  /// Returns a number in the order of the wire; nil if the bytes end before it.
  fileprivate func number(at offset: Int, of count: Int) -> Int? {
    guard offset >= 0, offset + count <= self.count else { return nil }
    return dropFirst(offset).prefix(count).reduce(0) { $0 << 8 | Int($1) }
  }
}
