import Linux
import NamespaceTesting
import NetAddress
import Observations
import Probes
import TCPModel
import Testing

@testable import Laboratory

struct OrphanCleanupTests {
  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `orphans: orphans of a namespace are ended`() throws {
    let run = try OwnNamespace.run("LaboratoryTests.OrphanInsideTests")
    #expect(run.status == 0, "\(run.output)")
  }
}

/// Run in a namespace that has no other sockets.
@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside })
struct OrphanInsideTests {
  private func orphans() throws -> Int {
    var diag = try InetDiag()
    var count = 0
    for family in [AddressFamily.v4, .v6] {
      try diag.dump(family, in: TCPState.allCases.filter { $0 != .listen && $0 != .timeWait }) {
        if $0.inode == 0 { count += 1 }
      }
    }
    return count
  }

  /// Closes a connection as a program does that knows nothing of its peer's silence.
  /// - Returns: the peer, whose closing would be noticed.
  private func leaveOrphan(_ family: AddressFamily) throws -> SharedSocket {
    let listener = try Listener.answering(family)
    let client = SharedSocket(asItIs: try Descriptor.streamSocket(family))
    _ = client.descriptor.connect(to: listener.address)
    let peer = try listener.accept()
    try peer.descriptor.dropEverything()
    try DescriptorIO.writeAll([UInt8(0)], to: client.descriptor.number, "a connection")
    return peer
  }

  @Test func `orphans: they are there, and then they are not`() throws {
    try NetworkNamespace.bringUp("lo")
    let peers = try [AddressFamily.v4, .v6].map(leaveOrphan)
    let before = try orphans()
    OrphanCleanup.end()
    let after = try orphans()
    withExtendedLifetime(peers) {}
    #expect(before == 2)
    #expect(after == 0)
    #expect(try ProcFS().text("sys/net/ipv4/tcp_orphan_retries") == "0\n")
    // Nothing to do is no mistake.
    OrphanCleanup.end()
  }
}
