/// The addresses that begin with the same bits, for example `10.1.0.0/16`.
package struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  package let length: UInt8

  package init(_ address: IPAddress, length: UInt8) {
    precondition(Int(length) <= address.bytes.count * 8, "/\(length) of \(address)")
    (self.address, self.length) = (address, length)
  }

  /// Just this address.
  package init(_ address: IPAddress) {
    self.init(address, length: UInt8(address.bytes.count * 8))
  }

  package var description: String { "\(address)/\(length)" }
}

extension IPPrefix {
  /// Reads `10.1.0.0/16`; nil for any other text, such as a length that the family does not have or
  /// that has a sign or leading zeros.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(parts[0]), let length = UInt8(parts[1]),
      parts[1] == "\(length)", Int(length) <= address.bytes.count * 8
    else { return nil }
    self.init(address, length: length)
  }

  /// The same prefix with zeros for all bits after its length.
  package var network: IPPrefix { IPPrefix(address(at: 0), length: length) }

  /// The IPv4 prefix that a prefix of `::ffff:0:0/96` stands for; any other as it is.
  package var unmapped: IPPrefix {
    let address = address.unmapped
    return length < 96 || address == self.address ? self : IPPrefix(address, length: length - 96)
  }

  /// How many addresses begin so; 2^64 − 1 stands for 2^64 and more.
  package var count: UInt64 {
    let bits = address.bytes.count * 8 - Int(length)
    return bits >= 64 ? .max : 1 << UInt64(bits)
  }

  /// Returns one of the addresses, counted from zero.
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

  /// Returns whether an address begins with the same bits.
  package func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    let whole = Int(length) / 8
    guard address.bytes.prefix(whole).elementsEqual(other.bytes.prefix(whole)) else { return false }
    let rest = Int(length) % 8
    if rest == 0 { return true }
    let mask = UInt8(truncatingIfNeeded: 0xff << (8 - rest))
    return address.bytes[whole] & mask == other.bytes[whole] & mask
  }
}
