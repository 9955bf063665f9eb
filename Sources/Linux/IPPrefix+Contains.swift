extension IPPrefix {
  /// Whether an address begins with the same bits.
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
