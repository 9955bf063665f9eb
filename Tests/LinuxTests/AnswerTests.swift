import Glibc
import Linux
import NetAddress
import Testing

/// Calls whose errno is the answer, on loopback.
struct AnswerTests {
  private static func listener() throws -> Descriptor {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 4)
    return listener
  }

  @Test func `answers: connect answers with its errno, and disconnect frees the socket`() throws {
    let bound = try Descriptor.streamSocket(.v4)
    try bound.bind(to: .loopback(.v4))
    let client = try Descriptor.streamSocket(.v4)
    #expect(client.startConnecting(to: try bound.localAddress()) == .inProgress)
    #expect(try client.waitUntilReadable(for: .seconds(1)))
    #expect(client.startConnecting(to: try bound.localAddress()) == .connectionRefused)
    #expect(client.tryDisconnect() == nil)
    #expect(try client.readiness() == [.output, .hangUp])
  }

  @Test func `answers: what is sent is received, and a closed end is zero bytes`() throws {
    let listener = try Self.listener()
    let address = try listener.localAddress()
    let client = try Descriptor.streamSocket(.v4)
    #expect(client.startConnecting(to: address) == .inProgress)
    #expect(try listener.waitUntilReadable(for: .seconds(1)))
    let peer = try listener.accept()
    #expect(peer.receiveSome() == (0, .wouldBlock))
    #expect(client.trySend() == nil)
    #expect(try peer.waitUntilReadable(for: .seconds(1)))
    #expect(peer.receiveSome() == (1, nil))
    try client.shutDownSending()
    #expect(try peer.waitUntilReadable(for: .seconds(1)))
    #expect(peer.receiveSome() == (0, nil))
    #expect(client.trySend() == .brokenPipe)
  }

  @Test
  func `answers: a connect that waits comes back, and the socket does not block then`() throws {
    let listener = try Self.listener()
    let address = try listener.localAddress()
    let client = try Descriptor.streamSocket(.v4)
    #expect(try client.tryConnect(to: address, untilAlarmAfter: .seconds(1)) == nil)
    #expect(try listener.waitUntilReadable(for: .seconds(1)))
    #expect(client.receiveSome() == (0, .wouldBlock))
  }

  @Test func `answers: options that are structs read back as they were set`() throws {
    let socket = try Descriptor.streamSocket(.v4)
    #expect(try socket.lingerTime() == nil)
    try socket.setLingerTime(7)
    #expect(try socket.lingerTime() == 7)
    try socket.setLingerTime(nil)
    #expect(try socket.lingerTime() == nil)
    #expect(try socket.timeLimit(SO_SNDTIMEO) == 0)
    try socket.setTimeLimit(SO_SNDTIMEO, to: 1_500_000)
    #expect(try socket.timeLimit(SO_SNDTIMEO) == 1_500_000)
    let error = #expect(throws: SystemCallError.self) {
      try socket.setTimeLimit(SO_SNDTIMEO, to: -1)
    }
    #expect(error?.code.name == "EDOM")
  }
}
