/// Numbers in bytes that came from elsewhere; nil if the bytes end before the number does.
extension ArraySlice<UInt8> {
  package func uint8(at offset: Int) -> UInt8? {
    number(at: offset, of: 1).map(UInt8.init(truncatingIfNeeded:))
  }

  package func uint16(at offset: Int) -> UInt16? {
    number(at: offset, of: 2).map(UInt16.init(truncatingIfNeeded:))
  }

  package func uint32(at offset: Int) -> UInt32? {
    number(at: offset, of: 4).map(UInt32.init(truncatingIfNeeded:))
  }

  package func uint64(at offset: Int) -> UInt64? { number(at: offset, of: 8) }

  /// Some of the bytes; nil unless all of them are there.
  package func bytes(at offset: Int, count size: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, size >= 0, size <= count, offset <= count - size else { return nil }
    return self[startIndex + offset..<startIndex + offset + size]
  }

  /// Returns a number in the order of the machine, which is little-endian wherever Swift runs on
  /// Linux.
  private func number(at offset: Int, of size: Int) -> UInt64? {
    guard offset >= 0, size <= count, offset <= count - size else { return nil }
    let first = startIndex + offset
    var index = first + size
    var number: UInt64 = 0
    while index > first {
      index -= 1
      number = number << 8 | UInt64(self[index])
    }
    return number
  }
}

extension [UInt8] {
  /// Appends a number in the order of the machine.
  package mutating func append(_ number: UInt32, size: Int) {
    for index in 0..<size { append(UInt8(truncatingIfNeeded: number >> UInt32(8 * index))) }
  }

  /// Appends zeros up to a multiple of four, as netlink aligns (NLMSG_ALIGN, NLA_ALIGN).
  mutating func align() {
    while count % 4 != 0 { append(0) }
  }
}
