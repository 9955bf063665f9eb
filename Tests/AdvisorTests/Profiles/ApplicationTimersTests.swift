import TCPModel
import Testing

@testable import Advisor

/// What a program does by itself counts as the kernel's own timers do.
struct ApplicationTimersTests {
  private func group(
    connect: Duration? = nil, total: Duration? = nil, heartbeat: Duration? = nil,
    read: Duration? = nil, sets: SocketOptions = SocketOptions(), addresses: Int = 1,
    boxes: [Middlebox] = [], _ objectives: Objective...
  ) -> ConnectionGroup {
    var group = ConnectionGroup.sample(
      sets: sets, path: Path(addresses: addresses), middleboxes: boxes)
    group.objectives = objectives
    (group.application.connectTimeout, group.application.connectTotal) = (connect, total)
    (group.application.heartbeat, group.application.readTimeout) = (heartbeat, read)
    return group
  }

  private func findings(_ group: ConnectionGroup, on host: Host? = nil) throws -> [String: Finding]
  {
    let findings = [Profile.sample("p", group)].findings(on: try host ?? .stock())
    return Dictionary(findings.map { ($0.id, $0) }) { $1 }
  }

  private func advice(_ group: ConnectionGroup) throws -> Advice {
    Advice(for: [.sample("p", group)], on: try .stock(), baselines: try Host.longTerm())
  }

  @Test(arguments: [(1, 10), (3, 30)])
  func `application: a connect timeout ends each address`(addresses: Int, seconds: Int) throws {
    let group = group(
      connect: .seconds(10), addresses: addresses, .sample(.connect, within: .seconds(seconds)))
    let finding = try #require(findings(group)["pool.connect.within"])
    #expect(finding.status == .met(margin: .zero))
    #expect(finding.evidence.timeToEnd?.range?.latest == .seconds(seconds))
    #expect(finding.evidence.timers.connectTimeout == .seconds(10))
  }

  @Test func `application: a total ends all addresses together`() throws {
    let group = group(
      connect: .seconds(10), total: .seconds(25), addresses: 3,
      .sample(.connect, within: .seconds(25)))
    #expect(try findings(group)["pool.connect.within"]?.status == .met(margin: .zero))
  }

  @Test func `application: a connect timeout below the second SYN survives nothing`() throws {
    let group = group(
      connect: .milliseconds(500), .sample(.connect, within: .seconds(3), survive: .seconds(1)))
    let findings = try findings(group)
    #expect(findings["pool.connect.within"]?.isMissed == false)
    #expect(findings["pool.connect.survive"]?.isMissed == true)
  }

  /// Thirty seconds until the heartbeat at worst, and ten for its answer.
  @Test func `application: a heartbeat makes an idle connection a sending one`() throws {
    let group = group(
      heartbeat: .seconds(30), read: .seconds(10), .sample(.idle, within: .seconds(40)))
    let finding = try #require(findings(group)["pool.idle.within"])
    #expect(finding.status == .met(margin: .zero))
    #expect(
      finding.evidence.timeToEnd
        == TimeToEnd(
          ends: .always, range: TimeRange(.seconds(10), .seconds(40))))
  }

  @Test func `application: without a limit for its answer a heartbeat ends as any data`() throws {
    let sending = try #require(
      findings(group(.sample(.send, within: .seconds(1))))["pool.send.within"]?.evidence.timeToEnd?
        .range)
    let idle = try #require(
      findings(group(heartbeat: .seconds(30), .sample(.idle, within: .seconds(1))))[
        "pool.idle.within"]?.evidence.timeToEnd?.range)
    #expect(idle == TimeRange(sending.earliest, sending.latest + .seconds(30)))
  }

  @Test func `application: a read timeout says nothing of a connection without heartbeat`() throws {
    let group = group(read: .seconds(10), .sample(.idle, within: .seconds(40)))
    #expect(try findings(group)["pool.idle.within"]?.evidence.timeToEnd?.ends == .never)
  }

  /// Keepalive is not counted while a heartbeat is unacknowledged; it ends what no heartbeat reaches.
  @Test(arguments: [(10, 1, 3, 20), (100, 10, 3, 30)])
  func `application: keepalive ends only what it ends before a heartbeat`(
    idle: Int, interval: Int, count: Int, latestHeartbeat: Int
  ) throws {
    let options = SocketOptions([
      .keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count,
    ])
    let alone = try #require(
      findings(group(sets: options, .sample(.idle, within: .seconds(1))))["pool.idle.within"]?
        .evidence.timeToEnd?.range)
    let range = try #require(
      findings(
        group(
          heartbeat: .seconds(30), read: .seconds(5), sets: options,
          .sample(.idle, within: .seconds(1))))["pool.idle.within"]?.evidence.timeToEnd?.range)
    #expect(range.earliest == .seconds(5))
    #expect(range.latest == min(.seconds(30), alone.latest) + .seconds(5))
  }

  @Test func `application: an outage that begins with a heartbeat is survived as far as data is`()
    throws
  {
    let group = group(
      heartbeat: .seconds(30), read: .seconds(10),
      .sample(.idle, within: .seconds(60), survive: .seconds(5), recover: .seconds(4)))
    let findings = try findings(group)
    let sending = try #require(
      self.findings(
        self.group(
          read: .seconds(10), .sample(.send, within: .seconds(60), survive: .seconds(5))))[
          "pool.send.survive"])
    #expect(findings["pool.idle.survive"]?.isMissed == false)
    #expect(findings["pool.idle.survive"]?.evidence.survives == sending.evidence.survives)
    #expect(findings["pool.idle.recover"]?.isMissed == false)
  }

  private func layer7(_ memory: Duration) -> Middlebox {
    Middlebox(
      name: "box", idleTimeout: memory, onExpiry: .close, tcpKeepaliveCounts: false,
      checkedOn: nil, source: nil, location: .sample)
  }

  /// Half of what it remembers, or what is left when a lost heartbeat is sent again.
  @Test(arguments: [(30, 145_000), (240, 109_792)])
  func `application: the margin before a device forgets is that of what comes first`(
    keepalive: Int, margin: Int
  ) throws {
    let box = Middlebox(
      name: "box", idleTimeout: .seconds(350), onExpiry: .drop, tcpKeepaliveCounts: true,
      checkedOn: nil, source: nil, location: .sample)
    let sets = SocketOptions([.keepalive: 1, .keepIdle: keepalive, .keepInterval: 30])
    let group = group(
      heartbeat: .seconds(240), read: .seconds(20), sets: sets, boxes: [box],
      .sample(.send, within: .seconds(60)))
    let finding = try #require(findings(group)["pool.idle.box"])
    #expect(finding.status == .met(margin: .milliseconds(margin)))
  }

  /// The heartbeat, one that is lost, and what a layer-7 device remembers.
  @Test(arguments: [(30, true), (59, true), (60, false), (90, false)])
  func `application: a heartbeat answers a layer-7 device`(seconds: Int, isMet: Bool) throws {
    let group = group(heartbeat: .seconds(seconds), boxes: [layer7(.seconds(60))])
    let finding = try #require(findings(group)["pool.idle.box"])
    #expect(finding.status.isMet == isMet)
    #expect(finding.isMissed == !isMet)
  }

  @Test func `application: without a heartbeat nobody knows of a layer-7 device`() throws {
    let finding = try #require(findings(group(boxes: [layer7(.seconds(60))]))["pool.idle.box"])
    #expect(finding.isUnknown)
  }

  @Test func `application: a heartbeat keeps a layer-4 device awake without keepalive`() throws {
    let group = group(
      heartbeat: .seconds(30), read: .seconds(10), boxes: [.sample(.seconds(350))],
      .sample(.idle, within: .seconds(60)))
    let advice = try advice(group)
    #expect(advice.findings.exitCode == 0)
    #expect(advice.plan.isEmpty)
    #expect(advice.plan.contradictions.isEmpty)
  }

  @Test func `application: a heartbeat rarer than a device forgets needs keepalive as well`() throws
  {
    let group = group(
      heartbeat: .seconds(600), read: .seconds(10), boxes: [.sample(.seconds(350))],
      .sample(.idle, within: .seconds(900)))
    let advice = try advice(group)
    #expect(advice.findings.exitCode == 1)
    #expect(advice.plannedFindings.exitCode == 0)
    #expect(advice.plan.socketOptions.contains { $0.option == .keepalive })
  }

  @Test func `application: a heartbeat that ends too late is met by a bound on its data`() throws {
    let group = group(heartbeat: .seconds(30), .sample(.idle, within: .seconds(60)))
    let advice = try advice(group)
    #expect(advice.findings.exitCode == 1)
    #expect(advice.plannedFindings.exitCode == 0)
    #expect(advice.plan.socketOptions.map(\.option) == [.userTimeout])
  }

  @Test func `application: what two profiles say of one program is put together`() {
    var (one, other) = (group(heartbeat: .seconds(30)), group(read: .seconds(10)))
    let joined = [Profile.sample("a", one), .sample("b", other)].joined
    #expect(joined.allSatisfy { $0.groups[0].application.heartbeat == .seconds(30) })
    #expect(joined.allSatisfy { $0.groups[0].application.readTimeout == .seconds(10) })
    (one.application.readTimeout, other.application.readTimeout) = (.seconds(1), .seconds(2))
    let apart = [Profile.sample("a", one), .sample("b", other)].joined
    #expect(apart.map { $0.groups[0].name } == ["a/pool", "b/pool"])
  }
}

/// The host's own connection tracking is on the path of its connections.
struct ConnectionTrackingTests {
  private func advice(memory: Int?, loose: Int? = 1, idle: Bool = true) throws -> Advice {
    var host = try Host.stock()
    host.snapshot[.conntrackEstablished] = memory.map { .value(.number($0)) } ?? .absent
    host.snapshot[.conntrackTCPLoose] = loose.map { .value(.number($0)) } ?? .absent
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
      idle ? .sample(.idle, within: .seconds(9000)) : .sample(.connect, within: .seconds(200)))
    return Advice(for: [.sample("p", group)], on: host, baselines: try Host.longTerm())
  }

  /// Seconds that it remembers, whether it picks up what it has forgotten, and what becomes of it.
  @Test(
    arguments: [
      (nil, nil, nil), (432_000, 1, nil), (432_000, nil, nil), (432_000, 0, true), (600, 1, false),
      (86_400, 1, true), (7200, 1, false),
    ] as [(Int?, Int?, Bool?)])
  func `connection tracking: it counts where it is lowered or forgets for good`(
    memory: Int?, loose: Int?, isMet: Bool?
  ) throws {
    let findings = try advice(memory: memory, loose: loose).findings
    #expect(findings.first { $0.id == "pool.idle.nf_conntrack" }?.status.isMet == isMet)
    #expect(!findings.contains { $0.id == "pool.idle.nf_conntrack.drop" })
  }

  @Test func `connection tracking: the plan for this host reaches it before it forgets`() throws {
    let advice = try advice(memory: 600)
    #expect(advice.plannedFindings.exitCode == 0)
    #expect(advice.scope == .host)
    let change = try #require(advice.plan.sysctls.first { $0.key == .tcpKeepaliveTime })
    #expect(try #require(change.to.number) <= 300)
    #expect(change.middlebox?.name == "nf_conntrack")
  }

  @Test func `connection tracking: who asks nothing of idle connections hears nothing of it`()
    throws
  {
    #expect(try advice(memory: 600, idle: false).findings.count == 1)
  }
}
