import TCPModel
import Testing

@testable import Advisor

/// A user timeout counts instead of the probes: one that a program sets itself and that is longer than an
/// idle connection may last comes down.
struct LoweredUserTimeoutTests {
  private func advice(_ profile: Profile) throws -> Advice {
    let host = try Host.stock()
    return Advice(for: [profile], on: host, baselines: [host])
  }

  @Test(arguments: [45, 60, 120, 100_000], [nil, 180] as [Int?])
  func `a user timeout that outlasts what is asked of idle connections is lowered`(
    timeout: Int, send: Int?
  ) throws {
    var group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1, .userTimeout: timeout * 1000]),
      .sample(.idle, within: .seconds(45), survive: .seconds(10)))
    if let send { group.objectives.append(.sample(.send, within: .seconds(send))) }
    let advice = try self.advice(.sample("p", group))
    #expect(advice.plan.contradictions.isEmpty, "\(advice.plan)")
    #expect(advice.plannedFindings.exitCode == 0)
    let lowered = advice.plan.socketOptions.first { $0.option == .userTimeout }
    #expect(try (20_000..<45_000).contains(#require(lowered?.value)))
    let missed: Scenario = timeout > send ?? .max ? .send : .idle
    #expect(lowered?.effects.map(\.objective.scenario).contains(missed) == true)

    group.canSet = [.keepIdle, .keepInterval, .keepCount]
    let fixed = try self.advice(.sample("p", group)).plan
    #expect(!fixed.socketOptions.map(\.option).contains(.userTimeout))
    let parties = fixed.contradictions.flatMap(\.requirements).map(\.text)
    #expect(parties.contains { $0.hasPrefix("TCP_USER_TIMEOUT") && $0.hasSuffix("sets") })
  }

  @Test func `a shorter one goes up for nobody`() throws {
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.keepalive: 1, .userTimeout: 1000]),
      .sample(.idle, within: .seconds(300)))
    let plan = try advice(.sample("p", group)).plan
    #expect(!plan.socketOptions.map(\.option).contains(.userTimeout))
    #expect(!plan.contradictions.isEmpty)
  }

  /// What it decides besides: data, and connecting where it is set once and for all.
  private static let others: [[Objective]] = [
    [], [.sample(.send, survive: .seconds(40))], [.sample(.zeroWindow, survive: .seconds(50))],
    [.sample(.send, within: .seconds(180), survive: .seconds(10))],
    [.sample(.connect, within: .seconds(50), survive: .seconds(30))],
    [.sample(.connect, survive: .seconds(200))],
  ]

  /// What the program can be told, and whether keepalive is on.
  private static let programs: [(sets: SocketOptions, canSet: [SocketOption]?)] = {
    let numbers: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]
    let on = SocketOptions([.keepalive: 1])
    return [
      (on, nil), (SocketOptions(), nil), (SocketOptions(), numbers + [.userTimeout]),
      (on, [.userTimeout]), (on, [.userTimeout, .keepIdle]),
      (SocketOptions([.keepalive: 1, .keepInterval: 5, .keepCount: 3]), [.userTimeout]),
      (SocketOptions([.keepalive: 1, .keepIdle: 10, .keepInterval: 5, .keepCount: 3]), nil),
    ]
  }()

  @Test(arguments: others.indices, programs.indices)
  func `it comes down for what is met then, breaks nothing, and takes nothing from others`(
    other: Int, program: Int
  ) throws {
    let quick = ConnectionGroup.sample(
      "quick", sets: SocketOptions([.keepalive: 1]), canSet: [],
      .sample(.idle, within: .seconds(20)))
    let (sets, canSet) = Self.programs[program]
    for isSingle in [false, true] {
      for levers in [Set(Lever.allCases), [.socket], [.socket, .sysctl]] {
        var slow = ConnectionGroup.sample(
          "slow", sets: sets.overridden(by: SocketOptions([.userTimeout: 600_000])), canSet: canSet,
          levers: levers, .sample(.idle, within: .seconds(45), survive: .seconds(10)))
        slow.objectives += Self.others[other]
        slow.hasSingleUserTimeout = isSingle
        let advice = try advice(.sample("p", quick, slow))
        let what = "\(isSingle) \(levers): \(advice.plan)"
        let metBefore = Set(advice.findings.filter(\.status.isMet).map(\.id))
        let met = Set(advice.plannedFindings.filter(\.status.isMet).map(\.id))
        #expect(metBefore.isSubset(of: met), "\(what)")
        // What is missed of data gets a user timeout by itself, beside which the two may not agree.
        let isForData = advice.findings.contains { $0.scenario == .send && $0.isMissed }
        #expect(isForData || met.contains("quick.idle.within"), "\(what)")
        let isLowered = advice.plan.socketOptions.contains {
          $0.option == .userTimeout && $0.when != .beforeConnect
        }
        guard isLowered else { continue }
        #expect(met.subtracting(metBefore).contains { $0.hasPrefix("slow") }, "\(what)")
        if other == 0 {
          #expect(met.contains("slow.idle.within"), "\(what)")
          #expect(!advice.plan.contradictions.flatMap(\.groups).contains("slow"), "\(what)")
        }
      }
    }
  }
}
