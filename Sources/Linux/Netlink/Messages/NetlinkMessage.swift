/// One message of a datagram: `struct nlmsghdr`, and what follows it.
package struct NetlinkMessage: Sendable {
  package let type: UInt16
  package let flags: NetlinkFlags
  let sequence: UInt32
  package let payload: ArraySlice<UInt8>

  /// A message that says it is shorter than a header or longer than what there is.
  package struct Truncated: Error, Equatable {
    let offset: Int
  }

  /// Returns the messages of a datagram, in order.
  package static func split(_ datagram: ArraySlice<UInt8>) throws(Truncated) -> [NetlinkMessage] {
    var messages: [NetlinkMessage] = []
    var rest = datagram
    while !rest.isEmpty {
      guard let length = rest.uint32(at: 0), let type = rest.uint16(at: 4),
        let flags = rest.uint16(at: 6), let sequence = rest.uint32(at: 8),
        length >= 16, length <= rest.count
      else { throw Truncated(offset: rest.startIndex - datagram.startIndex) }
      messages.append(
        NetlinkMessage(
          type: type, flags: NetlinkFlags(rawValue: flags), sequence: sequence,
          payload: rest.prefix(Int(length)).dropFirst(16)))
      rest = rest.dropFirst((Int(length) + 3) & ~3)
    }
    return messages
  }
}
