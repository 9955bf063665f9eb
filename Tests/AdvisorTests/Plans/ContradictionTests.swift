import TCPModel
import Testing

@testable import Advisor

/// What cannot be met is said, with both demands, and nothing wrong is proposed instead.
struct ContradictionTests {
  private func advice(_ profile: Profile) throws -> Advice {
    let host = try Host.stock()
    return Advice(
      for: [profile], on: host, baselines: [try Host(defaultsOf: host.rules.release)])
  }

  @Test func `contradiction: idle survive 28 s does not go with send within 30 s`() throws {
    let advice = try advice(.client(survivingIdle: 28))
    let requirements = advice.plan.contradictions.flatMap(\.requirements).map(\.text)
    #expect(Set(requirements).isSuperset(of: ["idle survive 28 s", "send within 30 s"]))
    let options = advice.plan.socketOptions
    #expect(!options.contains { $0.option == .userTimeout })
    let missed = advice.plannedFindings.filter(\.isMissed).map(\.id)
    #expect(missed == ["pool.send.within"])
  }

  @Test func `contradiction: what a plan does not meet gets no remedy from it`() throws {
    let advice = try advice(.client(survivingIdle: 20))
    let missed = advice.findings.filter(\.isMissed)
    #expect(!missed.isEmpty && missed.allSatisfy { !$0.remedies.isEmpty })
    let today = advice.findings.map { finding in
      var finding = finding
      finding.remedies = []
      return finding
    }
    #expect(
      today.remedied(by: advice.plan, leaving: today).allSatisfy { $0.remedies.isEmpty })
    #expect(
      today.remedied(by: advice.plan, leaving: advice.plannedFindings).map(\.remedies)
        == advice.findings.map(\.remedies))
  }

  @Test func `idle: less than ten seconds of silence is a side effect, no contradiction`() throws {
    let advice = try advice(.client(survivingIdle: 20))
    #expect(advice.plan.contradictions.isEmpty)
    #expect(advice.plannedFindings.exitCode == 0)
    let options = Dictionary(advice.plan.socketOptions.map { ($0.option, $0.value) }) { $1 }
    let idle = try #require(options[.keepIdle])
    #expect((1..<10).contains(idle))
    #expect(
      advice.plan.sideEffects.map(\.cause).contains(.frequentProbes(packets: 2000 / idle)))
  }

  @Test(arguments: [Lever.socket, .sysctl])
  func `contradiction: the kernel gives up no connect within less than its first timer`(
    lever: Lever
  ) throws {
    let advice = try advice(
      .sample("p", .sample(levers: [lever], .sample(.connect, within: .milliseconds(900)))))
    #expect(advice.plan.isEmpty)
    #expect(
      advice.plan.contradictions.flatMap(\.requirements).map(\.text) == ["connect within 900 ms"])
    #expect(advice.plannedFindings.exitCode == 1)
  }

  @Test func `contradiction: a program can give up before the kernel's first timer`() throws {
    let advice = try advice(
      .sample("p", .sample("pool", .sample(.connect, within: .milliseconds(900)))))
    #expect(advice.plan.deadlines.map(\.time) == [.milliseconds(900)])
    #expect(advice.plannedFindings.exitCode == 0)
    let lossy = try self.advice(
      .sample(
        "p", .sample("pool", .sample(.connect, within: .milliseconds(900), survive: .seconds(1)))))
    #expect(lossy.plan.deadlines.isEmpty)
    #expect(lossy.plan.contradictions.count == 1)
  }

  @Test func `connect: few retransmissions of a whole host are a side effect, no contradiction`()
    throws
  {
    let advice = try advice(
      .sample("p", .sample(levers: [.sysctl], .sample(.connect, within: .seconds(4)))))
    let change = try #require(advice.plan.sysctls.first)
    #expect(change.key == .tcpSynRetries)
    let value = try #require(change.to.number)
    #expect(value < 3)
    #expect(advice.plan.contradictions.isEmpty)
    #expect(
      advice.plan.sideEffects.map(\.cause).contains(.fewRetransmissions(.tcpSynRetries, value)))
    #expect(advice.plannedFindings.exitCode == 0)
  }

  @Test func `send: a host is not set below the floor unless the profile says so`() throws {
    let (scenario, within, key, floor) = (Scenario.send, 60, SysctlKey.tcpRetries2, 8)
    var profile = Profile.sample(
      "p", .sample(levers: [.sysctl], .sample(scenario, within: .seconds(within))))
    let kept = try advice(profile)
    #expect(kept.plan.isEmpty)
    #expect(kept.plan.contradictions.count == 1)
    let need = try #require(kept.plan.contradictions.first?.requirements.first?.needs)
    #expect(need.hasPrefix("\(key) at most"))
    #expect(kept.plannedFindings.exitCode == 1)

    profile.allowBelowRFC = true
    let allowed = try advice(profile)
    let change = try #require(allowed.plan.sysctls.first)
    #expect(allowed.plan.sysctls.count == 1)
    #expect(change.key == key)
    #expect(try #require(change.to.number) < floor)
    #expect(allowed.plan.contradictions.isEmpty)
    #expect(allowed.plannedFindings.exitCode == 0)
  }

  @Test func `contradiction: no sysctl switches keepalive on`() throws {
    let objective = Objective.sample(.idle, within: .seconds(900))
    for group in [
      ConnectionGroup.sample(canSet: [], objective), .sample(levers: [.sysctl], objective),
      .sample(canSet: [.keepIdle, .keepInterval, .keepCount], objective),
    ] {
      let advice = try advice(.sample("p", group))
      #expect(advice.plan.isEmpty)
      #expect(advice.plan.contradictions.count == 1)
      #expect(advice.plan.contradictions.first?.because.contains("SO_KEEPALIVE") == true)
      #expect(advice.findings.first?.evidence.timeToEnd?.ends == .never)
      #expect(advice.plannedFindings.exitCode == 1)
    }
    let settable = try self.advice(.sample("p", .sample(canSet: [.keepalive], objective)))
    #expect(settable.plan.socketOptions.map(\.option) == [.keepalive])
    #expect(settable.plannedFindings.exitCode == 0)
  }

  private static let box = Middlebox(
    name: "box", idleTimeout: .seconds(350), onExpiry: .reset, tcpKeepaliveCounts: true,
    checkedOn: nil, source: nil, location: .sample)

  /// What programs set, what they could set, and the levers.
  @Test(arguments: [
    (SocketOptions([.keepalive: 1, .keepIdle: 600]), [SocketOption.keepalive], Lever.sysctl),
    (SocketOptions(), [], .sysctl), (SocketOptions([.keepalive: 1]), [], .deadline),
  ])
  func `contradiction: for a device that nothing can satisfy nothing is changed in vain`(
    sets: SocketOptions, canSet: [SocketOption], lever: Lever
  ) throws {
    let group = ConnectionGroup.sample(
      sets: sets, canSet: canSet, middleboxes: [Self.box], levers: [lever])
    let advice = try advice(.sample("p", group))
    #expect(advice.plan.isEmpty)
    let fixed = sets[.keepIdle].map { ["TCP_KEEPIDLE = \($0), which the program sets"] } ?? []
    #expect(
      advice.plan.contradictions.map { $0.requirements.map(\.text) }
        == [["box forgets after 350 s"] + fixed])
    #expect(advice.plannedFindings.exitCode == 1)
  }

  @Test(.timeLimit(.minutes(5)))
  func `contradiction: a user timeout that the program sets already ends the search soon`() throws {
    let groups = [(5000, 5), (30_000, 60)].map { timeout, survive in
      ConnectionGroup.sample(
        "group\(timeout)", sets: SocketOptions([.keepalive: 1, .userTimeout: timeout]),
        middleboxes: [Self.box], levers: [.socket, .sysctl],
        .sample(.idle, within: .seconds(900), survive: .seconds(survive)))
    }
    let profile = Profile(name: "p", summary: "", groups: groups, file: "sample.yaml")
    let advice = try advice(profile)
    let texts = advice.plan.contradictions.map { Set($0.requirements.map(\.text)) }
    #expect(
      texts.contains {
        $0.isSuperset(of: ["idle survive 60 s"])
          && $0.contains { $0.hasPrefix("TCP_USER_TIMEOUT 30 s") }
      })
    #expect(
      texts.contains {
        $0.isSuperset(of: ["idle survive 5 s"])
          && $0.contains { $0.hasPrefix("TCP_USER_TIMEOUT 5 s") }
      })
  }

  @Test func `contradiction: keys that may not be changed are not`() throws {
    var profile = Profile.server
    profile.sysctlsAllowed = ["net.ipv4.tcp_syn_*"]
    let refused = try advice(profile)
    #expect(refused.plan.isEmpty)
    #expect(refused.plan.contradictions.count == 1)
    profile.sysctlsAllowed = ["net.ipv4.tcp_keepalive_*"]
    #expect(try advice(profile).plannedFindings.exitCode == 0)
    profile.sysctlsAllowed = nil
    profile.sysctls = [
      SysctlRequirement(.tcpKeepaliveIntvl, .keep, why: nil, source: nil, location: .sample)
    ]
    let kept = try advice(profile)
    #expect(!kept.plan.sysctls.contains { $0.key == .tcpKeepaliveIntvl })
    #expect(kept.plan.contradictions.isEmpty)
    #expect(kept.plannedFindings.exitCode == 0)
  }

  @Test
  func `contradiction: requirements on one key that exclude each other name both locations`() throws
  {
    let locations = [
      FileLocation(file: "a", line: 3, column: 1), FileLocation(file: "b", line: 4, column: 2),
    ]
    let key = SysctlKey("net.core.somaxconn")
    let profiles = zip(locations, [SysctlValue.number(1000), .number(2000)]).map {
      location, value in
      Profile(
        name: location.file, summary: "", groups: [],
        sysctls: [SysctlRequirement(key, .value(value), why: nil, source: nil, location: location)],
        file: location.file)
    }
    let host = try Host.stock()
    let plan = Advice(for: profiles, on: host, baselines: [host]).plan
    #expect(plan.contradictions.map { $0.requirements.map(\.location) } == [locations])
    #expect(plan.sysctls.count <= 1)
  }

  /// Demand, value today, value planned (nil: nothing to do).
  @Test(arguments: [
    (SysctlRequirement.Bound.value(.text("cubic")), "reno", "cubic" as String?),
    (.value(.text("cubic")), "cubic", nil),
    (.atLeast([4096]), "128", "4096"), (.atLeast([4096]), "8192", nil),
    (.atMost([100]), "128", "100"), (.atMost([100]), "100", nil), (.keep, "17", nil),
    (.atLeast([4096, 0, 8_388_608]), "4096 131072 6291456", "4096 131072 8388608"),
    (.atMost([4096, 65_536, 6_291_456]), "8192 131072 6291456", "4096 65536 6291456"),
    (.value(.numbers([1024, 65535])), "32768 60999", "1024 65535"),
  ])
  func `contradiction: a demanded sysctl is changed as little as needed`(
    requirement: SysctlRequirement.Bound, today: String, planned: String?
  ) throws {
    let key: SysctlKey =
      switch today.split(separator: " ").count {
      case 3: SysctlKey("net.ipv4.tcp_rmem")
      case 2: SysctlKey("net.ipv4.ip_local_port_range")
      default:
        Int(today) == nil
          ? SysctlKey("net.ipv4.tcp_congestion_control") : SysctlKey("net.core.somaxconn")
      }
    var snapshot = try Host.stock().snapshot
    snapshot[key] = SysctlReading(parsing: today, for: SysctlCatalog[key])
    let profile = Profile(
      name: "p", summary: "", groups: [],
      sysctls: [
        SysctlRequirement(key, requirement, why: "because", source: nil, location: .sample)
      ],
      file: "sample.yaml")
    let here = try Host(snapshot)
    let advice = Advice(for: [profile], on: here, baselines: [here])
    #expect(advice.plan.sysctls.map(\.to.printed) == [planned].compactMap { $0 })
    #expect(advice.findings.map(\.isMissed) == [planned != nil])
    #expect(advice.plannedFindings.exitCode == 0)
  }
}
