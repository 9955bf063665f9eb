package import NetAddress

/// A route of the main table.
package struct Route: Sendable {
  /// What becomes of packets that take it.
  package enum Kind: UInt8, Sendable {
    case unicast = 1  // RTN_UNICAST
    /// Drops packets; a sender gets EINVAL.
    case blackhole = 6  // RTN_BLACKHOLE
    /// Drops packets; a sender gets EHOSTUNREACH.
    case unreachable = 7  // RTN_UNREACHABLE
    /// Drops packets; a sender gets EACCES.
    case prohibit = 8  // RTN_PROHIBIT
    /// As if this table had no route.
    case `throw` = 9  // RTN_THROW
  }

  package var kind: Kind
  package var destination: IPPrefix
  /// The next hop; nil if the destination is on the link itself.
  package var gateway: IPAddress?
  /// The index of the link; nil lets the kernel find it.
  package var link: UInt32?

  package init(
    _ kind: Kind = .unicast, to destination: IPPrefix, by gateway: IPAddress? = nil,
    over link: UInt32? = nil
  ) {
    (self.kind, self.destination) = (kind, destination)
    (self.gateway, self.link) = (gateway, link)
  }

  /// `struct rtmsg`.
  var message: [UInt8] {
    let family = UInt8(destination.address.family.number)
    let (table, boot): (UInt8, UInt8) = (254, 3)  // RT_TABLE_MAIN, RTPROT_BOOT
    // RT_SCOPE_LINK, RT_SCOPE_UNIVERSE
    let scope: UInt8 = kind == .unicast && gateway == nil ? 253 : 0
    return [family, destination.length, 0, 0, table, boot, scope, kind.rawValue, 0, 0, 0, 0]
  }

  func add(to request: inout NetlinkRequest) {
    request.add(1, destination.address.bytes)  // RTA_DST
    if let gateway { request.add(5, gateway.bytes) }  // RTA_GATEWAY
    if let link { request.add(4, link) }  // RTA_OIF
  }
}
