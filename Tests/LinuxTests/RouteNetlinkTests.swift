import Glibc
import Linux
import NamespaceTesting
import NetAddress
import Testing

/// Links, addresses, routes and neighbours of the running kernel.
struct RouteNetlinkTests {
  @Test func `route netlink: the loopback link is found by anybody`() throws {
    var network = try RouteNetlink()
    let link = try network.link("lo")
    #expect(link.name == "lo")
    #expect(link.index == if_nametoindex("lo"))
  }

  @Test func `route netlink: the way to this host itself is found by anybody`() throws {
    var network = try RouteNetlink()
    let way = try network.way(to: try #require(IPAddress("127.0.0.1")))
    #expect(way.isLocal)
    #expect(way.gateway == nil)
    #expect(way.link == if_nametoindex("lo"))
    #expect(try network.link(way.link).name == "lo")
  }

  @Test func `route netlink: a link that is not there is ENODEV`() throws {
    let error = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      _ = try network.link("nosuchlink")
    }
    #expect(error?.description == "RTM_GETLINK nosuchlink: ENODEV")
  }

  @Test
  func `route netlink: a request that nobody answers is given up, and the next one answered`()
    throws
  {
    var socket = try NetlinkSocket(.route, timeout: .milliseconds(40))
    // NLMSG_NOOP: the kernel passes over what is no request (`netlink_rcv_skb`).
    let unanswered = NetlinkRequest(NetlinkRequest.Kind(1, "NLMSG_NOOP"), fixedPart: [])
    let start = KernelClock.monotonic.now
    var code: Errno?
    do throws(SystemCallError) {
      try socket.ask(unanswered, on: "the kernel")
    } catch {
      code = error.code
    }
    #expect(code == .timedOut)
    #expect(KernelClock.monotonic.now - start >= .milliseconds(40))
    var addresses = 0
    let dump = NetlinkRequest(
      NetlinkRequest.Kind(22, "RTM_GETADDR"), .dump, fixedPart: [UInt8](repeating: 0, count: 8))
    try socket.ask(dump, on: "all") { _ in addresses += 1 }
    #expect(addresses >= 1)
  }

  @Test(.enabled("namespaces are refused here") { OwnNamespace.isAllowed })
  func `route netlink: the tests of a namespace pass in one`() throws {
    let (status, output) = try OwnNamespace.run("LinuxTests.RouteNetlinkInsideTests")
    #expect(status == 0, "\(output)")
    #expect(!output.contains("with 0 tests"), "\(output)")
  }
}

@Suite(
  .enabled("namespaces are refused here") { OwnNamespace.isReachable },
  .enabled("run in a namespace of their own by another test") { OwnNamespace.isInside })
struct RouteNetlinkInsideTests {
  private let near: [UInt8] = [2, 0, 0, 0, 0, 10]
  private let far: [UInt8] = [2, 0, 0, 0, 0, 11]

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  /// A pair of links, both up, with addresses 10.9.N.1/24 and fd09:N::1/64 at the near end.
  private func pair(_ number: UInt8) throws -> (near: UInt32, far: UInt32) {
    var network = try RouteNetlink()
    let names = ("near\(number)", "far\(number)")
    try network.addPair(
      RouteNetlink.PairEnd(names.0, hardwareAddress: near),
      RouteNetlink.PairEnd(names.1, hardwareAddress: far))
    let ends = (try network.link(names.0).index, try network.link(names.1).index)
    try network.bringUp(ends.0)
    try network.bringUp(ends.1)
    try network.add(IPPrefix(try address("10.9.\(number).1"), length: 24), to: ends.0)
    try network.add(IPPrefix(try address("fd09:\(number)::1"), length: 64), to: ends.0)
    return ends
  }

  /// What connect() says at once to an address.
  private func connect(_ text: String) throws -> ConnectStart {
    let target = Endpoint(try address(text), port: 9)
    return try Descriptor.streamSocket(target.family).connect(to: target)
  }

  @Test func `route netlink: a pair of links has the addresses it was given and comes up`() throws {
    let ends = try pair(1)
    var network = try RouteNetlink()
    let link = try network.link("near1")
    #expect(link.index == ends.near)
    #expect(link.hardwareAddress == near)
    #expect(link.flags.contains([.up, .lowerUp]))
    #expect(try network.link("far1").hardwareAddress == far)
    for end in [ends.near, ends.far] {
      try network.waitUntilOperational(end, for: .seconds(5))
      #expect(try network.link(end).isOperational)
    }
    let error = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      try network.addPair(RouteNetlink.PairEnd("near1"), RouteNetlink.PairEnd("other1"))
    }
    #expect(error?.description == "RTM_NEWLINK near1 and other1: EEXIST")
    try network.removeLink(ends.near)
    let gone = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      _ = try network.link("far1")
    }
    #expect(gone?.code == .noDevice)
  }

  @Test func `route netlink: a link whose other side is down is waited for in vain`() throws {
    var network = try RouteNetlink()
    try network.addPair(RouteNetlink.PairEnd("near8"), RouteNetlink.PairEnd("far8"))
    let index = try network.link("near8").index
    try network.bringUp(index)
    #expect(try !network.link(index).isOperational)
    let error = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      try network.waitUntilOperational(index, for: .milliseconds(20))
    }
    #expect(error?.code == .timedOut)
  }

  @Test(arguments: [true, false])
  func `route netlink: the far end appears in another namespace`(byDescriptor: Bool) throws {
    let home = try NetworkNamespace.current()
    try NetworkNamespace.enterNew()
    let away = try NetworkNamespace.current()
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    // It starts where this thread is.
    let resident = try ChildProcess(
      running: ["/bin/cat"], input: input.readEnd, output: output.writeEnd)
    try NetworkNamespace.enter(home)
    var network = try RouteNetlink()
    let name = byDescriptor ? "far2" : "far3"
    try network.addPair(
      RouteNetlink.PairEnd(byDescriptor ? "near2" : "near3"), RouteNetlink.PairEnd(name),
      farEnd: byDescriptor ? .ofDescriptor(away.number) : .ofProcess(resident.identifier))
    #expect(if_nametoindex(name) == 0)
    try NetworkNamespace.enter(away)
    defer { try? NetworkNamespace.enter(home) }
    var there = try RouteNetlink()
    #expect(try there.link(name).index > 0)
    try NetworkNamespace.bringUp(name)
    #expect(try there.link(name).flags.contains(.up))
  }

  @Test func `route netlink: an address is there at once, and only once`() throws {
    let ends = try pair(4)
    for text in ["10.9.4.1", "fd09:4::1"] {
      let own = try Descriptor.streamSocket(try address(text).family)
      try own.listen(on: Endpoint(try address(text), port: 0), backlog: 1)
    }
    let error = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      try network.add(IPPrefix(try address("10.9.4.1"), length: 24), to: ends.near)
    }
    #expect(error?.code == .exists)
  }

  @Test func `route netlink: an address is waited for until packets to it are taken in`() throws {
    let ends = try pair(9)
    var network = try RouteNetlink()
    for text in ["10.9.9.1", "fd09:9::1"] {
      let address = try address(text)
      try network.waitUntilLocal(address, for: .seconds(5))
      #expect(try network.way(to: address).isLocal)
    }
    let other = try address("fd09:9::2")
    let error = #expect(throws: SystemCallError.self) {
      var network = try RouteNetlink()
      try network.waitUntilLocal(other, for: .milliseconds(20))
    }
    #expect(error?.description == "wait fd09:9::2: ETIMEDOUT")
    try network.removeLink(ends.near)
  }

  /// A kind of route, and what connect says: in IPv4 and in IPv6.
  static let verdicts: [(Route.Kind, CInt, CInt)] = [
    (.unreachable, EHOSTUNREACH, EHOSTUNREACH), (.prohibit, EACCES, EACCES),
    (.blackhole, EINVAL, EINVAL), (.throw, ENETUNREACH, ENETUNREACH),
  ]

  @Test(arguments: verdicts)
  func `route netlink: a route that refuses has its own errno`(kind: Route.Kind, v4: CInt, v6: CInt)
    throws
  {
    try NetworkNamespace.bringUp("lo")
    var network = try RouteNetlink()
    for (text, length, code) in [
      ("10.77.\(kind.rawValue).", UInt8(24), v4), ("fd77:\(kind.rawValue)::", 64, v6),
    ] {
      let route = Route(kind, to: IPPrefix(try address(text + "0"), length: length))
      try network.add(route)
      #expect(try connect(text + "1") == ConnectStart(Errno(rawValue: code)))
      try network.remove(route)
      #expect(try connect(text + "1") == .ended(.networkUnreachable))
    }
  }

  @Test func `route netlink: a route by a gateway is taken`() throws {
    let ends = try pair(5)
    var network = try RouteNetlink()
    try network.add(
      Route(to: IPPrefix(try address("10.78.0.0"), length: 16), by: try address("10.9.5.9")))
    try network.add(
      Route(to: IPPrefix(try address("fd78::"), length: 16), over: ends.near))
    #expect(try connect("10.78.1.1") == .inProgress)
    #expect(try connect("fd78::1") == .inProgress)
    // Whom the kernel asks for shows which way it went.
    let asked = try #require(try network.neighbour(try address("10.9.5.9"), at: ends.near))
    #expect(asked.state == .incomplete)
    #expect((asked.age ?? .seconds(9)) < .seconds(1))
    let way = try network.way(to: try address("10.78.1.1"), from: try address("10.9.5.1"))
    #expect(way.link == ends.near)
    #expect(!way.isLocal)
    #expect("\(way.gateway as Any)".contains("10.9.5.9"))
    let direct = try network.way(to: try address("fd78::1"), over: ends.near)
    #expect(direct.link == ends.near)
    #expect(direct.gateway == nil)
    #expect(try network.neighbour(try address("fd78::1"), at: ends.near)?.state == .incomplete)
  }

  @Test(arguments: [Neighbour.State.permanent, .reachable, .stale, .none])
  func `route netlink: a neighbour is what it was set to`(state: Neighbour.State) throws {
    let ends = try pair(10 + UInt8(state.rawValue & 0xf) + (state == .permanent ? 1 : 0))
    var network = try RouteNetlink()
    for text in ["10.9.99.1", "fd09:99::1"] {
      let address = try address(text)
      #expect(try network.neighbour(address, at: ends.near) == nil)
      let entry = Neighbour(
        address, link: ends.near, state: state, hardwareAddress: state == .none ? nil : far)
      try network.set(entry)
      let read = try network.neighbour(address, at: ends.near)
      #expect(read?.state == state)
      #expect(read?.hardwareAddress == entry.hardwareAddress)
      // Whoever is no neighbour at the other end has none either.
      #expect(try network.neighbour(address, at: ends.far) == nil)
      try network.set(
        Neighbour(address, link: ends.near, state: .stale, hardwareAddress: near))
      #expect(try network.neighbour(address, at: ends.near)?.state == .stale)
      try network.removeNeighbour(address, at: ends.near)
      #expect(try network.neighbour(address, at: ends.near) == nil)
    }
  }

  @Test func `route netlink: a link without ARP asks for nobody`() throws {
    let ends = try pair(6)
    var network = try RouteNetlink()
    try network.setResolvesNeighbours(false, at: ends.near)
    #expect(try network.link("near6").flags.contains(.noARP))
    #expect(try connect("10.9.6.7") == .inProgress)
    let silent = try network.neighbour(try address("10.9.6.7"), at: ends.near)
    #expect(silent == nil || silent?.state == .noARP)
    try network.setResolvesNeighbours(true, at: ends.near)
    #expect(try !network.link("near6").flags.contains(.noARP))
    #expect(try connect("10.9.6.8") == .inProgress)
    #expect(try network.neighbour(try address("10.9.6.8"), at: ends.near)?.state == .incomplete)
  }

  @Test func `route netlink: an answer of many parts is whole`() throws {
    let ends = try pair(7)
    var network = try RouteNetlink()
    for number in 0..<400 {
      let host = try address("10.9.7.\(number % 200 + 2)")
      let link = number < 200 ? ends.near : ends.far
      try network.set(Neighbour(host, link: link, state: .permanent, hardwareAddress: far))
    }
    #expect(try network.neighbour(try address("10.9.7.201"), at: ends.far)?.state == .permanent)
    #expect(try network.neighbour(try address("10.9.7.2"), at: ends.near)?.state == .permanent)
  }
}
