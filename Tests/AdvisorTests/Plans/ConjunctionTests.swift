import Randomness
import TCPModel
import Testing

@testable import Advisor

/// Profiles together, and one text for many kernels.
struct ConjunctionTests {
  /// Those that are simulated quickly.
  private static let joined = [
    6, 9, 10, 31, 32, 33, 35,
  ]

  @Test(arguments: Self.joined)
  func `conjunction: another profile loosens no objective unless a contradiction says so`(seed: Int)
    throws
  {
    var dice = Dice(seed: 1000 + seed)
    let (one, other) = (dice.profile("one"), dice.profile("two"))
    let host = try dice.host()
    var baseline = host
    baseline.snapshot = .defaults(of: host.rules.release, tickRate: host.snapshot.tickRate)
    func advice(_ profiles: Profile...) -> Advice {
      Advice(for: profiles.joined, on: host, baselines: [baseline])
    }
    let alone = advice(one)
    let together = advice(one, other)
    for finding in alone.plannedFindings where finding.isMet {
      let now = together.plannedFindings.first {
        $0.location == finding.location && $0.subject == finding.subject
      }
      #expect(now?.isMet == true || together.plan.explains(finding), "\(finding.id)")
    }
  }

  /// Those that are simulated quickly.
  private static let emitted = [
    6, 7, 12, 13, 15, 18, 19, 21, 22, 24, 25, 26, 28,
  ]

  @Test(arguments: Self.emitted)
  func `conjunction: emitted text holds on each of its kernels at every tick`(seed: Int) throws {
    var dice = Dice(seed: 2000 + seed)
    let profiles = dice.profiles().joined
    let kernels = [KernelVersion(5, 15), dice.pick(KernelVersion(6, 6), KernelVersion(6, 18))]
    let plan = try PortablePlan(for: profiles, kernels: kernels).plan
    let replay = Replay(plan: plan, profiles: profiles)
    for kernel in kernels {
      for hertz in [100, 250, 300, 1000] {
        for finding in replay.findings(on: try .stock(kernel, hertz: hertz))
        where finding.isMissed && !finding.isSilentDrop {
          #expect(plan.explains(finding), "\(kernel) \(hertz): \(finding.id)")
        }
      }
    }
  }
}
