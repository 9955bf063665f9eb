extension IPPrefix {
  /// Reads `10.1.0.0/16`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])),
      parts[1].allSatisfy(\.isASCII), let length = UInt8(parts[1]),
      Int(length) <= address.bytes.count * 8
    else { return nil }
    self.init(address, length: length)
  }

  /// How many addresses there are; what is more than a number can hold is the largest number.
  package var count: UInt64 {
    let bits = address.bytes.count * 8 - Int(length)
    return bits >= 64 ? .max : 1 << UInt64(bits)
  }

  /// One of them, counted from zero; what stands behind the prefix does not matter.
  package func address(at index: UInt64) -> IPAddress {
    var bytes = address.bytes
    var rest = index
    for index in bytes.indices.reversed() {
      // The bits of this byte that are not the prefix's.
      let free = min(8, max(0, (index + 1) * 8 - Int(length)))
      let mask = UInt8(truncatingIfNeeded: 1 << free - 1)
      bytes[index] = bytes[index] & ~mask | UInt8(truncatingIfNeeded: rest) & mask
      rest >>= UInt64(free)
    }
    guard let address = IPAddress(bytes) else { preconditionFailure("as many bytes as before") }
    return address
  }
}
