/// The checksum of IP, ICMP and TCP (RFC 1071).
enum InternetChecksum {
  /// Of an even number of bytes.
  static func of(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
    }
    while sum >> 16 != 0 { sum = sum & 0xffff + sum >> 16 }
    return UInt16(~sum & 0xffff)
  }
}
