/// rtnetlink: links, addresses, routes and neighbours of the network namespace it was made in.
///
/// Changes need CAP_NET_ADMIN there, which a sandbox has in its own.
package struct RouteNetlink: ~Copyable {
  var socket: NetlinkSocket

  package init() throws(SystemCallError) { socket = try NetlinkSocket(.route) }

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
