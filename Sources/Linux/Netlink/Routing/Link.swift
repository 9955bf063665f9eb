/// A network interface as rtnetlink tells it.
package struct Link: Sendable {
  /// The bits of `ifi_flags` that anybody here asks for.
  package struct Flags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let up = Self(rawValue: 0x1)  // IFF_UP
    /// It resolves no neighbours: packets go to its own hardware address or nowhere in particular.
    package static let noARP = Self(rawValue: 0x80)  // IFF_NOARP
    /// The other side is up as well.
    package static let lowerUp = Self(rawValue: 0x10000)  // IFF_LOWER_UP
  }

  package let index: UInt32
  package let name: String
  package let flags: Flags
  /// Six bytes for Ethernet; nil if it has none.
  package let hardwareAddress: [UInt8]?
  /// Whether the kernel sends through it: both sides are up, and it has noticed
  /// (`linkwatch_do_dev`). Before that what is sent is dropped.
  package let isOperational: Bool

  static let fixedPart = 16

  /// Reads an RTM_NEWLINK: `struct ifinfomsg` and its attributes; nil for anything else.
  package init?(_ message: NetlinkMessage) {
    let attributes = NetlinkAttributes(of: message, after: Self.fixedPart)
    guard message.type == NetlinkRequest.Kind.newLink.number,
      let index = message.payload.uint32(at: 4), let flags = message.payload.uint32(at: 8),
      let name = attributes[type: Attribute.name]
    else { return nil }
    (self.index, self.flags) = (index, Flags(rawValue: flags))
    self.name = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    hardwareAddress = attributes[type: Attribute.address].map { Array($0) }
    isOperational = attributes[type: Attribute.operationalState]?.first == 6  // IF_OPER_UP
  }

  /// `struct ifinfomsg`.
  static func message(index: UInt32 = 0, flags: Flags = [], of mask: Flags = []) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 0, 0]  // AF_UNSPEC, any type
    bytes.append(index, size: 4)
    bytes.append(flags.rawValue, size: 4)
    bytes.append(mask.rawValue, size: 4)
    return bytes
  }

  enum Attribute {
    static let address: UInt16 = 1  // IFLA_ADDRESS
    static let name: UInt16 = 3  // IFLA_IFNAME
    static let operationalState: UInt16 = 16  // IFLA_OPERSTATE
    static let info: UInt16 = 18  // IFLA_LINKINFO
    static let namespaceOfProcess: UInt16 = 19  // IFLA_NET_NS_PID
    static let namespaceDescriptor: UInt16 = 28  // IFLA_NET_NS_FD
    static let kind: UInt16 = 1  // IFLA_INFO_KIND
    static let data: UInt16 = 2  // IFLA_INFO_DATA
    static let peer: UInt16 = 1  // VETH_INFO_PEER
  }
}
