/// A message to the kernel: a kind, a fixed part, attributes.
package struct NetlinkRequest: Sendable {
  /// What is asked for, with the name that errors give it.
  package struct Kind: Sendable {
    package let number: UInt16
    package let name: String

    package init(_ number: UInt16, _ name: String) { (self.number, self.name) = (number, name) }
  }

  package let kind: Kind
  package let flags: NetlinkFlags
  /// The fixed part and what attributes were added to it.
  package private(set) var body: [UInt8]

  package init(_ kind: Kind, _ flags: NetlinkFlags = [], fixedPart: [UInt8]) {
    (self.kind, self.flags, body) = (kind, flags.union(.request), fixedPart)
    body.align()
  }

  package mutating func add(_ type: UInt16, _ value: some Collection<UInt8>) {
    nest(type) { $0.body += value }
  }

  package mutating func add(_ type: UInt16, _ number: UInt32) {
    nest(type) { $0.body.append(number, size: 4) }
  }

  /// A text with a zero at its end.
  package mutating func add(_ type: UInt16, _ text: String) {
    add(type, Array(text.utf8) + [0])
  }

  /// Returns an attribute that holds what `content` adds.
  package mutating func nest(_ type: UInt16, _ content: (inout NetlinkRequest) -> Void) {
    let start = body.count
    body += [0, 0, 0, 0]
    content(&self)
    let length = body.count - start
    precondition(length <= UInt16.max, "an attribute of \(length) bytes")
    body[start] = UInt8(truncatingIfNeeded: length)
    body[start + 1] = UInt8(truncatingIfNeeded: length >> 8)
    body[start + 2] = UInt8(truncatingIfNeeded: type)
    body[start + 3] = UInt8(truncatingIfNeeded: type >> 8)
    body.align()
  }

  /// The fixed part of what is nested, such as the second `struct ifinfomsg` of a veth pair.
  package mutating func addPlain(_ bytes: [UInt8]) {
    body += bytes
    body.align()
  }

  /// Returns the whole message.
  package func datagram(sequence: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 + body.count)
    bytes.append(UInt32(16 + body.count), size: 4)
    bytes.append(UInt32(kind.number), size: 2)
    bytes.append(UInt32(flags.rawValue), size: 2)
    bytes.append(sequence, size: 4)
    bytes.append(0, size: 4)  // the kernel knows the sender
    return bytes + body
  }
}
