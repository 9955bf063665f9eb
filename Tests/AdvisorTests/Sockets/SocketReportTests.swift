import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

struct SocketReportTests {
  private func client(_ port: UInt16) -> Endpoint { Endpoint(.v4(10, 0, 0, 1), port: port) }

  @Test func `groups: connections of one program to one server with the same options are one`()
    throws
  {
    let report = try SocketReport.sample(
      .sample(from: client(41_000)), .sample(from: client(41_001)),
      .sample(from: client(41_002), options: SocketOptions([.keepalive: 1])),
      .sample(to: Endpoint(.v4(10, 0, 0, 6), port: 5432), from: client(41_003)))
    #expect(report.groups.map(\.sockets.count).sorted() == [1, 1, 2])
    #expect(report.groups[0].mayHangForever)
    #expect(report.groups.last?.mayHangForever == false)
  }

  @Test func `groups: many servers behind one port are one`() throws {
    let sockets = (1...9).map { last in
      ObservedSocket.sample(
        to: Endpoint(.v4(10, 0, 1, last), port: 443), from: client(41_000 + UInt16(last)))
    }
    let report = try SocketReport(of: .sample(sockets))
    #expect(report.groups.map(\.peer) == [.servers(port: 443, count: 9)])
  }

  /// Whoever is on the host decides how many differ: what is not simulated any more is said so, and
  /// what profiles require is judged all the same.
  @Test func `forecasts of sockets that all differ have a budget`() throws {
    let sockets = (1...30_000).map { number in
      ObservedSocket.sample(
        from: client(UInt16(10_000 + number)),
        options: SocketOptions([.keepalive: 1, .keepIdle: number, .keepCount: 127])
      ) { $0.info?.retransmissionTimeout = .milliseconds(200 + number) }
    }
    let group = ConnectionGroup.sample("pool", .sample(.idle, within: .seconds(60)))
    let report = try SocketReport(of: .sample(sockets), against: [.sample("p", group)])
    let known = report.sockets.prefix { $0.forecast(.idle)?.timeToEnd.ends == .always }
    #expect((100..<sockets.count).contains(known.count))
    let excuse = "not simulated within the budget: too many sockets whose options and paths differ"
    for socket in report.sockets.dropFirst(known.count) {
      guard socket.forecast(.idle)?.timeToEnd.ends != .unknown(because: excuse) else { continue }
      Issue.record("\(socket)")
      break
    }
    #expect(!report.findings.isEmpty)
  }

  @Test func `roles: what comes to a port that somebody listens on is inbound`() throws {
    let listener = ObservedSocket.sample(
      .listen, to: .any(.v4), from: Endpoint(.any(.v4), port: 80))
    let inbound = ObservedSocket.sample(to: client(50_000), from: client(80))
    let report = try SocketReport.sample(listener, inbound, .sample())
    #expect(
      report.sockets.map(\.role) == [
        .listener(port: 80), .inbound(port: 80), .outbound(to: .server),
      ])
    #expect(report.groups.map(\.peer).contains(.clients(ofPort: 80)))
  }

  @Test func `order: what waits comes first, then what would never be noticed`() throws {
    let waiting = ObservedSocket.sample(
      from: client(41_009), options: SocketOptions([.keepalive: 1])
    ) {
      ($0.timer, $0.timerRemaining, $0.retransmissions) = (.retransmission, .seconds(2), 3)
    }
    let good = ObservedSocket.sample(
      from: client(41_001), options: SocketOptions([.keepalive: 1, .keepIdle: 60]))
    let report = try SocketReport.sample(good, .sample(), waiting)
    #expect(report.groups.map(\.mayHangForever) == [false, true, false])
    #expect(report.groups[0].sockets[0].ongoing?.scenario == .send)
    #expect(report.ongoing.count == 1)
  }

  @Test func `listeners: the fullest is first, and its handshakes are counted`() throws {
    func listener(_ port: UInt16, _ waiting: Int, of limit: Int) -> ObservedSocket {
      .sample(.listen, to: .any(.v4), from: Endpoint(.any(.v4), port: port)) {
        ($0.receiveQueue, $0.sendQueue) = (waiting, limit)
      }
    }
    let handshake = ObservedSocket.sample(
      .synReceived, to: client(50_000), from: client(80), options: nil, owners: [])
    let report = try SocketReport.sample(
      listener(80, 1, of: 4096), listener(81, 6, of: 5), handshake)
    #expect(report.listeners.map(\.isFull) == [true, false])
    #expect(report.listeners.map(\.isAtMaximum) == [false, true])
    #expect(report.listeners.map(\.handshakes) == [0, 1])
  }

  @Test func `listeners: what waits to be accepted has the options of its listener`() throws {
    let listener = ObservedSocket.sample(
      .listen, to: .any(.v4), from: Endpoint(.any(.v4), port: 80),
      options: SocketOptions([.keepalive: 1, .keepIdle: 60, .deferAccept: 7]))
    let waiting = ObservedSocket.sample(
      to: client(50_000), from: client(80), options: nil, unknown: .notAccepted, owners: [])
    let report = try SocketReport.sample(listener, waiting)
    #expect(report.sockets[1].program == "psql")
    #expect(report.sockets[1].options == SocketOptions([.keepalive: 1, .keepIdle: 60]))
    #expect(report.sockets[1].forecast(.idle)?.isAssumed == false)
  }

  @Test func `neglect: what the peer closed a while ago and the program did not`() throws {
    func closed(_ port: UInt16, _ silence: Duration) -> ObservedSocket {
      .sample(.closeWait, from: client(port)) {
        $0.info?.sinceLastReceived = silence
        $0.info?.sinceLastAcknowledged = silence
      }
    }
    let report = try SocketReport.sample(
      closed(41_000, .seconds(30)), closed(41_001, .seconds(90)), closed(41_002, .seconds(3600)))
    #expect(report.neglected.map(\.sockets.count) == [2])
    #expect(report.neglected.first?.longest == .seconds(3600))
  }

  @Test func `ports: those in TIME-WAIT count, and those of inbound connections do not`() throws {
    let report = try SocketReport.sample(
      .sample(from: client(41_000)), .sample(.timeWait, from: client(41_001), owners: []),
      .sample(to: Endpoint(.v4(10, 0, 0, 9), port: 1), from: client(41_002)))
    let first = report.destinations[0]
    #expect(first.destination == .server)
    #expect(first.used == 2)
    #expect(first.timeWait == 1)
    #expect(first.turnover?.ports == 28_232)
  }

  @Test func `filter: every kind admits by one of its alternatives`() throws {
    let sockets: [ObservedSocket] = [
      .sample(), .sample(.closeWait, from: client(41_001)),
      .sample(to: Endpoint(.v4(192, 0, 2, 1), port: 443), from: client(41_002)),
    ]
    func count(_ change: (inout SocketFilter) -> Void) throws -> Int {
      var filter = SocketFilter()
      change(&filter)
      return try SocketReport(of: .sample(sockets), admitting: filter).sockets.count
    }
    #expect(try count { _ in } == 3)
    #expect(try count { $0.states = [.closeWait] } == 1)
    #expect(try count { $0.ports = [443, 41_001] } == 2)
    #expect(
      try count {
        $0.ports = [443]; $0.states = [.closeWait]
      } == 0)
    #expect(try count { $0.programs = [Glob("ps*")] } == 3)
    #expect(try count { $0.programs = [Glob("nginx")] } == 0)
    let network = try #require(IPPrefix("192.0.2.0/24"))
    #expect(try count { $0.addresses = [network] } == 1)
    #expect(try count { $0.users = [.name("root")] } == 3)
    #expect(try count { $0.users = [.id(33)] } == 0)
  }
}

/// What profiles require of live connections.
struct SocketFindingTests {
  private func findings(_ sockets: ObservedSocket..., profile: Profile = .server) throws
    -> [SocketFinding]
  {
    try SocketReport(of: .sample(sockets), against: [profile]).findings
  }

  private let good = SocketOptions([.keepalive: 1, .keepIdle: 180])

  @Test func `findings: the options of the socket count, not those of the profile`() throws {
    // The profile takes SO_KEEPALIVE for granted; this program does not set it.
    let missed = try findings(.sample())
    #expect(missed.filter(\.finding.isMissed).map(\.finding.id) == ["server.idle.within"])
    #expect(try findings(.sample(options: good)).allSatisfy { $0.finding.status.isMet })
  }

  @Test func `findings: what could only happen while connecting is not asked`() throws {
    #expect(try findings(.sample()).allSatisfy { $0.finding.scenario != .connect })
  }

  @Test func `findings: hidden options make them unknown, but for what the timer shows`() throws {
    let silent = try findings(.sample(options: nil))
    #expect(silent.filter(\.finding.isMissed).map(\.finding.id) == ["server.idle.within"])
    #expect(silent.filter(\.finding.isUnknown).map(\.finding.id) == ["server.send.survive"])
    let awake = try findings(
      .sample(options: nil) { ($0.timer, $0.timerRemaining) = (.keepalive, .seconds(5)) })
    #expect(awake.allSatisfy { $0.finding.isUnknown })
  }

  @Test func `findings: match decides which connections are meant`() throws {
    var profile = Profile.server
    profile.groups[0].match.remotePort = 6379
    #expect(try findings(.sample(), profile: profile).isEmpty)
    profile.groups[0].match.remotePort = 5432
    profile.groups[0].match.process = Glob("psql")
    #expect(try findings(.sample(), profile: profile).count == 3)
  }

  @Test func `findings: the longest timeout among the connections decides`() throws {
    let profile = Profile.sample(
      "quick", .sample("quick", .sample(.send, within: .seconds(931))))
    let port = Endpoint(.v4(10, 0, 0, 1), port: 41_001)
    let slow = ObservedSocket.sample(from: port) { $0.info?.retransmissionTimeout = .seconds(20) }
    #expect(try findings(.sample(), slow, profile: profile).contains { $0.finding.isMissed })
  }

  @Test func `programs: they are known by the name of the process and who connects`() throws {
    var (client, server) = (KnownProgram("libpq"), KnownProgram("postgresql"))
    (client.processes, server.processes) = (["psql", "pg_*"], ["postgres"])
    server.direction = .inbound
    let report = try SocketReport.sample(.sample())
    #expect(report.groups[0].known(among: [server, client])?.name == "libpq")
    client.direction = .inbound
    #expect(report.groups[0].known(among: [server, client]) == nil)
  }
}
