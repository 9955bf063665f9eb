/// The attributes (`struct nlattr`) that follow the fixed part of a message, or lie in another one.
package struct NetlinkAttributes: Sendable {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The attributes of a message behind a fixed part of so many bytes.
  package init(of message: NetlinkMessage, after fixedPart: Int) {
    rest = message.payload.dropFirst((fixedPart + 3) & ~3)
  }

  /// The value of the first attribute of a type; nil if there is none.
  package subscript(type type: UInt16) -> ArraySlice<UInt8>? {
    var rest = self
    while let (found, value) = rest.next() {
      if found == type { return value }
    }
    return nil
  }

  /// Takes the next one off; what is no attribute ends the list, as it does for the kernel (`nla_ok`).
  package mutating func next() -> (type: UInt16, value: ArraySlice<UInt8>)? {
    guard let length = rest.uint16(at: 0), let type = rest.uint16(at: 2), length >= 4,
      let whole = rest.bytes(at: 0, count: Int(length))
    else { return nil }
    rest = rest.dropFirst((Int(length) + 3) & ~3)
    return (type & 0x3fff, whole.dropFirst(4))  // NLA_TYPE_MASK
  }
}
