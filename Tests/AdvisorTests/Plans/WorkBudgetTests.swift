import Randomness
import TCPModel
import Testing

@testable import Advisor

/// What a search costs, and what is said where that is too much.
struct WorkBudgetTests {
  private let wanted = Profile.sample(
    "p", .sample("idlers", .sample(.idle, within: .seconds(900))),
    .sample("senders", .sample(.send, within: .seconds(60), survive: .seconds(10))))

  @Test func `a search that has used up its budget says of which groups`() throws {
    let host = try Host.stock()
    let advice = Advice(
      for: [wanted], on: host, baselines: [host], asking: TimelineCache(search: 0))
    #expect(advice.plan.isEmpty)
    #expect(advice.plan.contradictions.isEmpty)
    #expect(
      advice.plan.unsearched == [
        Plan.Unsearched(group: "idlers", scenarios: [.idle]),
        Plan.Unsearched(group: "senders", scenarios: [.send]),
      ])
    // What is, is known all the same.
    #expect(advice.findings.exitCode == 1)
    #expect(advice.plannedFindings.map(\.status) == advice.findings.map(\.status))

    let whole = Advice(for: [wanted], on: host, baselines: [host])
    #expect(whole.plan.unsearched.isEmpty)
    #expect(whole.plannedFindings.exitCode == 0)
  }

  @Test func `beyond the budget of reports a finding is unknown, with the reason`() throws {
    let host = try Host.stock()
    let findings = [wanted].findings(on: host, asking: TimelineCache(reports: 0))
    #expect(findings.exitCode == 2)
    for finding in findings {
      guard case .unknown(let reason) = finding.status else {
        Issue.record("\(finding.id) is \(finding.status.name)")
        continue
      }
      #expect(reason.hasPrefix("not searched within the budget"))
    }
  }

  /// A plan for one target, of a profile whose plan has used up what there is, searches no more.
  @Test func `an answer has one budget, however many plans it is made of`() throws {
    let cache = TimelineCache(search: 1000)
    let host = try Host.stock()
    _ = Advice(for: [wanted], on: host, baselines: [host], asking: cache)
    let next = TimelineCache(search: 1000, knowing: cache.known)
    let advice = Advice(for: [wanted], on: host, baselines: [host], asking: next)
    #expect(advice.plan.unsearched.count == 2)
  }

  /// A user timeout, and keepalive beside it: the widest search there is, for what people ask.
  @Test(arguments: [30, 60, 120, 300, 900], [10, 60, 300, 1800])
  func `bounds of idle connections and of data are searched to the end`(idle: Int, data: Int) throws
  {
    let host = try Host.stock()
    for survive in [nil, 10, 20, 60] as [Int?] where survive ?? 0 < idle {
      for scenario in [Scenario.send, .zeroWindow] {
        for levers in [[.socket], [.socket, .sysctl]] as [Set<Lever>] {
          let group = ConnectionGroup.sample(
            "g", levers: levers,
            .sample(.idle, within: .seconds(idle), survive: survive.map { .seconds($0) }),
            .sample(scenario, within: .seconds(data)))
          let advice = Advice(for: [.sample("p", group)], on: host, baselines: [host])
          let what = "\(survive ?? 0) s, \(scenario), \(levers): \(advice.plan)"
          #expect(advice.plan.unsearched.isEmpty, "\(what)")
          #expect(
            (advice.plannedFindings.exitCode == 0) == advice.plan.contradictions.isEmpty, "\(what)")
        }
      }
    }
  }

  /// Hundreds of first timeouts at every tick, and a user timeout that ends each phase by itself.
  @Test(arguments: [Scenario.send, .zeroWindow, .close])
  func `bounds on wide paths are searched to the end, and their times are told`(scenario: Scenario)
    throws
  {
    let host = try Host.stock()
    let group = ConnectionGroup.sample(
      "g", path: Path(roundTrip: .milliseconds(1)...Duration.milliseconds(300)), levers: [.socket],
      .sample(.idle, within: .seconds(120), survive: .seconds(20)),
      .sample(scenario, within: .seconds(300)))
    let advice = Advice(for: [.sample("p", group)], on: host, baselines: [host])
    #expect(advice.plan.unsearched.isEmpty && advice.plan.contradictions.isEmpty)
    #expect(advice.plannedFindings.exitCode == 0, "\(advice.plannedFindings)")
    // Orphans are dropped in time as they are.
    let timeout = advice.plan.socketOptions.first { $0.option == .userTimeout }?.value
    #expect(scenario == .close ? timeout == nil : timeout ?? 0 >= 90_000)
  }

  /// A group that ends by a user timeout, and others by the count, of the host's numbers.
  @Test(arguments: [60, 120, 300])
  func `user timeouts beside counts are searched to the end`(idle: Int) throws {
    let host = try Host.stock()
    let keepalive = SocketOptions([.keepalive: 1])
    let timed = ConnectionGroup.sample(
      "timed", sets: keepalive.overridden(by: SocketOptions([.userTimeout: idle * 900])),
      levers: [.sysctl], .sample(.idle, within: .seconds(idle), survive: .seconds(20)))
    let counted = ConnectionGroup.sample(
      "counted", sets: keepalive, levers: [.sysctl],
      .sample(.idle, within: .seconds(idle), survive: .seconds(20)))
    let advice = Advice(
      for: [.sample("p", timed, counted)], on: host, baselines: [host])
    #expect(advice.plan.unsearched.isEmpty, "\(advice.plan)")
    #expect((advice.plannedFindings.exitCode == 0) == advice.plan.contradictions.isEmpty)
  }

  /// What a program sets itself cannot be had otherwise, however much is tried: of the other one everything can.
  @Test(arguments: [5000, 2_000_000_000])
  func `a program that cannot be served takes nothing from the others`(timeout: Int) throws {
    let host = try Host.stock()
    let own = SocketOptions([
      .keepalive: 1, .keepInterval: 600, .keepCount: 9, .userTimeout: timeout,
    ])
    let wall = ConnectionGroup.sample(
      "wall", sets: own, levers: [.sysctl], .sample(.idle, within: .seconds(900)))
    let advice = Advice(
      for: [.sample("p", wall, Self.counting)], on: host, baselines: [host],
      asking: TimelineCache(search: TimelineCache.mostSearched / 20))
    #expect(advice.plan.unsearched.isEmpty)
    #expect(advice.plan.contradictions.flatMap(\.groups).distinct == ["wall"])
    #expect(
      advice.plannedFindings.filter { $0.group == "counting" }.allSatisfy { $0.status.isMet })
    #expect(advice.plan.sysctls.map(\.key) == [.tcpKeepaliveIntvl])
  }

  /// A program that is told a part and has the rest from the host.
  private static let counting = ConnectionGroup.sample(
    "counting", sets: SocketOptions([.keepalive: 1]), canSet: [.userTimeout, .keepIdle],
    levers: [.socket, .sysctl], .sample(.idle, within: .seconds(300)),
    .sample(.send, within: .seconds(60)))

  /// Neither a reason that was not found nor silence, wherever it ends: what programs are told may meet by chance
  /// what is asked of them, without what the host was to have beside it.
  @Test func `a plan that is not the whole one says so`() throws {
    let host = try Host.stock()
    let idle = ConnectionGroup.sample(
      "idle", sets: SocketOptions([.keepalive: 1, .keepInterval: 30]), levers: [.sysctl],
      .sample(.idle, within: .seconds(120), survive: .seconds(20)))
    let own = ConnectionGroup.sample(
      "own", .sample(.send, within: .seconds(45)), .sample(.idle, within: .seconds(100)),
      .sample(.connect, within: .seconds(20)))
    let profile = Profile.sample("p", own, Self.counting, idle)
    let whole = Advice(for: [profile], on: host, baselines: [host]).plan
    let reasons = Set(whole.contradictions.map(\.because))
    #expect(whole.unsearched.isEmpty)
    var (wholes, cutOff) = (0, 0)
    for search in stride(from: 0, to: 3_000_000, by: 30_000) {
      let plan = Advice(
        for: [profile], on: host, baselines: [host], asking: TimelineCache(search: search)
      ).plan
      if plan == whole { wholes += 1 } else { cutOff += 1 }
      #expect(plan == whole || !plan.unsearched.isEmpty, "\(search): \(plan)")
      #expect(reasons.isSuperset(of: plan.contradictions.map(\.because)), "\(search): \(plan)")
      // A program that is told all there is does without the host.
      if plan.options(of: "own") == whole.options(of: "own") {
        #expect(!plan.unsearched.map(\.group).contains("own"), "\(search): \(plan)")
      }
    }
    #expect(wholes >= 10 && cutOff >= 10, "\(wholes) whole, \(cutOff) cut off")
  }

  /// The same work is counted on every machine: so is where it ends.
  @Test(arguments: [100_000, 1_000_000, 3_000_000])
  func `one budget has one answer`(search: Int) throws {
    let host = try Host.stock()
    let profile = Self.profile(of: 12, alike: false)
    let plans = (0..<2).map { _ in
      Advice(
        for: [profile], on: host, baselines: [host], asking: TimelineCache(search: search)
      ).plan
    }
    #expect(plans[0] == plans[1])
  }

  /// What a search asks must not grow with groups that are alike, and not faster than with those that
  /// differ.
  @Test func `equal groups cost what one costs, and others in proportion`() throws {
    let host = try Host.stock()
    func isEnough(_ search: Int, for profile: Profile) -> Bool {
      Advice(
        for: [profile], on: host, baselines: [host], asking: TimelineCache(search: search)
      ).plan.unsearched.isEmpty
    }
    let one = try #require(
      (0...12).map { 100_000 << $0 }.first { isEnough($0, for: Self.profile(of: 1, alike: true)) })
    #expect(isEnough(one, for: Self.profile(of: 300, alike: true)))
    #expect(isEnough(20 * 2 * one, for: Self.profile(of: 20, alike: false)))
  }

  @Test(arguments: [1, 4, 7, 12, 19, 24, 31, 40, 47, 58])
  func `equal groups get the plan that each would get by itself`(seed: Int) throws {
    var dice = Dice(seed: seed)
    var profile = dice.profile("p")
    let host = try dice.host()
    let baselines = [try Host.stock(host.rules.release, hertz: host.rules.tickRates[0].hertz)]
    let group = profile.groups[0]
    var twin = group
    (twin.name, twin.location) = ("twin", FileLocation(file: "p.yaml", line: 1000, column: 1))
    profile.groups.append(twin)
    let together = Advice(for: [profile], on: host, baselines: baselines)
    // Another reason changes nothing, and makes it a group of its own.
    let last = profile.groups.count - 1
    for index in twin.objectives.indices { profile.groups[last].objectives[index].why = "so" }
    let apart = Advice(for: [profile], on: host, baselines: baselines)

    for advice in [together, apart] {
      #expect(advice.plan.options(of: "twin") == advice.plan.options(of: group.name))
      #expect(advice.statuses(of: "twin") == advice.statuses(of: group.name))
    }
    #expect(together.plan.options(of: "twin") == apart.plan.options(of: "twin"))
    #expect(together.statuses(of: "twin") == apart.statuses(of: "twin"))
    #expect(together.plan.sysctls.map(\.key) == apart.plan.sysctls.map(\.key))
    #expect(together.plan.sysctls.map(\.to) == apart.plan.sysctls.map(\.to))
    #expect(together.findings.map(\.id) == apart.findings.map(\.id))
    #expect(together.findings.map(\.location) == apart.findings.map(\.location))
    #expect(
      Set(together.plan.contradictions.flatMap(\.groups))
        == Set(apart.plan.contradictions.flatMap(\.groups)))
  }

  @Test func `what others have asked changes no plan`() throws {
    let shared = TimelineCache(search: .max / 2, reports: .max / 2)
    for seed in [2, 5, 11, 20, 28, 37, 46, 59] {
      var dice = Dice(seed: seed)
      let profile = dice.profile("p")
      let host = try dice.host()
      let baselines = [try Host.stock(host.rules.release, hertz: host.rules.tickRates[0].hertz)]
      let alone = Advice(for: [profile], on: host, baselines: baselines)
      let among = Advice(for: [profile], on: host, baselines: baselines, asking: shared)
      #expect(alone.plan == among.plan)
      #expect(alone.plannedFindings.map(\.status) == among.plannedFindings.map(\.status))
    }
  }

  /// Groups that ask of four scenarios each.
  private static func profile(of count: Int, alike: Bool) -> Profile {
    let groups = (0..<count).map { index in
      let more = alike ? 0 : index
      return ConnectionGroup.sample(
        "group\(index)", sets: SocketOptions([.keepalive: 1]),
        .sample(.connect, within: .seconds(20 + more), survive: .seconds(3)),
        .sample(.idle, within: .seconds(900 + more), survive: .seconds(60 + more % 50)),
        .sample(.send, within: .seconds(60 + more), survive: .seconds(10 + more % 9)),
        .sample(.zeroWindow, within: .seconds(1800 + 60 * more)))
    }
    return Profile(name: "many", summary: "", groups: groups, file: "sample.yaml")
  }
}

extension Plan {
  fileprivate func options(of group: String) -> [String] {
    socketOptions.filter { $0.group == group }.map { "\($0.option) \($0.value) \($0.when)" }
      + deadlines.filter { $0.group == group }.map { "\($0.scenario) \($0.time)" }
  }
}

extension Advice {
  fileprivate func statuses(of group: String) -> [Finding.Status] {
    (findings + plannedFindings).filter { $0.group == group }.map(\.status)
  }
}

struct SmallestConflictTests {
  /// Beside each other, the pairs that cannot be had together.
  @Test(arguments: [
    ([], [0, 1, 2, 3]), ([[0, 3]], [0, 3]), ([[1, 2]], [1, 2]), ([[2]], [2]), ([[0], [3]], [3]),
    ([[0, 1], [1, 3]], [1, 3]), ([[0, 1, 2, 3]], [0, 1, 2, 3]),
  ])
  func `a smallest conflict is that of the last elements`(impossible: [[Int]], conflict: [Int]) {
    let found = [0, 1, 2, 3].smallestConflict { part in
      !impossible.contains { Set($0).isSubset(of: part) }
    }
    #expect(found == conflict)
  }
}
