import TCPModel
import Testing

@testable import Advisor

/// Profiles and hosts nobody thought of; the seed is printed where one of them fails.
struct RandomProfileTests {
  /// A generator that gives the same numbers everywhere (SplitMix64).
  struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 }

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }

    mutating func pick<Element>(_ elements: Element...) -> Element {
      elements[Int(next() % UInt64(elements.count))]
    }
  }

  private static func objective(_ scenario: Scenario, _ dice: inout Dice) -> Objective? {
    let bounds: [Scenario: [Int]] = [
      .connect: [2, 5, 10, 40], .idle: [60, 120, 900], .send: [20, 60, 300, 1200],
    ]
    let within = (bounds[scenario] ?? [60])[Int.random(in: 0..<3, using: &dice)]
    let survive = dice.pick(0, 1, 5, 20, 60)
    switch dice.pick(0, 1, 2, 3) {
    case 0: return nil
    case 1: return .sample(scenario, within: .seconds(within))
    case 2: return .sample(scenario, survive: .seconds(survive))
    default:
      return .sample(scenario, within: .seconds(within), survive: .seconds(min(survive, within)))
    }
  }

  private static func group(_ name: String, _ dice: inout Dice) -> ConnectionGroup {
    var sets = SocketOptions()
    if dice.pick(true, true, false) { sets[.keepalive] = 1 }
    if dice.pick(true, false, false) { sets[.keepIdle] = dice.pick(10, 60, 600) }
    if dice.pick(true, false, false, false) { sets[.userTimeout] = dice.pick(5000, 30_000) }
    var levers: Set<Lever> = [.sysctl]
    if dice.pick(true, false) { levers.insert(.socket) }
    if dice.pick(true, false) { levers.insert(.deadline) }
    let canSet: [SocketOption]? = dice.pick(nil, nil, [.keepalive], [.keepalive, .userTimeout])
    let box = Middlebox(
      name: "box", idleTimeout: .seconds(dice.pick(60, 350)), onExpiry: .drop,
      tcpKeepaliveCounts: true, checkedOn: nil, source: nil, place: .sample)
    let objectives = [Scenario.connect, .idle, .send].compactMap { objective($0, &dice) }
    return ConnectionGroup(
      name: name, sets: sets, canSet: canSet, path: Path(addresses: dice.pick(1, 1, 2)),
      middleboxes: dice.pick([], [], [box]), levers: levers, objectives: objectives, place: .sample)
  }

  private static func host(_ hertz: Int, _ dice: inout Dice) throws -> Host {
    let kernel = dice.pick(KernelVersion(5, 15), KernelVersion(6, 6), KernelVersion(6, 18))
    var changes: [SysctlKey: String] = [:]
    if dice.pick(true, false) { changes[.tcpSynRetries] = dice.pick("2", "4", "8") }
    if dice.pick(true, false) { changes[.tcpRetries2] = dice.pick("5", "8", "20") }
    if dice.pick(true, false) { changes[.tcpKeepaliveTime] = dice.pick("60", "600", "1800") }
    if dice.pick(true, false) { changes[.tcpKeepaliveIntvl] = dice.pick("5", "30") }
    if dice.pick(true, false) { changes[.tcpKeepaliveProbes] = dice.pick("1", "3", "5") }
    return try Host.stock(kernel, hertz: hertz).applying(changes)
  }

  @Test(arguments: 1...60)
  func `a plan makes nothing worse, and owns up to what it does not mend`(seed: Int) throws {
    var dice = Dice(seed: seed)
    let groups = (0..<dice.pick(1, 1, 2)).map { Self.group("group\($0)", &dice) }
    let profile = Profile(name: "p", summary: "", groups: groups, file: "sample.yaml")
    let hertz = dice.pick(100, 250, 1000)
    let host = try Self.host(hertz, &dice)
    let advice = Advice(
      for: [profile], on: host, baselines: [try .stock(host.rules.release, hertz: hertz)])

    #expect(advice.findings.map(\.id) == advice.plannedFindings.map(\.id))
    let explained = advice.plan.contradictions.map(\.connections).joined(separator: ", ")
    for (before, after) in zip(advice.findings, advice.plannedFindings) where after.isMissed {
      #expect(before.isMissed, "\(after.id) was met and is missed with the plan")
      // What a device on the path drops silently, only the profile's own bound can tell.
      if case .silentDrop = after.subject { continue }
      #expect(
        explained.contains(after.connections),
        "nothing says why \(after.id) is not met: \(profile) \(advice.plan)")
    }
    for change in advice.plan.sysctls {
      #expect(change.isChange && SysctlCatalog[change.key]?.objection(to: change.to) == nil)
    }
    for change in advice.plan.socketOptions {
      #expect(change.option.range.contains(change.value))
      let group = try #require(groups.first { $0.name == change.connections })
      #expect(group.canSet(change.option) && group.levers.contains(.socket))
      // What holds while connecting only is set back to what it was.
      #expect(group.sets[change.option] != change.value || change.when == .afterConnect)
    }
    for deadline in advice.plan.deadlines {
      let group = try #require(groups.first { $0.name == deadline.connections })
      #expect(group.levers.contains(.deadline))
    }
    if advice.findings.allSatisfy({ !$0.isMissed }) { #expect(advice.plan.isEmpty) }
  }
}
