import Glibc
import Linux
import NetlinkBench
import TCPModel
import Testing

@testable import Probes

/// What only a network of one's own shows: routes, routers, neighbours, ports and descriptors that run out.
@Suite(
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside }, .serialized
)
struct ConnectProbeInsideTests {
  private let peers = Peers()

  init() throws { try NetworkNamespace.bringUp("lo") }

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  private func result(_ text: String, _ settings: ConnectSettings = ConnectSettings()) throws
    -> ConnectResult
  {
    try #require(
      try Destinations.result(of: SocketAddress(try address(text), port: 9), settings))
  }

  static let verdicts: [(Route.Kind, ConnectOutcome)] = [
    (.unreachable, .unreachable(errno: "EHOSTUNREACH")),
    (.prohibit, .localError(call: "connect", errno: "EACCES")),
    (.blackhole, .localError(call: "connect", errno: "EINVAL")),
    (.throw, .unreachable(errno: "ENETUNREACH")),
  ]

  @Test(arguments: verdicts)
  func `routes of this host refuse at once`(kind: Route.Kind, outcome: ConnectOutcome) throws {
    var network = try RouteNetlink()
    try network.add(Route(kind, to: IPPrefix(try address("10.77.\(kind.rawValue).0"), length: 24)))
    let result = try result("10.77.\(kind.rawValue).1")
    #expect(result.outcome == outcome && result.report == nil)
    #expect(result.time < .milliseconds(100))
  }

  /// A router in a namespace of its own behind a pair of links, which knows no way to 10.80.0.0/16.
  private func router(_ number: UInt8) throws {
    let home = try NetworkNamespace.current()
    try NetworkNamespace.enterNew()
    let away = try NetworkNamespace.current()
    peers.keep(try NetworkNamespace.current())
    try NetworkNamespace.enter(home)
    var network = try RouteNetlink()
    try network.addPair(
      RouteNetlink.PairEnd("near\(number)"), RouteNetlink.PairEnd("far\(number)"),
      farEnd: .ofDescriptor(away.number))
    let near = try network.link("near\(number)").index
    try network.bringUp(near)
    try network.add(IPPrefix(try address("10.8.\(number).1"), length: 24), to: near)
    try network.add(IPPrefix(try address("fd08:\(number)::1"), length: 64), to: near)
    try NetworkNamespace.enter(away)
    defer { try? NetworkNamespace.enter(home) }
    var there = try RouteNetlink()
    let far = try there.link("far\(number)").index
    try there.bringUp(far)
    try there.add(IPPrefix(try address("10.8.\(number).2"), length: 24), to: far)
    try there.add(IPPrefix(try address("fd08:\(number)::2"), length: 64), to: far)
    try there.add(Route(.unreachable, to: IPPrefix(try address("10.80.0.0"), length: 16)))
    try there.add(Route(.prohibit, to: IPPrefix(try address("fd80::"), length: 16)))
    try ProcFS().write("1", to: "sys/net/ipv4/ip_forward")
    try ProcFS().write("1", to: "sys/net/ipv6/conf/all/forwarding")
  }

  /// The message comes while `connect` holds the socket, and is only a soft error: the attempt goes
  /// on until the next SYN gets one too.
  @Test func `a router's message is told with its sender, and a soft error is no end`() throws {
    try router(1)
    var network = try RouteNetlink()
    try network.add(
      Route(to: IPPrefix(try address("10.80.0.0"), length: 16), by: try address("10.8.1.2")))
    let result = try result("10.80.0.1")
    #expect(result.outcome == .unreachable(errno: "EHOSTUNREACH"))
    #expect(result.time > .milliseconds(900) && result.time < .milliseconds(1500))
    #expect(
      result.report == ICMPReport(isV6: false, type: 3, code: 1, sender: "10.8.1.2", isOwn: false))
  }

  @Test func `a router's message is told for IPv6`() throws {
    try router(2)
    var network = try RouteNetlink()
    try network.add(
      Route(to: IPPrefix(try address("fd80::"), length: 16), by: try address("fd08:2::2")))
    let result = try result("fd80::1")
    #expect(result.outcome == .unreachable(errno: "EACCES"))
    #expect(
      result.report == ICMPReport(isV6: true, type: 1, code: 1, sender: "fd08:2::2", isOwn: false))
  }

  @Test func `a neighbour that does not answer is told by this host itself`() throws {
    try router(3)
    let result = try result("10.8.3.77")
    #expect(result.outcome == .unreachable(errno: "EHOSTUNREACH"))
    #expect(result.time > .milliseconds(2900) && result.time < .milliseconds(3500))
    #expect(result.report?.isOwn == true && result.report?.sender == "10.8.3.1")
    #expect(result.report?.meaning == "host unreachable" && result.isDeadNeighbour)
    #expect(result.nextHop?.device == "near3" && result.nextHop?.state == .failed)
  }

  private static let missing: [(String, String, Bool)] = [
    ("10.8.4.77", "10.8.4.77", false), ("10.81.0.1", "10.8.4.78", true),
    ("fd08:4::77", "fd08:4::77", false), ("fd81::1", "fd08:4::78", true),
  ]

  @Test func `at our deadline the kernel says that it still asks for the next hop`() throws {
    try router(4)
    var network = try RouteNetlink()
    try network.add(
      Route(to: IPPrefix(try address("10.81.0.0"), length: 16), by: try address("10.8.4.78")))
    try network.add(
      Route(to: IPPrefix(try address("fd81::"), length: 16), by: try address("fd08:4::78")))
    // Link-local addresses of IPv6 are tentative for a while.
    for _ in 0..<2 { _ = try result("fd08:4::2") }
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(300)
    for (destination, neighbour, isGateway) in Self.missing {
      let result = try result(destination, settings)
      let hop = try #require(result.nextHop, "\(destination)")
      #expect(result.outcome == .undecided && result.retransmissions == 0)
      #expect(hop.device == "near4" && hop.address == neighbour && hop.isGateway == isGateway)
      #expect(hop.state == .incomplete && hop.isUnknownSinceBegin, "\(hop)")
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
    #expect(stale.nextHop?.state == .delay && stale.outcome == .undecided)
    // This host has no neighbour on the way to itself.
    #expect(try Destinations.result(of: peers.silent(), settings)?.nextHop == nil)
  }

  @Test func `when no local port is left an attempt waits for another's end`() throws {
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

  @Test func `a port that was given as source to itself is closed`() throws {
    defer { try? ProcFS().write("32768 60999", to: "sys/net/ipv4/ip_local_port_range") }
    try ProcFS().write("45000 45000", to: "sys/net/ipv4/ip_local_port_range")
    for resets in [false, true] {
      var settings = ConnectSettings()
      (settings.resets, settings.retries) = (resets, 0)
      let own = SocketAddress(try address("127.0.0.1"), port: 45_000)
      let results = try Destinations.connect(to: [own, own], settings).results
      #expect(results.map(\.result.outcome) == [.refused, .refused])
    }
  }

  @Test func `as many are under way as there are descriptors`() throws {
    let silent = try peers.silent()
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let before = limit
    defer {
      var before = before
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &before)
    }
    let open = try ProcFS().list("self/fd").count
    limit.rlim_cur = rlim_t(open + 6)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    var settings = ConnectSettings()
    settings.deadline = .milliseconds(40)
    settings.retries = 0
    let destinations = try Destinations.connect(to: Array(repeating: silent, count: 30), settings)
    #expect(destinations.results.count == 30 && destinations.mostAtOnce < 8)
    #expect(destinations.results.allSatisfy { $0.result.outcome == .undecided })
  }

  @Test func `ten thousand destinations, each with its own end`() throws {
    let open = try peers.open(backlog: 4000)
    let targets = try (0..<10_000).map { number in
      let bytes: [UInt8] = [127, 1, UInt8(number >> 8), UInt8(number & 0xff)]
      return try #require(SocketAddress(bytes: bytes, port: number < 3000 ? open.port : 9))
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
