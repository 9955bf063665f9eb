import Advisor
import TCPModel
import Testing

/// Sysctls that a profile names itself, beside objectives that decide the same keys.
struct SysctlRequirementTests {
  private func profile(_ key: SysctlKey, _ requirement: SysctlRequirement.Bound, _ idle: Objective)
    -> Profile
  {
    var profile = Profile.sample(
      "sample", .sample(sets: SocketOptions([.keepalive: 1]), levers: [.sysctl], idle))
    profile.sysctls = [
      SysctlRequirement(key, requirement, why: nil, source: nil, location: .sample)
    ]
    return profile
  }

  private func plan(_ profile: Profile, on host: Host) throws -> Plan {
    Advice(for: [profile], on: host, baselines: try Host.longTerm()).plan
  }

  @Test func `sysctl requirement: an objective is met within what is demanded of its key`() throws {
    let asked = profile(
      .tcpKeepaliveTime, .atLeast([8000]), .sample(.idle, survive: .seconds(60)))
    let plan = try plan(asked, on: try .stock())
    #expect(plan.contradictions.isEmpty)
    #expect(plan.sysctls.map(\.to) == [8000])
  }

  @Test
  func `sysctl requirement: a requirement that an objective cannot live with is named beside it`()
    throws
  {
    let asked = profile(
      .tcpKeepaliveTime, .value(1000), .sample(.idle, within: .seconds(300)))
    let plan = try plan(asked, on: try .stock())
    let texts = plan.contradictions.flatMap(\.requirements).map(\.text)
    #expect(texts.contains { $0.contains("tcp_keepalive_time") })
    #expect(texts.contains { $0.contains("idle within") })
    #expect(plan.sysctls.filter { $0.key == .tcpKeepaliveTime }.map(\.to) == [1000])
  }

  @Test func `sysctl requirement: what a host has more of than is asked stays`() throws {
    var host = try Host.stock()
    let key = SysctlKey("net.ipv4.tcp_rmem")
    host.snapshot[key] = .value(.numbers([4096, 131072, 33554432]))
    let asked = profile(
      key, .atLeast([4096, 131_072, 16_777_216]), .sample(.idle, survive: .seconds(60)))
    #expect(try plan(asked, on: host).sysctls.isEmpty)
    let portablePlan = try PortablePlan(for: [asked], kernels: KernelRules.longTerm)
    #expect(
      portablePlan.plan.sysctls.contains {
        $0.key == key && $0.to == .numbers([4096, 131_072, 16_777_216])
      })
  }

  @Test func `sysctl requirement: a requirement outside what is allowed is refused`() throws {
    var asked = profile(
      .tcpRetries2, .value(10), .sample(.idle, survive: .seconds(60)))
    asked.sysctlsAllowed = ["net.ipv4.tcp_keepalive_*"]
    let plan = try plan(asked, on: try .stock())
    #expect(plan.sysctls.isEmpty)
    #expect(plan.contradictions.contains { $0.because.contains("sysctls_allowed") })
  }

  @Test
  func `sysctl requirement: a lost probe is followed by another before a device forgets`() throws {
    let idle = Objective.sample(.idle, within: .seconds(1800), survive: .seconds(300))
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1]), middleboxes: [.sample(.seconds(350))],
      levers: [.sysctl], idle)
    let plan = try plan(.sample("sample", group), on: try .stock())
    func planned(_ key: SysctlKey) throws -> Int {
      let stock: [SysctlKey: Int] = [.tcpKeepaliveTime: 7200, .tcpKeepaliveIntvl: 75]
      return try plan.sysctls.first { $0.key == key }.flatMap(\.to.number)
        ?? #require(stock[key])
    }
    #expect(plan.contradictions.isEmpty)
    #expect(try planned(.tcpKeepaliveTime) + planned(.tcpKeepaliveIntvl) < 350)
  }

  @Test
  func `sysctl requirement: where its limit does not do, a program gets more retransmissions`()
    throws
  {
    let connect = Objective.sample(.connect, within: .seconds(300), survive: .seconds(100))
    let plan = try plan(
      .sample("sample", ConnectionGroup.sample("pool", connect)), on: try .stock())
    #expect(plan.contradictions.isEmpty)
    #expect(plan.socketOptions.map(\.option) == [.synCount])
  }

  @Test func `sysctl requirement: without a limit in time keepalive stays off`() throws {
    let asked = Profile.sample(
      "sample", ConnectionGroup.sample("pool", Objective.sample(.idle, survive: .seconds(60))))
    #expect(try plan(asked, on: try .stock()).isEmpty)
    let portablePlan = try PortablePlan(for: [asked], kernels: KernelRules.longTerm)
    #expect(portablePlan.plan.socketOptions.isEmpty)
  }
}
