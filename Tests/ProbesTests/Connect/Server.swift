import Foundation
import Linux
import NetAddress
import Synchronization

/// A server on 127.0.0.1 that does one thing with each client at once, in a thread of its own.
final class Server: Sendable {
  enum Conduct { case sends, closes, resets }

  let address: Endpoint
  private let listener: Descriptor
  private let isOver = Mutex(false)

  private final class Client {
    let socket: Descriptor
    init(_ socket: consuming Descriptor) { self.socket = socket }
  }

  private init() throws {
    listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 100)
    address = try listener.localAddress()
  }

  /// Calls `body` while it serves.
  static func serving<T>(_ conduct: Conduct, _ body: (Endpoint) throws -> T) throws -> T {
    let server = try Server()
    Thread.detachNewThread { server.serve(conduct) }
    defer { server.isOver.withLock { $0 = true } }
    return try body(server.address)
  }

  private func serve(_ conduct: Conduct) {
    var clients: [Client] = []
    while !isOver.withLock({ $0 }) {
      guard (try? listener.waitUntilReadable(for: .milliseconds(20))) == true else { continue }
      do {
        let client = Client(try listener.accept())
        switch conduct {
        case .sends:
          try DescriptorIO.writeAll([1, 2, 3], to: client.socket.number, "a client")
          clients.append(client)
        case .closes: break
        case .resets: try client.socket.dropOnClose()
        }
      } catch {
        // The client has reset its connection already.
        continue
      }
    }
  }
}
