/// What a packet's IP and TCP headers tell, as far as timers are concerned.
struct Segment: Hashable {
  /// The two ends, which name a connection on loopback.
  struct Ends: Hashable {
    var isIPv6: Bool
    var source, destination: UInt16

    /// Those of the segments that come back.
    var reversed: Ends {
      Ends(isIPv6: isIPv6, source: destination, destination: source)
    }
  }

  let ends: Ends
  let sequence: UInt32
  let isSYN, isACK, isFIN, isRST: Bool
  /// How many bytes of data it carries.
  let length: Int

  /// Reads a packet from its IP header on; nil for short ones, fragments and what is no TCP.
  init?(_ packet: [UInt8]) {
    let bytes = packet[...]
    guard let first = packet.first, let (isIPv6, start, total) = Self.layout(first >> 4, bytes),
      let source = bytes.number(at: start, of: 2), let target = bytes.number(at: start + 2, of: 2),
      let sequence = bytes.number(at: start + 4, of: 4),
      let offset = bytes.number(at: start + 12, of: 1),
      let flags = bytes.number(at: start + 13, of: 1)
    else { return nil }
    ends = Ends(isIPv6: isIPv6, source: UInt16(source), destination: UInt16(target))
    self.sequence = UInt32(sequence)
    (isFIN, isSYN) = (flags & 0x01 != 0, flags & 0x02 != 0)
    (isRST, isACK) = (flags & 0x04 != 0, flags & 0x10 != 0)
    length = max(0, total - start - (offset >> 4) * 4)
  }

  /// Where the TCP header starts and where the packet ends.
  private static func layout(_ version: UInt8, _ bytes: ArraySlice<UInt8>) -> (Bool, Int, Int)? {
    if version == 4 {
      guard let first = bytes.first, let total = bytes.number(at: 2, of: 2),
        let fragment = bytes.number(at: 6, of: 2), fragment & 0x1fff == 0,
        bytes.number(at: 9, of: 1) == 6, first & 15 >= 5
      else { return nil }
      return (false, Int(first & 15) * 4, total)
    }
    guard version == 6, let length = bytes.number(at: 4, of: 2), bytes.number(at: 6, of: 1) == 6
    else { return nil }
    return (true, 40, 40 + length)
  }
}

extension ArraySlice<UInt8> {
  /// A number in the order of the wire; nil when the bytes end before it.
  fileprivate func number(at offset: Int, of count: Int) -> Int? {
    guard offset >= 0, offset + count <= self.count else { return nil }
    return dropFirst(offset).prefix(count).reduce(0) { $0 << 8 | Int($1) }
  }
}
