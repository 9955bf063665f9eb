import Linux
import NetAddress
import TCPModel

/// A listening socket, on loopback with a port that the kernel chose unless something else is said.
final class Listener {
  let address: Endpoint
  let socket: SharedSocket
  /// The connection that fills a queue; kept open so that it stays full.
  private let filling: SharedSocket?

  private init(_ socket: SharedSocket, filling: SharedSocket? = nil) throws(SystemCallError) {
    (self.socket, self.filling) = (socket, filling)
    address = try socket.descriptor.localAddress()
  }

  /// Returns a listener that takes connections.
  static func answering(_ family: AddressFamily) throws(SystemCallError) -> Listener {
    try Listener(listening(family, backlog: 16))
  }

  /// Returns a listener at an address that takes connections.
  static func answering(at address: Endpoint) throws(SystemCallError) -> Listener {
    let socket = try SharedSocket(address.address.family)
    try socket.descriptor.listen(on: address, backlog: 16)
    return try Listener(socket)
  }

  /// Returns a listener with these options.
  static func answering(_ family: AddressFamily, with options: SocketOptions)
    throws(SystemCallError) -> Listener
  {
    let socket = try SharedSocket(family)
    try socket.set(options)
    try socket.descriptor.listen(on: .loopback(family), backlog: 16)
    return try Listener(socket)
  }

  /// Returns a listener whose connections have room for a few thousand bytes only.
  static func narrow(_ family: AddressFamily) throws(SystemCallError) -> Listener {
    let socket = try SharedSocket(family)
    // Before `listen`: the first window is announced in the handshake.
    try socket.descriptor.limitReceiveBuffer(to: 4096)
    try socket.descriptor.listen(on: .loopback(family), backlog: 16)
    return try Listener(socket)
  }

  /// Returns a listener whose host seems to be gone: no SYN is ever answered.
  ///
  /// The filter needs CAP_NET_ADMIN over the network namespace; a full queue needs nothing.
  static func silent(_ family: AddressFamily, withFilter: Bool = true)
    throws(SystemCallError) -> Listener
  {
    guard withFilter else { return try full(family) }
    let socket = try listening(family, backlog: 16)
    do throws(SystemCallError) {
      try socket.descriptor.dropEverything()
    } catch {
      return try full(family)
    }
    return try Listener(socket)
  }

  /// With a backlog of 0 one connection that nobody accepts fills the queue, and `tcp_conn_request`
  /// drops every further SYN.
  private static func full(_ family: AddressFamily) throws(SystemCallError) -> Listener {
    let socket = try listening(family, backlog: 0)
    let filling = try SharedSocket(family)
    _ = filling.descriptor.connect(to: try socket.descriptor.localAddress())
    guard try socket.descriptor.waitUntilReadable(for: .seconds(1)) else {
      throw SystemCallError(call: "connect", subject: "a queue to fill", code: .timedOut)
    }
    return try Listener(socket, filling: filling)
  }

  private static func listening(_ family: AddressFamily, backlog: CInt)
    throws(SystemCallError) -> SharedSocket
  {
    let socket = try SharedSocket(family)
    try socket.descriptor.listen(on: .loopback(family), backlog: backlog)
    return socket
  }

  /// Returns the other end of a connection just made to this listener.
  func accept() throws(SystemCallError) -> SharedSocket {
    guard try socket.descriptor.waitUntilReadable(for: .seconds(1)) else {
      throw SystemCallError(call: "accept", subject: "\(address)", code: .timedOut)
    }
    return try SharedSocket(try socket.descriptor.accept())
  }
}
