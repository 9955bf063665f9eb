import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// What firewalls do to attempts: on this host, on a router and on the peer.
@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("no nft and rules of it here") { OwnNamespace.isInside || Firewall.isPossible },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside }, .serialized
)
struct FirewallInsideTests {
  private let peers = Peers()

  init() throws { try NetworkNamespace.bringUp("lo") }

  /// Every way to reject has a port of its own.
  private func rules(from port: UInt16) -> [String] {
    zip(Reject.all, port...).map { $0.rule(port: $1) }
  }

  /// Connects through all rules at once.
  private func results(v4: String, v6: String, from port: UInt16) throws -> [(
    reject: Reject, result: ConnectResult
  )] {
    let addresses = try zip(Reject.all, port...).map { reject, port in
      let address = try #require(IPAddress(reject.isV6 ? v6 : v4))
      return Endpoint(address, port: port)
    }
    let results = try Destinations.connect(to: addresses, ConnectSettings()).results
    return try zip(Reject.all, addresses).map { reject, address in
      (reject, try #require(results.first { $0.address == address }).result)
    }
  }

  private func check(
    _ reject: Reject, _ result: ConnectResult, from sender: String, isOwn: Bool
  ) {
    #expect(result.outcome.errno == reject.errno, "\(reject)")
    #expect(
      result.outcome.kind == (reject.errno == "ECONNREFUSED" ? .refused : .unreachable),
      "\(reject)")
    guard let type = reject.type, let code = reject.code else {
      // A RST waits until connect lets go of the socket.
      #expect(result.report == nil, "\(reject)")
      #expect(result.time < .milliseconds(500), "\(reject)")
      return
    }
    #expect(
      result.report
        == ICMPReport(
          isV6: reject.isV6, type: type, code: code, sender: IPAddress(sender), isOwn: isOwn),
      "\(reject)")
    // What comes while connect holds the socket ends nothing: then the next SYN's message does.
    let retransmissions = result.retransmissions ?? -1
    #expect(retransmissions == 0 || retransmissions == 1, "\(reject)")
    let earliest = Duration.milliseconds(retransmissions * 990)
    #expect(result.time > earliest, "\(reject)")
    #expect(result.time < earliest + .milliseconds(500), "\(reject)")
  }

  @Test
  func `firewall: this host's own firewall is told as such, whatever it rejects with`() throws {
    try Firewall.add(rules(from: 101), on: .output)
    for (reject, result) in try results(v4: "127.0.0.1", v6: "::1", from: 101) {
      check(reject, result, from: reject.isV6 ? "::1" : "127.0.0.1", isOwn: true)
    }
  }

  @Test func `firewall: what another address of loopback rejects is this host's word`() throws {
    try Firewall.add(["tcp dport 203 reject with icmp type admin-prohibited"], on: .input)
    let result = try answer("127.0.0.5", port: 203)
    #expect(result.report?.sender == .v4(127, 0, 0, 5))
    #expect(result.report?.isOwn == true)
  }

  @Test
  func `firewall: a router's firewall is told by its address, whatever it rejects with`() throws {
    let router = try peers.router(1)
    try router.lead(to: "10.81.0.0", length: 16)
    try router.lead(to: "fd81::", length: 16)
    try router.there { try Firewall.add(rules(from: 301), on: .forward) }
    for (reject, result) in try results(v4: "10.81.0.9", v6: "fd81::9", from: 301) {
      check(reject, result, from: reject.isV6 ? router.addressV6 : router.address, isOwn: false)
    }
  }

  private func answer(_ text: String, port: UInt16, _ options: SocketOptions = SocketOptions())
    throws -> ConnectResult
  {
    var settings = ConnectSettings()
    settings.options = options
    settings.deadline = .milliseconds(1300)
    let address = Endpoint(try #require(IPAddress(text)), port: port)
    return try #require(try Destinations.result(of: address, settings))
  }

  /// UDP gets EPERM; TCP sends its SYN again and never tells (`tcp_connect`).
  @Test(arguments: ["127.0.0.1", "::1"])
  func `firewall: what this host drops on its way out is silence, and no local error`(
    address: String
  )
    throws
  {
    try Firewall.add(["tcp dport 200 drop"], on: .output)
    let result = try answer(address, port: 200)
    #expect(result.outcome == .undecided)
    #expect(result.retransmissions == 1)
    #expect(result.report == nil)
  }

  @Test(arguments: [AddressFamily.v4, .v6])
  func `firewall: what the peer drops is silence until the deadline or the kernel's end`(
    family: AddressFamily
  ) throws {
    let router = try peers.router(family == .v4 ? 2 : 3)
    try router.there { try Firewall.add(["tcp dport 201 drop"], on: .input) }
    let address = family == .v4 ? router.address : router.addressV6
    let silent = try answer(address, port: 201)
    #expect(silent.outcome == .undecided)
    #expect(silent.retransmissions == 1)
    #expect(silent.report == nil)
    #expect(silent.time >= .milliseconds(1300))
    #expect(silent.time < .milliseconds(1800))
    let given = try answer(address, port: 201, SocketOptions([.userTimeout: 500]))
    #expect(given.outcome == .timedOut)
    #expect(given.retransmissions == 1)
  }

  @Test func `firewall: the kernel gives up after as many SYNs as TCP_SYNCNT allows`() throws {
    try Firewall.add(["tcp dport 202 drop"], on: .input)
    var settings = ConnectSettings()
    settings.options = SocketOptions([.synCount: 1])
    let address = try #require(Endpoint(bytes: [127, 0, 0, 1], port: 202))
    let result = try #require(try Destinations.result(of: address, settings))
    // After one second, and from Linux 6.5 on another one, which the linear ones allow.
    #expect(result.outcome == .timedOut)
    #expect((1...2).contains(result.retransmissions ?? 0))
    #expect(result.time > .milliseconds(1900))
    #expect(result.time < .milliseconds(3800))
  }

  /// A rule that rejects the first SYN alone.
  @Test(arguments: [AddressFamily.v4, .v6])
  func `firewall: a host that answers after a message is open, with the message`(
    family: AddressFamily
  ) throws {
    let router = try peers.router(family == .v4 ? 4 : 5)
    let listener = try router.listener(family)
    let address = try listener.localAddress()
    try router.there {
      try Firewall.add(
        [
          "tcp dport \(address.port) tcp flags syn limit rate 1/hour burst 1 packets"
            + " reject with icmpx type admin-prohibited"
        ], on: .input)
    }
    let result = try #require(try Destinations.result(of: address))
    #expect(result.outcome == .open(isReset: false))
    #expect(result.retransmissions == 1)
    #expect(result.time > .milliseconds(990))
    #expect(result.time < .milliseconds(1500))
    #expect(result.report?.code == (family == .v4 ? 13 : 1))
    #expect(result.report?.isOwn == false)
  }
}
