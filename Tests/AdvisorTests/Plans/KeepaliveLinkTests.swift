@testable import Advisor
import TCPModel
import Testing

/// Programs of which one number decides all three of keepalive.
struct KeepaliveLinkTests {
  private let third = KeepaliveLink([.keepInterval: .share(divisor: 3), .keepCount: .fixed(3)])

  private func plan(
    _ link: KeepaliveLink?, sets: [SocketOption: Int], canSet: [SocketOption]?, within: Int,
    survive: Int, levers: Set<Lever> = [.socket]
  ) throws -> PortablePlan {
    var group = ConnectionGroup(
      name: "clients", direction: .inbound, sets: SocketOptions(sets), canSet: canSet,
      levers: levers,
      objectives: [.sample(.idle, within: .seconds(within), survive: .seconds(survive))],
      location: .sample)
    group.keepaliveLink = link
    let profile = Profile(name: "sample", summary: "A sample.", groups: [group], file: "a.yaml")
    return try PortablePlan(for: [profile], kernels: [KernelVersion(6, 18)])
  }

  private func numbers(_ plan: PortablePlan) -> [Int?] {
    [SocketOption.keepIdle, .keepInterval, .keepCount].map { option in
      plan.plan.socketOptions.first { $0.option == option }?.value
    }
  }

  @Test(arguments: [(120, 20, 45, 15), (900, 60, 300, 100), (60, 10, 20, 6)])
  func `link: the longest silence that meets it with what follows from it`(
    within: Int, survive: Int, idle: Int, interval: Int
  ) throws {
    let plan = try plan(
      third, sets: [.keepalive: 1, .keepIdle: 7200, .keepInterval: 2400, .keepCount: 3],
      canSet: [.keepIdle], within: within, survive: survive)
    // The count is what it was.
    #expect(numbers(plan) == [idle, interval, nil])
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }

  @Test func `link: what nothing meets is a contradiction`() throws {
    let plan = try plan(
      third, sets: [.keepalive: 1], canSet: [.keepIdle], within: 60, survive: 50)
    #expect(numbers(plan) == [nil, nil, nil])
    #expect(plan.plan.contradictions.count == 1)
  }

  @Test func `link: what the program sets by itself is left alone where it does`() throws {
    let plan = try plan(
      third, sets: [.keepalive: 1, .keepIdle: 300, .keepInterval: 100, .keepCount: 3],
      canSet: [.keepIdle], within: 900, survive: 60)
    #expect(plan.plan.socketOptions.isEmpty)
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }

  @Test func `keepalive: numbers of the program's own that miss are not taken for the host's`()
    throws
  {
    // The host's own numbers would survive it.
    let plan = try plan(
      nil, sets: [.keepalive: 1, .keepIdle: 13, .keepInterval: 13, .keepCount: 3], canSet: nil,
      within: 10_800, survive: 60)
    #expect(!plan.plan.socketOptions.isEmpty)
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }

  private func sysctls(_ plan: PortablePlan) -> [Int?] {
    Keepalive.keys.map { key in
      plan.plan.sysctls.first { $0.key == key && $0.isChange }?.to.number
    }
  }

  @Test func `some numbers: the silence alone, beside the host's as they are`() throws {
    // 240 s, and nine probes 75 s apart.
    let plan = try plan(
      nil, sets: [.keepalive: 1], canSet: [.keepIdle], within: 1200, survive: 60,
      levers: [.socket, .sysctl])
    #expect(numbers(plan) == [300, nil, nil])
    #expect(sysctls(plan) == [nil, nil, nil])
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }

  @Test func `some numbers: the silence alone, beside what the host's rest becomes`() throws {
    let plan = try plan(
      nil, sets: [.keepalive: 1, .keepIdle: 120], canSet: [.keepIdle], within: 120, survive: 20,
      levers: [.socket, .sysctl])
    let idle = try #require(numbers(plan)[0])
    #expect(idle < 120 && numbers(plan).dropFirst().allSatisfy { $0 == nil })
    // The silence of the host plays no part.
    let interval = try #require(sysctls(plan)[1])
    #expect(sysctls(plan)[0] == nil && idle + interval * 9 <= 120)
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }

  @Test func `some numbers: the interval alone, beside what the program fixes`() throws {
    let plan = try plan(
      nil, sets: [.keepalive: 1, .keepIdle: 15, .keepInterval: 30, .keepCount: 9],
      canSet: [.keepInterval], within: 180, survive: 30, levers: [.socket, .sysctl])
    #expect(numbers(plan) == [nil, 15, nil] && sysctls(plan) == [nil, nil, nil])
    #expect(plan.findings.allSatisfy { !$0.isMissed })
  }
}
