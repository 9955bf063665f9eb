/// A route of the main table.
package struct Route: Hashable, Sendable {
  /// What becomes of packets that take it.
  package enum Kind: UInt8, Sendable {
    case unicast = 1  // RTN_UNICAST
    /// Dropped; who sends is told EINVAL.
    case blackhole = 6  // RTN_BLACKHOLE
    /// Dropped; who sends is told EHOSTUNREACH.
    case unreachable = 7  // RTN_UNREACHABLE
    /// Dropped; who sends is told EACCES.
    case prohibit = 8  // RTN_PROHIBIT
    /// As if this table had no route.
    case `throw` = 9  // RTN_THROW
  }

  package var kind: Kind
  package var destination: IPPrefix
  /// The next hop; nil where the destination is on the link itself.
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
  fileprivate var message: [UInt8] {
    let family = UInt8(destination.address.family.number)
    let (table, boot): (UInt8, UInt8) = (254, 3)  // RT_TABLE_MAIN, RTPROT_BOOT
    // RT_SCOPE_LINK, RT_SCOPE_UNIVERSE
    let scope: UInt8 = kind == .unicast && gateway == nil ? 253 : 0
    return [family, destination.length, 0, 0, table, boot, scope, kind.rawValue, 0, 0, 0, 0]
  }

  fileprivate func add(to request: inout NetlinkRequest) {
    request.add(1, destination.address.bytes)  // RTA_DST
    if let gateway { request.add(5, gateway.bytes) }  // RTA_GATEWAY
    if let link { request.add(4, link) }  // RTA_OIF
  }
}

extension NetlinkRequest.Kind {
  fileprivate static let newAddress = Self(20, "RTM_NEWADDR")
  fileprivate static let newRoute = Self(24, "RTM_NEWROUTE")
  fileprivate static let deleteRoute = Self(25, "RTM_DELROUTE")
}

extension RouteNetlink {
  /// Gives a link an address; EEXIST where it has it.
  ///
  /// An IPv6 address can be used at once: nobody is asked first whether it is taken (IFA_F_NODAD).
  package mutating func add(_ address: IPPrefix, to link: UInt32) throws(SystemCallError) {
    let family = address.address.family
    var message = [UInt8(family.number), address.length, family == .v6 ? 0x02 : 0, 0]
    message.append(link, size: 4)  // struct ifaddrmsg
    try change(
      .newAddress, [.create, .exclusive], on: "\(address) at link \(link)", fixedPart: message
    ) { request in
      request.add(2, address.address.bytes)  // IFA_LOCAL
      request.add(1, address.address.bytes)  // IFA_ADDRESS
    }
  }

  /// Adds a route; EEXIST where there is one to the same destination.
  package mutating func add(_ route: Route) throws(SystemCallError) {
    try change(
      .newRoute, [.create, .exclusive], on: "\(route.kind) to \(route.destination)",
      fixedPart: route.message, route.add)
  }

  /// Removes a route; ESRCH where there is none.
  package mutating func remove(_ route: Route) throws(SystemCallError) {
    try change(
      .deleteRoute, on: "\(route.kind) to \(route.destination)", fixedPart: route.message,
      route.add)
  }
}
