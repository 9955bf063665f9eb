import TCPModel
import Testing

@testable import Advisor

struct PlanTests {
  private static let trio: [SysctlKey] = [
    .tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes,
  ]

  /// The advice for a host; the plan has to hold on the kernel of the host alone, which is quick.
  private func advice(_ profiles: Profile..., on host: Host? = nil) throws -> Advice {
    let host = try host ?? .stock()
    return Advice(
      for: profiles.joined, on: host,
      baselines: [try Host(defaultsOf: host.rules.release)])
  }

  @Test
  func `plan: on a stock kernel the plan of server is a shorter silence and nothing else`() throws {
    let advice = Advice(for: [.server], on: try .stock(), baselines: try Host.longTerm())
    #expect(advice.findings.filter(\.isMissed).map(\.id) == ["server.idle.within"])
    #expect(advice.plan.sysctls.map(\.key) == [.tcpKeepaliveTime])
    #expect(advice.plan.sysctls.map(\.from) == [.value(7200)])
    #expect(advice.plan.sysctls.map(\.to) == [.number(180)])
    #expect(advice.plan.socketOptions.isEmpty)
    #expect(advice.plan.deadlines.isEmpty)
    #expect(advice.plan.contradictions.isEmpty)
    #expect(advice.plan.sideEffects.isEmpty)
    #expect(advice.plannedFindings.allSatisfy { !$0.isMissed && !$0.isUnknown })
    #expect(advice.findings.map(\.id) == advice.plannedFindings.map(\.id))
    #expect(advice.findings.exitCode == 1)
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test(arguments: zip(KernelRules.longTerm, [250, 1000, 100, 250, 1000]))
  func `plan: the plan of server holds on every kernel and tick`(kernel: KernelVersion, hertz: Int)
    throws
  {
    let advice = try advice(.server, on: .stock(kernel, hertz: hertz))
    #expect(advice.plan.sysctls.map(\.key) == [.tcpKeepaliveTime])
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test
  func `plan: a host that is as planned gets an empty plan, and is sent the same text`() throws {
    let stock = try Host.stock()
    let first = Advice(for: [.server], on: stock, baselines: try Host.longTerm())
    let planned = Dictionary(first.plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    let second = Advice(
      for: [.server], on: stock.applying(planned), baselines: try Host.longTerm())
    #expect(second.plan.isEmpty)
    #expect(second.plan.contradictions.isEmpty)
    #expect(second.findings.exitCode == 0)
    #expect(second.forecasts.allSatisfy { $0.phase == .current })
    let portablePlan = try PortablePlan(for: [.server], kernels: KernelRules.longTerm)
    let emitted = Dictionary(portablePlan.plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    #expect(planned.allSatisfy { emitted[$0.key] == $0.value })
    // Every key that decides an objective is written, also where it equals the default.
    #expect(Set(emitted.keys) == Set(Self.trio + [.tcpSynRetries, .tcpRetries2]))
  }

  @Test(
    arguments: [
      ([Objective.sample(.idle, within: .seconds(900))], [Plan.Part.host, .programs]),
      (
        [.sample(.idle, within: .seconds(900)), .sample(.connect, within: .seconds(2))], [.programs]
      ),
    ] as [([Objective], Set<Plan.Part>)])
  func `sufficient parts: those that meet alone what both meet`(
    objectives: [Objective], parts: Set<Plan.Part>
  ) throws {
    var group = ConnectionGroup.sample(sets: SocketOptions([.keepalive: 1]))
    group.objectives = objectives
    let advice = try advice(.sample("both", group))
    #expect(advice.sufficientParts == parts)
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test func `sufficient parts: none is named where the plan has one`() throws {
    #expect(try advice(.server).sufficientParts.isEmpty)
  }

  @Test func `plan: a client is given options, a deadline, and what they do besides`() throws {
    let profile = Profile.sample(
      "client",
      .sample(
        sets: SocketOptions([.keepalive: 1]),
        .sample(.connect, within: .seconds(10), survive: .seconds(3)),
        .sample(.idle, within: .seconds(120), survive: .seconds(15)),
        .sample(.send, within: .seconds(30), survive: .seconds(10))))
    let advice = try advice(profile)
    #expect(advice.plannedFindings.exitCode == 0)
    let plan = advice.plan
    #expect(plan.contradictions.isEmpty)
    #expect(plan.deadlines.map(\.time) == [.seconds(10)])
    let options = Dictionary(plan.socketOptions.map { ($0.option, $0.value) }) { $1 }
    let moments = Dictionary(plan.socketOptions.map { ($0.option, $0.when) }) { $1 }
    #expect(moments[.userTimeout] == .afterConnect)
    #expect(moments[.keepIdle] == .beforeConnect)
    // Three probes at least, and one lost probe must not kill: I + 2 V < U <= I + C V.
    let idle = try #require(options[.keepIdle]) * 1000
    let interval = try #require(options[.keepInterval]) * 1000
    let count = try #require(options[.keepCount])
    let timeout = try #require(options[.userTimeout])
    #expect(count >= 3)
    #expect(idle + 2 * interval < timeout)
    #expect(timeout <= idle + count * interval)
    #expect(
      plan.sideEffects.map(\.cause).contains(
        .userTimeoutKillsStalledReader(.milliseconds(timeout))))
  }

  @Test(arguments: [20, 60, 350, 3600])
  func `plan: the first probe comes before half of what a device remembers`(memory: Int) throws {
    let box = Middlebox(
      name: "box", idleTimeout: .seconds(memory), onExpiry: .reset, tcpKeepaliveCounts: true,
      checkedOn: nil, source: nil, location: .sample)
    let profile = Profile.sample(
      "p", .sample(sets: SocketOptions([.keepalive: 1]), middleboxes: [box], levers: [.sysctl]))
    let advice = try advice(profile)
    #expect(advice.findings.map(\.id) == ["pool.idle.box"])
    #expect(advice.findings[0].isMissed)
    let time = try #require(advice.plan.sysctls.first { $0.key == .tcpKeepaliveTime })
    let written = [20: 10, 60: 30, 350: 150, 3600: 1800]
    #expect(time.to.number == written[memory])
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test func `plan: a device that TCP keepalive does not reach leaves the question open`() throws {
    let box = Middlebox(
      name: "proxy", idleTimeout: .seconds(60), onExpiry: .close, tcpKeepaliveCounts: false,
      checkedOn: nil, source: nil, location: .sample)
    let advice = try advice(
      .sample("p", .sample(sets: SocketOptions([.keepalive: 1]), middleboxes: [box])))
    #expect(advice.findings.exitCode == 2)
    #expect(advice.plannedFindings.exitCode == 2)
    #expect(advice.plan.isEmpty)
  }

  @Test(arguments: [false, true])
  func `plan: silent drops need a bound on unacknowledged data`(isBounded: Bool) throws {
    let box = Middlebox(
      name: "box", idleTimeout: .seconds(36_000), onExpiry: .drop, tcpKeepaliveCounts: true,
      checkedOn: nil, source: nil, location: .sample)
    var group = ConnectionGroup.sample(sets: SocketOptions([.keepalive: 1]), middleboxes: [box])
    if isBounded { group.objectives = [.sample(.send, within: .seconds(60))] }
    let findings = try advice(.sample("p", group)).findings
    let drop = try #require(findings.first { $0.id == "pool.idle.box.drop" })
    #expect(drop.isMissed == !isBounded)
  }

  @Test func `plan: the addresses of a name add up`() throws {
    let path = Path(addresses: 4)
    let group = ConnectionGroup.sample(path: path, .sample(.connect, within: .seconds(10)))
    let advice = try advice(.sample("p", group))
    let today = try #require(advice.findings.first?.evidence.timeToEnd?.range)
    let single = try #require(
      Timeline(of: Experiment(.connect, in: try Host.stock().snapshot)).range)
    #expect(today == single * 4)
    #expect(advice.plan.deadlines.map(\.time) == [.milliseconds(2500)])
    #expect(advice.plan.deadlines.map(\.addresses) == [4])
    #expect(advice.plannedFindings.first?.evidence.timeToEnd?.range?.latest == .seconds(10))
  }

  @Test func `plan: the addresses of a name without hosts add up, and one limit bounds both`()
    throws
  {
    let path = Path(addresses: 4)
    let group = ConnectionGroup.sample(
      path: path, .sample(.neighbour, within: .seconds(6)), .sample(.connect, within: .seconds(10)))
    let advice = try advice(.sample("p", group))
    let neighbour = try #require(
      advice.findings.first { $0.scenario == .neighbour }?.evidence.timeToEnd?.range)
    let single = try #require(
      Timeline(of: Experiment(.neighbour, in: try Host.stock().snapshot)).range)
    #expect(neighbour == single * 4)
    #expect(advice.plan.deadlines.map(\.time) == [.milliseconds(1500)])
    #expect(advice.plan.contradictions.isEmpty)
    #expect(advice.plannedFindings.exitCode == 0)
    let planned = advice.plannedFindings.compactMap { $0.evidence.timeToEnd?.range?.latest }
    #expect(planned == [.seconds(6), .seconds(6)])
  }

  @Test func `plan: a limit for an address without a host keeps what connect survives`() throws {
    let group = ConnectionGroup.sample(
      "pool", .sample(.neighbour, within: .seconds(2)),
      .sample(.connect, within: .seconds(200), survive: .seconds(30)))
    let advice = try advice(.sample("p", group))
    #expect(advice.plan.deadlines.isEmpty)
    #expect(advice.plannedFindings.filter(\.isMissed).map(\.scenario) == [.neighbour])
    #expect(!advice.plan.contradictions.isEmpty)
  }

  @Test func `plan: several profiles are all met, with one value for each key`() throws {
    let strict = Profile.sample(
      "strict",
      .sample(
        "server", sets: SocketOptions([.keepalive: 1]), levers: [.sysctl],
        .sample(.idle, within: .seconds(300), survive: .seconds(30))))
    let advice = try advice(.server, strict)
    #expect(advice.plannedFindings.exitCode == 0)
    #expect(advice.plan.sysctls.map(\.key) == [.tcpKeepaliveTime, .tcpKeepaliveIntvl])
    // Both speak of the same connections, and each objective stays.
    #expect(Set(advice.findings.map(\.group)) == ["server"])
    #expect(
      Set(advice.findings.map(\.id)).isSuperset(
        of: ["server/server.idle.within", "strict/server.idle.within"]))
    let portablePlan = try PortablePlan(for: [.server, strict], kernels: [KernelVersion(6, 18)])
    #expect(portablePlan.name == "server+strict")
    #expect(portablePlan.fileName == "60-tcpadvisor-server+strict.conf")
    let reversed = try PortablePlan(for: [strict, .server], kernels: [KernelVersion(6, 18)])
    #expect(
      Set(reversed.plan.sysctls.map { "\($0.key)=\($0.to)" })
        == Set(portablePlan.plan.sysctls.map { "\($0.key)=\($0.to)" }))
  }

  @Test func `plan: a portable plan is a function of profiles and kernels`() throws {
    let kernels = [KernelVersion(5, 15), KernelVersion(6, 18)]
    let first = try PortablePlan(for: [.server], kernels: kernels)
    #expect(try PortablePlan(for: [.server], kernels: kernels).plan == first.plan)
    #expect(throws: Unknown.self) {
      try PortablePlan(for: [.server], kernels: [KernelVersion(4, 9)])
    }
  }
}
