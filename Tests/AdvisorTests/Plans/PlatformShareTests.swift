import Advisor
import TCPModel
import Testing

/// What arrives where a platform sets a plan, and what is made of what does not.
struct PlatformShareTests {
  private func plan(
    _ objectives: Objective..., sysctls: [SysctlRequirement] = [],
    on kernels: [KernelVersion] = [KernelVersion(6, 18)]
  ) throws -> PortablePlan {
    var profile = Profile.sample(
      "sample", .sample(sets: SocketOptions([.keepalive: 1]), levers: [.sysctl]))
    profile.groups[0].objectives = objectives
    profile.sysctls = sysctls
    return try PortablePlan(for: [profile], kernels: kernels)
  }

  private func demand(_ key: SysctlKey, _ bound: SysctlRequirement.Bound) -> SysctlRequirement {
    SysctlRequirement(key, bound, why: nil, source: nil, location: .sample)
  }

  private func arrived(_ share: PlatformShare) -> [SysctlKey: Int] {
    share.plan.sysctls.compactMapValues(\.number)
  }

  @Test func `a platform that takes everything gets the plan as it is`() throws {
    let plan = try plan(.sample(.idle, within: .seconds(120), survive: .seconds(15)))
    let share = PlatformShare(of: plan, on: .talos)
    #expect(share.plan.plan == plan.plan)
    #expect(share.objected.isEmpty && share.missed.isEmpty)
  }

  @Test func `a key without a field does not arrive, and what it is there for is missed`() throws {
    let plan = try plan(.sample(.send, within: .seconds(180)))
    #expect(plan.sysctls[.tcpRetries2] != nil)
    let share = PlatformShare(of: plan, on: .aks)
    #expect(share.plan.sysctls.isEmpty)
    #expect(share.objected.map(\.objection) == [.noField])
    #expect(share.missed.map(\.id) == ["pool.send.within"])
    // What the kernel does by itself, not what was planned.
    let latest = try #require(share.missed.first?.evidence.timeToEnd?.range?.latest)
    #expect(latest > .seconds(900))
    #expect(PlatformShare(of: plan, on: .gke).missed.count == 1)
    #expect(PlatformShare(of: plan, on: .docker).missed.isEmpty)
  }

  @Test func `a default that cannot be set is no miss`() throws {
    let share = PlatformShare(of: try plan(.sample(.send, survive: .seconds(100))), on: .aks)
    #expect(share.objected.map(\.objection) == [.noField])
    #expect(share.missed.isEmpty)
  }

  /// AKS takes intervals from 10 s on; nine of them would be too long.
  @Test func `within the platform's ranges other numbers are sought`() throws {
    let plan = try plan(.sample(.idle, within: .seconds(70), survive: .seconds(10)))
    #expect(plan.sysctls[.tcpKeepaliveIntvl] == 3)
    let share = PlatformShare(of: plan, on: .aks)
    #expect(
      arrived(share) == [.tcpKeepaliveTime: 30, .tcpKeepaliveIntvl: 10, .tcpKeepaliveProbes: 3])
    #expect(share.objected.map(\.objection) == [.cut(to: 10), .adjusted(to: 3)])
    #expect(share.missed.isEmpty)
    for finding in share.objected.flatMap(\.findings) { #expect(finding.status.isMet) }
  }

  @Test func `where no number within the ranges does, the nearest is set, and it is missed`() throws
  {
    let plan = try plan(.sample(.idle, within: .seconds(35), survive: .seconds(5)))
    let share = PlatformShare(of: plan, on: .aks)
    #expect(share.missed.map(\.id) == ["pool.idle.within"])
    #expect(share.plan.sysctls[.tcpKeepaliveTime] == 30)
    #expect(share.plan.sysctls[.tcpKeepaliveIntvl] == 10)
    for (key, value) in arrived(share) {
      guard case .number(let range?)? = Platform.aks.field(key)?.kind else { continue }
      #expect(range.contains(value), "\(key)")
    }
  }

  @Test func `a cut that harms nothing is an objection and no miss`() throws {
    let plan = try plan(sysctls: [demand(.somaxconn, .atLeast([1024]))], on: [KernelVersion(5, 3)])
    #expect(plan.sysctls[.somaxconn] == 1024)
    let share = PlatformShare(of: plan, on: .aks)
    #expect(share.plan.sysctls[.somaxconn] == 4096)
    #expect(share.objected.map(\.objection) == [.cut(to: 4096)])
    #expect(share.missed.isEmpty)
  }

  @Test func `what is one for the machine is not for a container`() throws {
    let plan = try plan(sysctls: [demand(.rmemMax, .atLeast([8_388_608]))])
    for platform in [Platform.docker, .ecs, .cniTuning, .kubernetesPod] {
      let share = PlatformShare(of: plan, on: platform)
      #expect(share.plan.sysctls.isEmpty)
      #expect(share.objected.map(\.objection) == [.oneForAll(on: [KernelVersion(6, 18)])])
      #expect(share.missed.map(\.id) == ["sample.net.core.rmem_max"])
    }
    #expect(PlatformShare(of: plan, on: .aks).missed.isEmpty)
    let unknown = try self.plan(sysctls: [demand(SysctlKey("vm.swappiness"), .value(1))])
    #expect(PlatformShare(of: unknown, on: .docker).missed.map(\.id) == ["sample.vm.swappiness"])
  }

  /// A pod would be refused for nothing.
  @Test func `a pod does not ask for defaults that the kubelet must allow`() throws {
    let plan = try plan(
      .sample(.idle, within: .seconds(900)), .sample(.send, survive: .seconds(100)))
    #expect(plan.sysctls[.tcpRetries2] == 15)
    let share = PlatformShare(of: plan, on: .kubernetesPod)
    #expect(share.plan.sysctls[.tcpRetries2] == nil)
    #expect(share.plan.sysctls[.tcpKeepaliveTime] != nil)
    #expect(share.objected.map(\.objection) == [.needless])
    #expect(share.missed.isEmpty)
    let short = try self.plan(.sample(.send, within: .seconds(180)))
    let asked = PlatformShare(of: short, on: .kubernetesPod)
    #expect(asked.plan.sysctls == short.sysctls && asked.missed.isEmpty)
    #expect(Platform.kubernetesPod.needsPermission(.tcpRetries2))
    #expect(!Platform.kubernetesPod.needsPermission(.tcpKeepaliveTime))
  }

  @Test func `a field of AKS that is on or off takes no third value`() throws {
    let off = try plan(sysctls: [demand(.tcpTwReuse, .value(0))])
    #expect(PlatformShare(of: off, on: .aks).plan.sysctls == [.tcpTwReuse: 0])
    let loopback = try plan(
      sysctls: [demand(.tcpTwReuse, .value(2))], on: [KernelVersion(4, 14)])
    #expect(PlatformShare(of: loopback, on: .aks).objected.map(\.objection) == [.unfit])
  }

  @Test(
    arguments: [
      ("net.ipv4.tcp_keepalive_time", "netIpv4TcpKeepaliveTime"),
      ("net.ipv4.tcp_keepalive_intvl", "netIpv4TcpkeepaliveIntvl"),
      ("net.core.somaxconn", "netCoreSomaxconn"),
      ("net.ipv4.neigh.default.gc_thresh1", "netIpv4NeighDefaultGcThresh1"),
      ("net.netfilter.nf_conntrack_max", "netNetfilterNfConntrackMax"),
      ("net.ipv4.ip_local_port_range", "netIpv4IpLocalPortRange"),
    ])
  func `AKS has names of its own`(key: String, name: String) {
    #expect(Platform.aks.field(SysctlKey(key))?.name == name)
    let underscored = String(key.map { $0 == "." ? "_" : $0 })
    #expect(Platform.aksTerraform.field(SysctlKey(key))?.name == underscored)
  }

  @Test(
    arguments: [
      ("net.ipv4.tcp_keepalive_time", true), ("net.core.rmem_max", false),
      ("net.ipv4.some_new_key", true), ("kernel.shmmax", true), ("kernel.sem", true),
      ("fs.mqueue.msg_max", true), ("vm.swappiness", false), ("kernel.threads-max", false),
    ])
  func `whose a key is, also where nothing is known of it`(key: String, isOfNamespace: Bool) {
    #expect(SysctlKey(key).isPerNamespace(in: KernelVersion(6, 18)) == isOfNamespace)
  }
}
