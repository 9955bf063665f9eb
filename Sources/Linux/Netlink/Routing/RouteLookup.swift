package import NetAddress

/// Where packets to an address go first, as the kernel answers RTM_GETROUTE.
package struct RouteLookup: Equatable, Sendable {
  /// The index of the link.
  package let link: UInt32
  /// Nil if the destination is on the link itself.
  package let gateway: IPAddress?
  /// Whether the destination is this host.
  package let isLocal: Bool

  /// Reads an RTM_NEWROUTE: `struct rtmsg` and its attributes; nil for anything else, and where
  /// packets go nowhere.
  package init?(_ message: NetlinkMessage) {
    let attributes = NetlinkAttributes(of: message, after: 12)
    guard message.type == NetlinkRequest.Kind.newRoute.number,
      let type = message.payload.uint8(at: 7),
      let link = attributes[type: Attribute.link]?.uint32(at: 0)
    else { return nil }
    self.link = link
    isLocal = type == 2  // RTN_LOCAL
    // A gateway of the other family comes behind its family (`struct rtvia`).
    let gateway =
      attributes[type: Attribute.gateway] ?? attributes[type: Attribute.via]?.dropFirst(2)
    self.gateway = gateway.flatMap { IPAddress(Array($0)) }
  }

  /// `struct rtmsg`.
  static func message(to address: IPAddress) -> [UInt8] {
    [UInt8(address.family.number), UInt8(address.bytes.count * 8)]
      + [UInt8](repeating: 0, count: 10)
  }

  enum Attribute {
    static let destination: UInt16 = 1  // RTA_DST
    static let source: UInt16 = 2  // RTA_SRC
    static let link: UInt16 = 4  // RTA_OIF
    static let gateway: UInt16 = 5  // RTA_GATEWAY
    static let via: UInt16 = 18  // RTA_VIA
  }
}
