import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// Lookups of one's own sockets on the host's loopback, which need no rights.
struct InetDiagTests {
  static let families: [AddressFamily] = [.v4, .v6]

  @Test(arguments: families)
  func `inet_diag: an established pair is found from both ends`(family: AddressFamily) throws {
    let connection = try Connection(family)
    let client = try connection.socket(at: .client, in: .established)
    let server = try connection.socket(at: .server, in: .established)
    #expect(client.local == connection.clientAddress)
    #expect(client.remote == connection.serverAddress)
    #expect(server.local == connection.serverAddress)
    #expect(server.remote == connection.clientAddress)
    #expect(client.user == getuid())
    #expect(client.cookie != server.cookie)
    var facts = stat()
    fstat(connection.client?.descriptor.number ?? -1, &facts)
    #expect(UInt64(client.inode) == UInt64(facts.st_ino))
  }

  @Test(arguments: families)
  func `inet_diag: inet_diag and getsockopt tell the same`(family: AddressFamily) throws {
    let connection = try Connection(family)
    try connection.write(1000)
    // Once all is acknowledged nothing more happens.
    let settled = try connection.socket(at: .client) { $0.info?.unacknowledged == 0 }
    var found = try #require(settled.info)
    var asked = try #require(try connection.client?.descriptor.tcpInfo())
    // Time passes between the two.
    for field in [\TCPInfo.sinceLastSent, \.sinceLastReceived, \.sinceLastAcknowledged] {
      let later = try #require(asked[keyPath: field])
      let sooner = try #require(found[keyPath: field])
      #expect(later >= sooner)
      #expect(later - sooner < .seconds(10))
      (asked[keyPath: field], found[keyPath: field]) = (nil, nil)
    }
    #expect(found == asked)
    #expect(found.state == .established)
    #expect(found.roundTrip ?? .zero > .zero)
  }

  @Test(arguments: families)
  func `inet_diag: what was not read waits in the receive queue`(family: AddressFamily) throws {
    let connection = try Connection(family)
    try connection.write(777)
    #expect(try connection.socket(at: .server, in: .established).receiveQueue == 777)
  }

  @Test(arguments: families)
  func `inet_diag: a connection that is not there is nil, listener or not`(family: AddressFamily)
    throws
  {
    let connection = try Connection(family)
    var diag = try InetDiag()
    let nobody = Endpoint.loopback(family, port: 1)
    #expect(try diag.connection(from: connection.clientAddress, to: nobody) == nil)
    #expect(try diag.connection(from: connection.serverAddress, to: nobody) == nil)
    #expect(try diag.listener(at: nobody) == nil)
  }

  @Test(arguments: families)
  func `inet_diag: a listener is found with its queue`(family: AddressFamily) throws {
    let connection = try Connection(family)
    var diag = try InetDiag()
    let listener = try #require(try diag.listener(at: connection.serverAddress))
    #expect(listener.state == .listen)
    #expect(listener.local == connection.serverAddress)
    #expect(listener.receiveQueue == 0)
    #expect(listener.sendQueue == 4)
    #expect(listener.info == nil)
  }

  @Test(arguments: families)
  func `inet_diag: a closed connection goes through FIN-WAIT-2 to TIME-WAIT`(family: AddressFamily)
    throws
  {
    let connection = try Connection(family)
    connection.close(.client)
    let waiting = try connection.socket(at: .client, in: .finWait2)
    // At 60 s, the default, the kernel keeps it in the smaller form at once (`tcp_close`).
    #expect(waiting.timer == .timeWait || waiting.timer == .keepalive)
    #expect(waiting.inode == 0)
    #expect(try connection.socket(at: .server, in: .closeWait).info?.state == .closeWait)
    connection.close(.server)
    let gone = try connection.socket(at: .client, in: .timeWait)
    #expect(gone.timer == .timeWait)
    #expect(gone.info == nil)
    let rest = try #require(gone.timerRemaining)
    #expect(rest > .seconds(40))
    #expect(rest <= .seconds(65))
    var diag = try InetDiag()
    #expect(try connection.socket(at: .server, &diag) == nil)
  }

  @Test(arguments: families)
  func `inet_diag: a dump finds what it is asked for`(family: AddressFamily) throws {
    let connection = try Connection(family)
    var diag = try InetDiag()
    var found: [InetDiagSocket] = []
    let port = connection.serverAddress.port
    try diag.dump(family, in: [.established], remotePort: port) { found.append($0) }
    #expect(found.map(\.local) == [connection.clientAddress])
    found = []
    try diag.dump(family, in: [.established, .listen], localPort: port) { found.append($0) }
    #expect(Set(found.map(\.state)) == [.established, .listen])
    #expect(found.count == 2)
    found = []
    try diag.dump(family, in: [.timeWait], localPort: port) { found.append($0) }
    #expect(found.isEmpty)
  }

  @Test
  func `inet_diag: a connection of IPv4 over IPv6 sockets is found by its IPv4 addresses`() throws {
    let listener = try Descriptor.streamSocket(.v6)
    try listener.listen(on: .any(.v6), backlog: 1)
    let target = Endpoint.loopback(.v4, port: try listener.localAddress().port)
    let client = try Descriptor.streamSocket(.v4)
    _ = client.connect(to: target)
    let own = try client.localAddress()
    try #require(try listener.waitUntilReadable(for: .seconds(10)))
    let server = try listener.accept()
    var diag = try InetDiag()
    let found = try #require(try diag.connection(from: target, to: own))
    #expect(found.local.description == "[::ffff:127.0.0.1]:\(target.port)")
    #expect(found.info?.state == (try server.tcpInfo().state))
  }

  @Test(.enabled("root may destroy sockets here") { geteuid() != 0 })
  func `inet_diag: without rights nothing is destroyed`() throws {
    let connection = try Connection(.v4)
    var diag = try InetDiag()
    let socket = try connection.socket(at: .client, in: .established)
    let outcome = try diag.destroy(socket)
    #expect(outcome == .notPermitted || outcome == .notSupported)
  }

  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `inet_diag: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("ProbesTests.InetDiagInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }

  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `audit: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("ProbesTests.SocketAuditInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }
}
