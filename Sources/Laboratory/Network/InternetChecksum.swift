import NetAddress

/// The checksum of IP, ICMP and TCP (RFC 1071).
enum InternetChecksum {
  static func of(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0)
    }
    while sum >> 16 != 0 { sum = sum & 0xffff + sum >> 16 }
    return UInt16(~sum & 0xffff)
  }

  /// Returns a TCP segment with its checksum over the pseudo header (RFC 9293, 3.1), whatever stood
  /// there.
  static func fill(in segment: [UInt8], from source: IPAddress, to target: IPAddress) -> [UInt8] {
    var segment = segment
    segment.replaceSubrange(16..<18, with: [0, 0])
    let length = [UInt8(segment.count >> 8), UInt8(segment.count & 0xff)]
    let sum = of(source.bytes + target.bytes + [0, 6] + length + segment)
    segment.replaceSubrange(16..<18, with: [UInt8(sum >> 8), UInt8(sum & 0xff)])
    return segment
  }
}
