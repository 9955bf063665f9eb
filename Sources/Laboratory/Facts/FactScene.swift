import Linux
import NetAddress

/// The sockets of one fact, and the addresses it connects to.
final class FactScene {
  /// What arrives at the loopback; nil if the fact does not look.
  let tap: PacketTap?
  /// The port of the first connect.
  var firstPort: UInt16?
  /// Those left behind stay open: their ports are in use.
  private var clients: [SharedSocket] = []
  private var peer: SharedSocket?
  private var listener: SharedSocket?
  private var listening: Endpoint?
  private var bound: SharedSocket?

  init(seesPackets: Bool) throws(SystemCallError) {
    tap = seesPackets ? try PacketTap(.v4) : nil
  }

  /// Returns the socket that a fact is about; made when it is needed, after sysctls were set.
  func client() throws(SystemCallError) -> SharedSocket {
    if let last = clients.last { return last }
    return try beginAnother()
  }

  @discardableResult
  func beginAnother() throws(SystemCallError) -> SharedSocket {
    let new = SharedSocket(asItIs: try Descriptor.streamSocket(.v4))
    clients.append(new)
    return new
  }

  /// Returns the accepted socket of the fact's own listener.
  func peerSocket() throws(SystemCallError) -> SharedSocket {
    if let peer { return peer }
    let listener = try openListener()
    guard try listener.descriptor.waitUntilReadable(for: .seconds(1)) else {
      throw SystemCallError(call: "accept", subject: "a listener", code: .timedOut)
    }
    let accepted = SharedSocket(asItIs: try listener.descriptor.accept())
    peer = accepted
    return accepted
  }

  func closePeer() { peer = nil }

  /// Returns the fact's own listener before it listens, when every option can be set.
  func futureListener() throws(SystemCallError) -> SharedSocket {
    if let listener { return listener }
    let new = SharedSocket(asItIs: try Descriptor.streamSocket(.v4))
    listener = new
    return new
  }

  func openListener() throws(SystemCallError) -> SharedSocket {
    let listener = try futureListener()
    if listening == nil {
      try listener.descriptor.listen(on: .loopback(.v4), backlog: 16)
      listening = try listener.descriptor.localAddress()
    }
    return listener
  }

  func closeListener() { listener = nil }

  func address(of target: String) throws(SystemCallError) -> Endpoint {
    switch target {
    case "open", "silent":
      if let listening { return listening }
      let listener = try openListener()
      if target == "silent" { try listener.descriptor.dropEverything() }
      return try listener.descriptor.localAddress()
    case "closed": return try closedPort()
    case "no-route": return Self.documentation(1)
    case "unreachable": return try Self.address(under: .unreachable)
    case "prohibit": return try Self.address(under: .prohibit)
    case "blackhole": return try Self.address(under: .blackhole)
    case "throw": return try Self.address(under: .throw)
    default: throw FactRun.noStep(target)
    }
  }

  /// Returns a port that stays ours, so that nobody listens there.
  private func closedPort() throws(SystemCallError) -> Endpoint {
    if let bound { return try bound.descriptor.localAddress() }
    let new = SharedSocket(asItIs: try Descriptor.streamSocket(.v4))
    try new.descriptor.bind(to: .loopback(.v4))
    bound = new
    return try new.descriptor.localAddress()
  }

  /// Returns an address that has a route of its own, without a way.
  private static func address(under verdict: Route.Kind) throws(SystemCallError) -> Endpoint {
    let target = documentation(1 + verdict.rawValue)
    guard let address = IPAddress(target.bytes) else { return target }
    var network = try RouteNetlink()
    try network.add(Route(verdict, to: IPPrefix(address)))
    return target
  }

  /// Returns an address of TEST-NET-1 (RFC 5737), which nobody has.
  private static func documentation(_ last: UInt8) -> Endpoint {
    guard let address = Endpoint(bytes: [192, 0, 2, last], port: 9) else {
      preconditionFailure("four bytes are an address")
    }
    return address
  }
}
