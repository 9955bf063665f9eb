/// Numbers in bytes that came from elsewhere; nil if the bytes end before the number does.
extension ArraySlice<UInt8> {
  package func uint8(at offset: Int) -> UInt8? { number(at: offset) }

  package func uint16(at offset: Int) -> UInt16? { number(at: offset) }

  package func uint32(at offset: Int) -> UInt32? { number(at: offset) }

  package func uint64(at offset: Int) -> UInt64? { number(at: offset) }

  /// Some of the bytes; nil unless all of them are there.
  package func bytes(at offset: Int, count size: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, size >= 0, size <= count, offset <= count - size else { return nil }
    return self[startIndex + offset..<startIndex + offset + size]
  }

  /// Returns a number in the order of the machine.
  private func number<Number: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Number? {
    guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return nil }
    return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
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
