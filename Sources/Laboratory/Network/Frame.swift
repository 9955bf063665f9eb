/// What is told by an Ethernet frame that concerns a neighbour.
package struct Frame: Hashable {
  package enum Kind: Hashable {
    /// Who has the address: an ARP request or a neighbour solicitation.
    case question
    /// A TCP segment.
    case segment
  }

  package let kind: Kind
  /// The link-layer address it was sent to.
  package let destination: [UInt8]
  /// The address asked for, or sent to.
  package let target: [UInt8]

  /// nil for anything else, and for frames cut short.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count >= 54 || bytes.count >= 42 && bytes[12] == 8 else { return nil }
    destination = Array(bytes[..<6])
    switch (bytes[12], bytes[13]) {
    case (0x08, 0x06):  // ARP; RFC 826
      guard bytes[20] == 0, bytes[21] == 1 else { return nil }
      (kind, target) = (.question, Array(bytes[38..<42]))
    case (0x08, 0x00):
      guard bytes[23] == 6 else { return nil }
      (kind, target) = (.segment, Array(bytes[30..<34]))
    case (0x86, 0xdd) where bytes[20] == 6:
      (kind, target) = (.segment, Array(bytes[38..<54]))
    case (0x86, 0xdd):  // ICMPv6 neighbour solicitation; RFC 4861
      guard bytes[20] == 58, bytes.count >= 78, bytes[54] == 135 else { return nil }
      (kind, target) = (.question, Array(bytes[62..<78]))
    default: return nil
    }
  }
}
