import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Probes

/// The engine against peers on loopback.
struct ConnectEngineTests {
  static let families: [AddressFamily] = [.v4, .v6]
  private let peers = Peers()

  private func settings(_ change: (inout ConnectSettings) -> Void) -> ConnectSettings {
    var settings = ConnectSettings()
    change(&settings)
    return settings
  }

  @Test(arguments: families)
  func `connect engine: a listener is open, with the round trip of the handshake`(
    family: AddressFamily
  )
    throws
  {
    let result = try #require(try Destinations.result(of: peers.open(family)))
    #expect(result.outcome == .open(isReset: false))
    #expect(result.time > .zero)
    #expect(result.time < .seconds(1))
    #expect(result.report == nil)
    let roundTrip = try #require(result.roundTrip)
    #expect(roundTrip > .zero)
    #expect(roundTrip <= result.time)
    #expect(result.retransmissions == 0)
  }

  @Test(arguments: families)
  func `connect engine: a closed port is refused`(family: AddressFamily) throws {
    let result = try #require(try Destinations.result(of: peers.closed(family)))
    #expect(result.outcome == .refused)
    #expect(result.time < .seconds(1))
    #expect(result.outcome.errno == "ECONNREFUSED")
    #expect(result.report == nil)
  }

  @Test
  func `connect engine: a full accept queue is undecided at the deadline, with the SYNs that went`()
    throws
  {
    let result = try #require(
      try Destinations.result(of: peers.silent(), settings { $0.deadline = .milliseconds(1300) }))
    #expect(result.outcome == .undecided)
    #expect(result.outcome.errno == nil)
    #expect(result.time >= .milliseconds(1300))
    #expect(result.time < .milliseconds(1500))
    #expect(result.retransmissions == 1)
  }

  @Test func `connect engine: the kernel gives up by the options of the socket`() throws {
    let result = try #require(
      try Destinations.result(
        of: peers.silent(), settings { $0.options = SocketOptions([.userTimeout: 300]) }))
    #expect(result.outcome == .timedOut)
    #expect(result.retransmissions == 1)
    // Never before the first retransmission.
    #expect(result.time > .milliseconds(1000))
    #expect(result.time < .milliseconds(1200))
  }

  @Test func `connect engine: an option that the kernel refuses is told with its call`() throws {
    let result = try Destinations.result(
      of: peers.open(), settings { $0.options = SocketOptions([.synCount: 128]) })
    #expect(result?.outcome == .localError(call: "setsockopt", errno: "EINVAL"))
  }

  @Test func `connect engine: a source that is not ours is told with its call`() throws {
    let elsewhere = Endpoint(bytes: [192, 0, 2, 1], port: 0)
    let result = try Destinations.result(
      of: peers.open(),
      settings {
        $0.source = elsewhere
        $0.retries = 0
      })
    #expect(result?.outcome == .localError(call: "bind", errno: "EADDRNOTAVAIL"))
    #expect(result?.time == .zero)
  }

  @Test func `connect engine: a broadcast address is unreachable by our own routes`() throws {
    let nobody = try #require(Endpoint(bytes: [255, 255, 255, 255], port: 9))
    let result = try #require(try Destinations.result(of: nobody))
    #expect(result.outcome == .unreachable(errno: "ENETUNREACH"))
    #expect(result.report == nil)
  }

  @Test func `connect engine: no more than so many are under way at once`() throws {
    let silent = try peers.silent()
    let destinations = try Destinations.connect(
      to: Array(repeating: silent, count: 20),
      settings {
        $0.concurrency = 4
        $0.deadline = .milliseconds(30)
      })
    #expect(destinations.results.count == 20)
    #expect(destinations.mostAtOnce == 4)
  }

  @Test func `connect engine: no more than so many begin in a second`() throws {
    let closed = try peers.closed()
    let start = KernelClock.monotonic.now
    _ = try Destinations.connect(
      to: Array(repeating: closed, count: 50), settings { $0.rate = 100 })
    let time = KernelClock.monotonic.now - start
    #expect(time > .milliseconds(480))
    #expect(time < .seconds(3))
  }

  @Test func `connect engine: an end comes before our deadline though both are due`() throws {
    let closed = try peers.closed()
    let destinations = try Destinations.connect(
      to: Array(repeating: closed, count: 100),
      settings {
        $0.deadline = .nanoseconds(1)
        $0.rate = nil
      })
    #expect(destinations.results.allSatisfy { $0.result.outcome == .refused })
  }

  /// A source that is held up when it is told of the first end.
  private final class Sluggish: ConnectWorkload {
    private var rest: ArraySlice<Endpoint>
    private(set) var results: [ConnectResult] = []

    init(_ addresses: [Endpoint]) { rest = addresses[...] }

    func prepare(in probe: ConnectEngine) {}
    func next(at now: Duration, in probe: ConnectEngine) -> NextDestination {
      rest.popFirst().map { .connect(Single($0)) } ?? .finished
    }
    func ended(_ destination: any Destination, _ result: ConnectResult, in probe: ConnectEngine) {
      if results.isEmpty { usleep(400_000) }
      results.append(result)
    }
    func readable(_ number: CInt, in probe: ConnectEngine) {}
  }

  @Test
  func `connect engine: what ended while nobody looked is no silence, and its lateness is told`()
    throws
  {
    let silent = try peers.silent()
    let source = Sluggish([silent, silent])
    // Both end with their first retransmission, after 1.0 s, the second 50 ms after the first.
    try ConnectEngine(
      settings {
        $0.options = SocketOptions([.userTimeout: 300])
        $0.deadline = .milliseconds(1200)
        $0.rate = 20
      }, to: source
    ).run()
    #expect(source.results.map(\.outcome) == [.timedOut, .timedOut])
    let late = try #require(source.results.last)
    #expect(late.time >= .milliseconds(1300))
    let lateness = try #require(late.lateness)
    #expect(lateness > .milliseconds(250))
    #expect(late.time - lateness < .milliseconds(1200))
  }

  @Test
  func `connect engine: a port that is in use is tried again when the other attempt is over`()
    throws
  {
    let silent = try peers.silent()
    let own = try Peers().closed()
    let results = try Destinations.connect(
      to: [silent, silent],
      settings {
        $0.source = Endpoint(bytes: own.bytes, port: own.port &+ 1)
        $0.deadline = .milliseconds(50)
      }
    ).results.map(\.result.outcome)
    #expect(results == [.undecided, .undecided])
  }

  /// A server that has accepted, and what it does at once; what an attempt then comes to.
  private func attempt(_ serve: (borrowing Descriptor) throws -> Void) throws -> ConnectAttempt {
    let listener = try Descriptor.streamSocket(.v4)
    try listener.listen(on: .loopback(.v4), backlog: 1)
    let address = try listener.localAddress()
    let socket = try Descriptor.streamSocket(.v4)
    #expect(socket.startConnecting(to: address) == .inProgress)
    try #require(try listener.waitUntilReadable(for: .seconds(5)))
    try serve(try listener.accept())
    return ConnectAttempt(Single(address), socket)
  }

  @Test func `connect engine: a server that sends or closes at once is open`() throws {
    let sent = try attempt { try DescriptorIO.writeAll([1], to: $0.number, "a client") }
    #expect(
      try sent.result([.input, .output], at: .zero, unseenSince: .zero)?.outcome
        == .open(isReset: false))
    let closed = try attempt { _ in }
    let events = try closed.socket.readiness()
    #expect(events == [.input, .output, .peerClosed])
    #expect(
      try closed.result(events, at: .zero, unseenSince: .zero)?.outcome == .open(isReset: false))
  }

  @Test func `connect engine: a server that resets at once is open, and says so`() throws {
    let reset = try attempt { try $0.dropOnClose() }
    let events = try reset.socket.readiness()
    #expect(events.contains(.hangUp))
    let result = try reset.result(events, at: .zero, unseenSince: .zero)
    #expect(result?.outcome == .open(isReset: true))
    #expect(result?.outcome.errno == "ECONNRESET")
  }

  @Test(arguments: families)
  func `connect engine: a socket that was reset or refused connects again`(family: AddressFamily)
    throws
  {
    let listener = try Descriptor.streamSocket(family)
    try listener.listen(on: .loopback(family), backlog: 100)
    let (open, closed) = (try listener.localAddress(), try peers.closed(family))
    let other = try peers.closed(family == .v4 ? .v6 : .v4)
    let reset = settings {
      $0.resets = true
      $0.concurrency = 1
      $0.options = SocketOptions([.userTimeout: 5000])
    }
    let order = [closed, open, open, closed, closed, other, open, other, closed, open]
    let results = try Destinations.connect(to: order, reset).results
    #expect(results.map(\.address) == order)
    for (address, _, result) in results {
      #expect(result.outcome == (address == open ? .open(isReset: false) : .refused))
      #expect(result.report == nil)
      #expect(result.time < .seconds(1))
      #expect((result.roundTrip != nil) == (address == open))
    }
    #expect(try listener.resetsAccepted() == [true, true, true, true])
  }

  @Test
  func `connect engine: slots keep sockets for those that fit, no more than there were at once`()
    throws
  {
    var slots = InFlightAttempts()
    let destination = Single(.loopback(.v4))
    let first = slots.add(ConnectAttempt(destination, try .streamSocket(.v4)))
    let second = slots.add(ConnectAttempt(destination, try .streamSocket(.v4)))
    slots.retire(first)
    #expect(slots[first] == nil)
    #expect(slots.count == 1)
    #expect(slots.oldestSlot == second)
    #expect(slots.addSpent(fitting: destination) == first)
    #expect(slots[first] != nil)
    #expect(slots.count == 2)
    #expect(slots.oldestSlot == second)
    slots.retire(second)
    let other = Single(.loopback(.v4), SocketOptions([.synCount: 2]))
    #expect(slots.addSpent(fitting: other) == nil)
    #expect(slots.addSpent(fitting: destination) == nil)
    #expect(slots.add(ConnectAttempt(destination, try .streamSocket(.v6))) == second)
    slots.retire(first)
    let closed = [slots.closeSpent(), slots.closeSpent()]
    #expect(closed == [true, false])
    #expect(slots.addSpent(fitting: destination) == nil)
    #expect(slots.all == [second])
  }

  @Test func `connect engine: an attempt that ended without a reason is none of the network's`() {
    #expect(ConnectOutcome(ofAttempt: nil) == .localError(call: "SO_ERROR", errno: "0"))
    #expect(ConnectOutcome(ofAttempt: .timedOut) == .timedOut)
    #expect(ConnectOutcome(ofAttempt: .connectionReset) == .open(isReset: true))
    #expect(ConnectOutcome(ofAttempt: .accessDenied) == .unreachable(errno: "EACCES"))
  }

  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `connect engine: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("ProbesTests.ConnectEngineInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }

  @Test(
    .enabled("namespaces are refused here") { OwnNamespace.isAllowed },
    .enabled("no nft and rules of it here") { Firewall.isPossible })
  func `connect engine: the tests of firewalls pass in a namespace`() throws {
    let (status, output) = try OwnNamespace.run("ProbesTests.FirewallInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }
}
