import Glibc
import Linux
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// A connection of a test's own on loopback, with its listener.
final class Connection {
  enum End { case client, server }

  /// A socket as long as it is open.
  final class Open {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  private let listener: Descriptor
  private(set) var client, server: Open?
  let clientAddress, serverAddress: Endpoint

  /// - Parameter isAnswered: false leaves the handshake with the listener: the client hears nothing.
  init(_ family: AddressFamily, isAnswered: Bool = true) throws {
    listener = try Descriptor.streamSocket(family)
    try listener.listen(on: .loopback(family), backlog: 4)
    serverAddress = try listener.localAddress()
    let client = try Descriptor.streamSocket(family)
    if !isAnswered { try client.dropEverything() }
    _ = client.connect(to: serverAddress)
    clientAddress = try client.localAddress()
    self.client = Open(client)
    if isAnswered {
      try #require(try listener.waitUntilReadable(for: .seconds(10)))
      server = Open(try listener.accept())
    }
  }

  func close(_ end: End) {
    if end == .client { client = nil } else { server = nil }
  }

  func silence(_ end: End) throws {
    if end == .client {
      try client?.descriptor.dropEverything()
    } else {
      try server?.descriptor.dropEverything()
    }
  }

  func write(_ count: Int) throws {
    guard let number = client?.descriptor.number else { return }
    try DescriptorIO.writeAll([UInt8](repeating: 1, count: count), to: number, "a connection")
  }

  /// Waits until the socket at one end is in a state.
  func socket(at end: End, in state: TCPState) throws -> InetDiagSocket {
    try socket(at: end) { $0.state == state }
  }

  /// Waits until the socket at one end is as it should be.
  func socket(at end: End, until isReady: (InetDiagSocket) -> Bool) throws -> InetDiagSocket {
    var diag = try InetDiag()
    let limit = KernelClock.monotonic.now + .seconds(10)
    while true {
      let found = try socket(at: end, &diag)
      if let found, isReady(found) { return found }
      try #require(KernelClock.monotonic.now < limit, "\(String(describing: found))")
      usleep(500)
    }
  }

  func socket(at end: End, _ diag: inout InetDiag) throws -> InetDiagSocket? {
    end == .client
      ? try diag.connection(from: clientAddress, to: serverAddress)
      : try diag.connection(from: serverAddress, to: clientAddress)
  }
}
