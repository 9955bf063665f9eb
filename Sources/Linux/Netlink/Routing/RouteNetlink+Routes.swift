package import NetAddress

extension RouteNetlink {
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

  /// Returns the way that this host's packets to an address take; ENETUNREACH and the like where
  /// there is none.
  ///
  /// - Parameters:
  ///   - source: the address they come from; nil lets the kernel choose.
  ///   - link: the index of the link they leave by; nil lets the kernel choose.
  package mutating func way(
    to address: IPAddress, from source: IPAddress? = nil, over link: UInt32? = nil
  ) throws(SystemCallError) -> RouteLookup {
    var request = NetlinkRequest(.getRoute, fixedPart: RouteLookup.message(to: address))
    request.add(RouteLookup.Attribute.destination, address.bytes)
    if let source { request.add(RouteLookup.Attribute.source, source.bytes) }
    if let link { request.add(RouteLookup.Attribute.link, link) }
    var way: RouteLookup?
    try socket.ask(request, on: "\(address)") { way = RouteLookup($0) }
    guard let way else {
      throw SystemCallError(call: request.kind.name, subject: "\(address)", code: .badMessage)
    }
    return way
  }
}
