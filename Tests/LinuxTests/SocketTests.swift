import Glibc
import Linux
import NetAddress
import Testing

struct SocketTests {
  @Test(arguments: [AddressFamily.v4, .v6])
  func `sockets: a socket never blocks and never leaks into a child`(family: AddressFamily) throws {
    let socket = try Descriptor.streamSocket(family)
    #expect(fcntl(socket.number, F_GETFL) & O_NONBLOCK != 0)
    #expect(fcntl(socket.number, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func `sockets: the ends of a pipe never leak into a child`() throws {
    let pipe = try Descriptor.pipe()
    #expect(fcntl(pipe.readEnd.number, F_GETFD) & FD_CLOEXEC != 0)
    #expect(fcntl(pipe.writeEnd.number, F_GETFD) & FD_CLOEXEC != 0)
  }

  @Test func `sockets: a descriptor is closed with its scope`() throws {
    let number: CInt
    var facts = stat()
    var inode: ino_t = 0
    do {
      let socket = try Descriptor.streamSocket(.v4)
      number = socket.number
      fstat(number, &facts)
      inode = facts.st_ino
    }
    // Another test may have been given the number by now, but not the socket.
    #expect(fstat(number, &facts) == -1 || facts.st_ino != inode)
  }

  @Test(arguments: [AddressFamily.v4, .v6])
  func `sockets: a refused connect is told by SO_ERROR`(family: AddressFamily) throws {
    let port: UInt16
    do {
      let listener = try Descriptor.streamSocket(family)
      try listener.listen(on: .loopback(family), backlog: 1)
      port = try listener.localAddress().port
    }
    let socket = try Descriptor.streamSocket(family)
    let start = socket.connect(to: .loopback(family, port: port))
    if start == .ended(.connectionRefused) { return }
    #expect(start == .inProgress)
    let epoll = try Epoll()
    try epoll.add(socket, for: .output, token: 7)
    let ready = try epoll.wait(for: .seconds(2))
    #expect(ready.map(\.token) == [7])
    #expect(ready.first?.events.contains(.error) == true)
    #expect(try socket.pendingError() == .connectionRefused)
    #expect(try socket.pendingError() == nil)
  }

  @Test(arguments: [AddressFamily.v4, .v6])
  func `sockets: a connection is made, accepted and described`(family: AddressFamily) throws {
    let listener = try Descriptor.streamSocket(family)
    try listener.listen(on: .loopback(family), backlog: 1)
    let address = try listener.localAddress()
    #expect(address.port > 0)
    #expect(address.host == (family == .v4 ? "127.0.0.1" : "::1"))
    let client = try Descriptor.streamSocket(family)
    try client.dropOnClose()
    #expect(client.connect(to: address) != .ended(.connectionRefused))
    #expect(try listener.waitUntilReadable(for: .seconds(2)))
    let peer = try listener.accept()
    #expect(fcntl(peer.number, F_GETFL) & O_NONBLOCK != 0)
    #expect(try client.pendingError() == nil)
    let information = try client.tcpInfoBytes()
    #expect(information.first == 1)  // TCP_ESTABLISHED
    #expect((104...512).contains(information.count))
  }

  @Test func `sockets: an empty queue of a listener is EAGAIN`() throws {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 1)
    let error = #expect(throws: SystemCallError.self) { _ = try listener.accept() }
    #expect(error?.code == .wouldBlock)
  }

  @Test func `sockets: an option reads back as it was set`() throws {
    let socket = try Descriptor.streamSocket(.v4)
    try socket.setOption(CInt(IPPROTO_TCP), TCP_USER_TIMEOUT, to: 12_345)
    #expect(try socket.option(CInt(IPPROTO_TCP), TCP_USER_TIMEOUT) == 12_345)
  }

  @Test func `sockets: an address needs four or sixteen bytes`() {
    #expect(Endpoint(bytes: [1, 2, 3], port: 1) == nil)
    #expect(Endpoint(bytes: [10, 0, 0, 1], port: 80)?.description == "10.0.0.1:80")
    #expect(Endpoint.loopback(.v6, port: 80).description == "[::1]:80")
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("10.1.2.128/25", "10.1.2.200", true), ("10.1.2.128/25", "10.1.2.127", false),
    ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "::1", false),
    ("1.2.3.4/32", "1.2.3.4", true), ("fd00::/7", "fc12::1", true), ("fd00::/8", "fc12::1", false),
  ])
  func `sockets: a block has addresses in it`(block: String, address: String, isIn: Bool) throws {
    let prefix = try #require(IPPrefix(block))
    #expect(prefix.contains(try #require(IPAddress(address))) == isIn)
  }
}
