import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// Connections that nobody owns any more, and sockets destroyed; all gone with the namespace.
@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside })
struct InetDiagInsideTests {
  static let families: [AddressFamily] = [.v4, .v6]

  init() throws { try NetworkNamespace.bringUp("lo") }

  @Test(arguments: families)
  func `inet_diag: a handshake is found at the listener's end`(family: AddressFamily) throws {
    let connection = try Connection(family, isAnswered: false)
    let client = try connection.socket(at: .client, in: .synSent)
    #expect(client.info?.state == .synSent)
    #expect(client.timer == .retransmission)
    let handshake = try connection.socket(at: .server, in: .synReceived)
    #expect(handshake.timer == .retransmission)
    #expect(handshake.info == nil)
    #expect(handshake.timerRemaining ?? .zero > .zero)
    var diag = try InetDiag()
    var found: [InetDiagSocket] = []
    try diag.dump(family, in: [.synReceived], localPort: connection.serverAddress.port) {
      found.append($0)
    }
    #expect(found.map(\.cookie) == [handshake.cookie])
    #expect(try diag.destroy(handshake) == .destroyed)
    #expect(try connection.socket(at: .server, &diag) == nil)
  }

  @Test(arguments: families)
  func `inet_diag: a FIN that nobody acknowledges is FIN-WAIT-1 without an owner`(
    family: AddressFamily
  ) throws {
    let connection = try Connection(family)
    try connection.silence(.server)
    try connection.write(100)
    connection.close(.client)
    let orphan = try connection.socket(at: .client, in: .finWait1)
    #expect(orphan.timer == .retransmission)
    #expect(orphan.inode == 0)
    #expect(orphan.sendQueue == 101)  // and the FIN
    #expect(orphan.info?.state == .finWait1)
  }

  @Test(arguments: families)
  func `inet_diag: whoever closes last to a silent peer is LAST-ACK`(family: AddressFamily) throws {
    let connection = try Connection(family)
    try connection.silence(.server)
    connection.close(.server)
    _ = try connection.socket(at: .client, in: .closeWait)
    connection.close(.client)
    let orphan = try connection.socket(at: .client, in: .lastAck)
    #expect(orphan.timer == .retransmission)
    #expect(orphan.inode == 0)
  }

  @Test(arguments: families)
  func `inet_diag: a destroyed connection ends at both ends`(family: AddressFamily) throws {
    let connection = try Connection(family)
    var diag = try InetDiag()
    let server = try connection.socket(at: .server, in: .established)
    #expect(try diag.destroy(server) == .destroyed)
    #expect(try connection.server?.descriptor.pendingError()?.name == "ECONNABORTED")
    #expect(try connection.client?.descriptor.pendingError()?.name == "ECONNRESET")
    #expect(try connection.socket(at: .server, &diag) == nil)
    // The listener is what a lookup without a cookie would have hit.
    #expect(try diag.destroy(server) == .gone)
    #expect(try diag.listener(at: connection.serverAddress) != nil)
  }

  @Test(arguments: families)
  func `inet_diag: what waits after its end can be destroyed`(family: AddressFamily) throws {
    let connection = try Connection(family)
    var diag = try InetDiag()
    connection.close(.client)
    let waiting = try connection.socket(at: .client, in: .finWait2)
    let first = try diag.destroy(waiting)
    // Older kernels destroy nothing that is in the smaller form (`tcp_abort`).
    #expect(first == .destroyed || first == .notSupported)
    if first == .destroyed { #expect(try connection.socket(at: .client, &diag) == nil) }
  }
}
