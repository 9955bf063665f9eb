import Randomness
import TCPModel
import Testing

@testable import Advisor

/// Profiles and hosts nobody thought of; the seed is printed where one of them fails.
struct RandomProfileTests {
  /// Those that are simulated quickly.
  private static let seeds = [
    1, 2, 3, 4, 5, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 24, 25, 26,
    27, 28, 29, 30, 31, 32, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 50,
    51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
  ]

  @Test(arguments: Self.seeds)
  func `random profiles: a plan makes nothing worse, and owns up to what it does not mend`(
    seed: Int
  ) throws {
    var dice = Dice(seed: seed)
    let profile = dice.profile("p")
    let groups = profile.groups
    let host = try dice.host()
    let advice = Advice(
      for: [profile], on: host,
      baselines: [try .stock(host.rules.release, hertz: host.rules.tickRates[0].hertz)])

    #expect(advice.findings.map(\.id) == advice.plannedFindings.map(\.id))
    let explained = advice.plan.contradictions.map(\.group).joined(separator: ", ")
    for (before, after) in zip(advice.findings, advice.plannedFindings) where after.isMissed {
      #expect(before.isMissed, "\(after.id) was met and is missed with the plan")
      // What a device on the path drops silently, only the profile's own bound can tell.
      if case .silentDrop = after.subject { continue }
      #expect(
        explained.contains(after.group),
        "nothing says why \(after.id) is not met: \(profile) \(advice.plan)")
    }
    for (before, after) in zip(advice.findings, advice.plannedFindings) where after.isMissed {
      if case .silentDrop = after.subject { continue }
      #expect(before.remedies.isEmpty, "\(after.id) is missed with its remedies: \(advice.plan)")
    }
    for (before, after) in zip(advice.findings, advice.plannedFindings) {
      guard let scenario = after.scenario, scenario != .zeroWindow,
        let new = after.evidence.survives, new < before.evidence.survives ?? .seconds(1 << 40)
      else { continue }
      #expect(
        advice.plan.sideEffects.contains {
          if case .shorterOutage(_, new) = $0.cause { $0.scenario == scenario } else { false }
        }, "\(after.id) survives less, and nothing names it: \(profile) \(advice.plan)")
    }
    for change in advice.plan.sysctls {
      #expect(change.isChange)
      #expect(SysctlCatalog[change.key]?.objection(to: change.to.printed) == nil)
    }
    for change in advice.plan.socketOptions {
      #expect(change.option.range.contains(change.value))
      let group = try #require(groups.first { $0.name == change.group })
      #expect(group.canSet(change.option))
      #expect(group.levers.contains(.socket))
      // What holds while connecting only is set back to what it was.
      #expect(group.sets[change.option] != change.value || change.when == .afterConnect)
    }
    for deadline in advice.plan.deadlines {
      let group = try #require(groups.first { $0.name == deadline.group })
      #expect(group.levers.contains(.deadline))
    }
    if advice.findings.allSatisfy({ !$0.isMissed }) { #expect(advice.plan.isEmpty) }
  }
}
