/// rtnetlink: links, addresses, routes and neighbours of the network namespace it was made in.
///
/// Changes need CAP_NET_ADMIN there, which a sandbox has in its own.
package struct RouteNetlink: ~Copyable {
  var socket: NetlinkSocket

  /// - Parameter timeout: as of the socket.
  package init(timeout: Duration = .seconds(2)) throws(SystemCallError) {
    socket = try NetlinkSocket(.route, timeout: timeout)
  }

  /// Asks for a change and waits until it is made.
  mutating func change(
    _ kind: NetlinkRequest.Kind, _ flags: NetlinkFlags = [], on subject: @autoclosure () -> String,
    fixedPart: [UInt8], _ attributes: (inout NetlinkRequest) -> Void = { _ in }
  ) throws(SystemCallError) {
    var request = NetlinkRequest(kind, flags.union(.acknowledge), fixedPart: fixedPart)
    attributes(&request)
    try socket.ask(request, on: subject())
  }
}

extension NetlinkRequest.Kind {
  static let newLink = Self(16, "RTM_NEWLINK")
  static let deleteLink = Self(17, "RTM_DELLINK")
  static let getLink = Self(18, "RTM_GETLINK")
  static let newAddress = Self(20, "RTM_NEWADDR")
  static let newRoute = Self(24, "RTM_NEWROUTE")
  static let deleteRoute = Self(25, "RTM_DELROUTE")
  static let getRoute = Self(26, "RTM_GETROUTE")
  static let newNeighbour = Self(28, "RTM_NEWNEIGH")
  static let deleteNeighbour = Self(29, "RTM_DELNEIGH")
  static let getNeighbour = Self(30, "RTM_GETNEIGH")
}
