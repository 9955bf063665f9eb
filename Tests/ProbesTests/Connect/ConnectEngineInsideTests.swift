import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Observations
import Restrictions
import TCPModel
import Testing

@testable import Probes

/// What only a network of one's own shows: routes, routers, neighbours, ports and descriptors that run out.
@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside }, .serialized
)
struct ConnectEngineInsideTests {
  private let peers = Peers()

  init() throws { try NetworkNamespace.bringUp("lo") }

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  private func result(_ text: String, _ settings: ConnectSettings = ConnectSettings()) throws
    -> ConnectResult
  {
    try #require(
      try Destinations.result(of: Endpoint(try address(text), port: 9), settings))
  }

  static let verdicts: [(Route.Kind, ConnectOutcome)] = [
    (.unreachable, .unreachable(errno: "EHOSTUNREACH")),
    (.prohibit, .localError(call: "connect", errno: "EACCES")),
    (.blackhole, .localError(call: "connect", errno: "EINVAL")),
    (.throw, .unreachable(errno: "ENETUNREACH")),
  ]

  @Test(arguments: verdicts)
  func `connect engine: routes of this host refuse at once`(
    kind: Route.Kind, outcome: ConnectOutcome
  ) throws {
    var network = try RouteNetlink()
    try network.add(Route(kind, to: IPPrefix(try address("10.77.\(kind.rawValue).0"), length: 24)))
    let result = try result("10.77.\(kind.rawValue).1")
    #expect(result.outcome == outcome)
    #expect(result.report == nil)
    #expect(result.time < .milliseconds(100))
    let same = Endpoint(try address("10.77.\(kind.rawValue).1"), port: 9)
    let trial = try ReconnectTrial.simulating(2, to: same)
    #expect(trial.renewed.rounds.map(\.outcome) == [outcome, outcome])
    #expect(trial.reused.rounds.map(\.outcome) == [outcome, outcome])
  }

  /// The message comes while `connect` holds the socket, and is only a soft error: the attempt goes
  /// on until the next SYN gets one too.
  @Test
  func `connect engine: a router's message is told with its sender, and a soft error is no end`()
    throws
  {
    let router = try peers.router(1)
    try router.lead(to: "10.80.0.0", length: 16)
    let result = try result("10.80.0.1")
    #expect(result.outcome == .unreachable(errno: "EHOSTUNREACH"))
    #expect(result.time > .milliseconds(900))
    #expect(result.time < .milliseconds(1500))
    #expect(
      result.report
        == ICMPReport(isV6: false, type: 3, code: 1, sender: .v4(10, 8, 1, 2), isOwn: false))
  }

  @Test func `connect engine: a router's message is told for IPv6`() throws {
    let router = try peers.router(2)
    try router.lead(to: "fd80::", length: 16)
    let result = try result("fd80::1")
    #expect(result.outcome == .unreachable(errno: "EACCES"))
    #expect(
      result.report
        == ICMPReport(isV6: true, type: 1, code: 1, sender: IPAddress("fd08:2::2"), isOwn: false))
  }

  @Test
  func `connect engine: a neighbour that does not answer is told by this host itself`() throws {
    _ = try peers.router(3)
    let result = try result("10.8.3.77")
    #expect(result.outcome == .unreachable(errno: "EHOSTUNREACH"))
    #expect(result.time > .milliseconds(2900))
    #expect(result.time < .milliseconds(3500))
    #expect(result.report?.isOwn == true)
    #expect(result.report?.sender == .v4(10, 8, 3, 1))
    #expect(result.report?.meaning == "host unreachable")
    #expect(result.isDeadNeighbour)
    #expect(result.nextHop?.device == "near3")
    #expect(result.nextHop?.state == .failed)
  }

  private static let missing: [(String, String, Bool)] = [
    ("10.8.4.77", "10.8.4.77", false), ("10.82.0.1", "10.8.4.78", true),
    ("fd08:4::77", "fd08:4::77", false), ("fd81::1", "fd08:4::78", true),
  ]

  @Test
  func `connect engine: at our deadline the kernel says that it still asks for the next hop`()
    throws
  {
    _ = try peers.router(4)
    var network = try RouteNetlink()
    try network.add(
      Route(to: IPPrefix(try address("10.82.0.0"), length: 16), by: try address("10.8.4.78")))
    try network.add(
      Route(to: IPPrefix(try address("fd81::"), length: 16), by: try address("fd08:4::78")))
    // Link-local addresses of IPv6 are tentative for a while.
    for _ in 0..<2 { _ = try result("fd08:4::2") }
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(300)
    for (destination, neighbour, isGateway) in Self.missing {
      let result = try result(destination, settings)
      let hop = try #require(result.nextHop, "\(destination)")
      #expect(result.outcome == .undecided)
      #expect(result.retransmissions == 0)
      #expect(hop.device == "near4")
      #expect(hop.address.description == neighbour)
      #expect(hop.isGateway == isGateway)
      #expect(hop.state == .incomplete, "\(hop)")
      #expect(hop.isUnknownSinceBegin, "\(hop)")
      #expect(try #require(hop.since) > .milliseconds(-25))
    }
    // Another one joins the question of the first.
    let second = try result("10.8.4.77", settings)
    #expect(second.nextHop?.state == .incomplete)
    #expect(try #require(second.nextHop?.since) < .milliseconds(-250))
    // Who answered a while ago is used at once, and not asked for.
    try network.set(
      Neighbour(
        try address("10.8.4.79"), link: try network.link("near4").index, state: .stale,
        hardwareAddress: [2, 0, 0, 0, 0, 9]))
    let stale = try result("10.8.4.79", settings)
    #expect(stale.nextHop?.state == .delay)
    #expect(stale.outcome == .undecided)
    // This host has no neighbour on the way to itself.
    #expect(try Destinations.result(of: peers.silent(), settings)?.nextHop == nil)
  }

  @Test func `connect engine: a gateway that others are answered through is in no doubt`() throws {
    let router = try peers.router(6)
    try router.lead(to: "10.81.0.0", length: 16)
    let listener = try router.listener(.v4)
    let open = try listener.localAddress()
    #expect(try Destinations.result(of: open)?.outcome == .open(isReset: false))
    var network = try RouteNetlink()
    let link = try network.link("near6").index
    let gateway = try address(router.address)
    var entry = try #require(try network.neighbour(gateway, at: link))
    entry.state = .stale
    // Confirmed longer ago than it is stale, to a hundredth of a second.
    usleep(100_000)
    try network.set(entry)
    usleep(50_000)
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(100)
    #expect(try result("10.81.0.9", settings).nextHop?.state == .delay)
    #expect(try Destinations.result(of: open)?.outcome == .open(isReset: false))
    #expect(try result("10.81.0.9", settings).nextHop?.state == .reachable)
  }

  @Test
  func `connect engine: when no local port is left an attempt waits for another's end`() throws {
    defer { try? ProcFS().write("32768 60999", to: "sys/net/ipv4/ip_local_port_range") }
    let silent = try peers.silent()
    try ProcFS().write("45000 45003", to: "sys/net/ipv4/ip_local_port_range")
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(60)
    let all = Array(repeating: silent, count: 6)
    let patient = try Destinations.connect(to: all, settings)
    #expect(patient.results.allSatisfy { $0.result.outcome == .undecided })
    settings.retries = 0
    let rash = try Destinations.connect(to: all, settings).results.map(\.result.outcome)
    #expect(rash.filter { $0 == .undecided }.count == 4)
    #expect(
      rash.filter { $0 == .localError(call: "connect", errno: "EADDRNOTAVAIL") }.count == 2)
  }

  @Test(arguments: ["127.0.0.1", "::1"])
  func `connect engine: who meets but itself is refused`(text: String) throws {
    defer { try? ProcFS().write("32768 60999", to: "sys/net/ipv4/ip_local_port_range") }
    try ProcFS().write("46001 46001", to: "sys/net/ipv4/ip_local_port_range")
    let own = Endpoint(try address(text), port: 46001)
    do {
      let socket = try Descriptor.streamSocket(own.family)
      _ = socket.startConnecting(to: own)
      let meetsItself = socket.isConnected(toItselfAt: own)
      #expect(meetsItself)
      try socket.dropOnClose()
    }
    for resets in [false, true] {
      var settings = ConnectSettings()
      (settings.resets, settings.retries) = (resets, 0)
      let results = try Destinations.connect(to: [own, own], settings).results
      #expect(results.map(\.result.outcome) == [.refused, .refused])
    }
    let trial = try ReconnectTrial.simulating(1, to: own)
    #expect(trial.renewed.rounds.map(\.outcome) == [.refused])
  }

  @Test func `connect engine: as many are under way as there are descriptors`() throws {
    let silent = try peers.silent()
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let before = limit
    defer {
      var before = before
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
    }
    limit.rlim_cur = Self.descriptorLimit(leaving: 7)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(40)
    settings.retries = 0
    let destinations = try Destinations.connect(to: Array(repeating: silent, count: 30), settings)
    #expect(destinations.results.count == 30)
    #expect(destinations.mostAtOnce < 8)
    #expect(destinations.results.allSatisfy { $0.result.outcome == .undecided })
  }

  /// The limit below which so many numbers are free. It is about numbers: a descriptor with a larger
  /// one, which whoever else runs in the process may hold, takes none of them.
  private static func descriptorLimit(leaving count: Int) -> rlim_t {
    let free = (0..<count).map { _ in dup(STDIN_FILENO) }
    defer { for number in free { close(number) } }
    return rlim_t((free.max() ?? 0) + 1)
  }

  /// The run's epoll has the first free number, then come the attempts.
  private func thirdFreeDescriptor() throws -> CInt {
    let first = try Descriptor.streamSocket(.v4)
    let second = try Descriptor.streamSocket(.v4)
    let third = try Descriptor.streamSocket(.v4)
    return [first.number, second.number, third.number].max() ?? 0
  }

  /// Two attempts: one that waits for its deadline, and one whose connect fails as long as it does.
  private func attempts(_ code: Errno) throws -> Destinations {
    let targets = [try peers.silent(), try peers.closed()]
    let number = try thirdFreeDescriptor()
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(40)
    var destinations: Destinations?
    try OwnThread.run(refusing: .connect(number, code)) {
      destinations = try Destinations.connect(to: targets, settings)
    }
    return try #require(destinations)
  }

  @Test(
    .enabled("no seccomp here") { OwnThread.canRefuse },
    arguments: [Errno.noBufferSpace, .noMemory, .wouldBlock, .addressNotAvailable])
  func `connect engine: what this host is short of is there when another attempt has ended`(
    code: Errno
  ) throws {
    let results = try attempts(code).results
    #expect(results.map(\.result.outcome) == [.undecided, .refused])
    #expect(results.map(\.failures) == [0, 1])
  }

  @Test(
    .enabled("no seccomp here") { OwnThread.canRefuse },
    arguments: [Errno.notPermitted, .accessDenied])
  func `connect engine: what a policy of this host refuses is told at once`(code: Errno) throws {
    let results = try attempts(code).results
    #expect(
      results.map(\.result.outcome) == [
        .localError(call: "connect", errno: code.name), .undecided,
      ])
    #expect(results.map(\.failures) == [0, 0])
  }

  /// A thread that is interrupted every few hundred microseconds, as profilers do.
  @Test func `connect engine: signals lose nothing and shorten no wait`() throws {
    let targets = [try peers.silent(), try peers.open(), try peers.closed()]
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(300)
    settings.rate = 20
    let interruption = try Interruption()
    let results = try Destinations.connect(to: targets, settings).results
    #expect(interruption.end() > 100)
    #expect(results.map(\.result.outcome) == [.open(isReset: false), .refused, .undecided])
    #expect(try #require(results.last).result.time >= .milliseconds(300))
  }

  @Test func `connect engine: ten thousand destinations, each with its own end`() throws {
    let open = try peers.open(backlog: 4000)
    let targets = try (0..<10_000).map { number in
      let bytes: [UInt8] = [127, 1, UInt8(number >> 8), UInt8(number & 0xff)]
      return try #require(Endpoint(bytes: bytes, port: number < 3000 ? open.port : 9))
    }
    var settings = ConnectSettings()
    settings.rate = nil
    // Listening on 127.0.0.1 alone: all others are refused.
    let destinations = try Destinations.connect(to: targets, settings)
    #expect(destinations.results.count == 10_000)
    #expect(destinations.results.allSatisfy { $0.result.outcome == .refused })
    let times = destinations.results.map(\.result.time).sorted()
    #expect(times[5000] < .milliseconds(20))
  }
}
