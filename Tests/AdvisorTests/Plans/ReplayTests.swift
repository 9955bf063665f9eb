import Randomness
import TCPModel
import Testing

@testable import Advisor

/// Plans held against what they say themselves; the seed is printed where one of them fails.
struct ReplayTests {
  private struct Sample {
    let profiles: [Profile]
    let host: Host

    init(seed: Int) throws {
      var dice = Dice(seed: seed)
      (profiles, host) = (dice.profiles().joined, try dice.host())
    }

    func advice(on host: Host, for profiles: [Profile]) -> Advice {
      var baseline = host
      baseline.snapshot = .defaults(of: host.rules.release, tickRate: host.snapshot.tickRate)
      return Advice(for: profiles, on: host, baselines: [baseline])
    }
  }

  /// Those that are simulated quickly.
  private static let replayed = [
    2, 3, 4, 6, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 30, 31, 36,
    38, 39, 42, 43, 44, 45, 46, 47, 50, 51, 52, 53, 55, 56, 58, 59, 61, 63, 64, 65, 66, 68,
    70, 72, 73, 74, 75, 77, 81, 83, 84, 85, 88, 92, 94, 96, 97, 98, 99, 122, 205, 206, 212, 227,
  ]

  @Test(arguments: Self.replayed)
  func `replay: a plan does what it promises, breaks nothing and names what it leaves`(seed: Int)
    throws
  {
    let sample = try Sample(seed: seed)
    let advice = sample.advice(on: sample.host, for: sample.profiles)
    let replayed = Replay(plan: advice.plan, profiles: sample.profiles).findings(on: sample.host)
    #expect(replayed.map(\.id) == advice.plannedFindings.map(\.id))
    for (promised, kept) in zip(advice.plannedFindings, replayed) {
      #expect(promised.isMet == kept.isMet, "\(promised.id): \(promised) \(kept)")
    }
    for (today, kept) in zip(advice.findings, replayed) where today.isMet {
      #expect(kept.isMet, "\(today.id) was met: \(kept)")
    }
    for finding in replayed where finding.isMissed && !finding.isSilentDrop {
      #expect(advice.plan.explains(finding), "nothing says why \(finding.id) is missed")
    }
  }

  /// Those that are simulated quickly.
  private static let followed = [
    2, 3, 4, 6, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 30, 31, 36,
    38, 39, 42, 43, 44, 45, 46, 47, 49, 50, 51, 52, 53, 55, 56, 59,
  ]

  @Test(arguments: Self.followed)
  func `replay: a host and programs that are as planned need nothing more`(seed: Int) throws {
    let sample = try Sample(seed: seed)
    let asked = sample.profiles.withoutDeadlines
    let first = sample.advice(on: sample.host, for: asked)
    guard let profiles = asked.following(first.plan) else { return }
    let sysctls = Dictionary(first.plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    let second = sample.advice(on: sample.host.applying(sysctls), for: profiles)
    #expect(second.plan.isEmpty, "\(second.plan)")
  }
}

extension [Profile] {
  /// What a program limits by itself, no setting shows.
  fileprivate var withoutDeadlines: [Profile] {
    map { profile in
      var profile = profile
      for index in profile.groups.indices { profile.groups[index].levers.remove(.deadline) }
      return profile
    }
  }

  /// The profiles once the programs set what is planned; nil where an option that is set when the
  /// connection stands would be taken to hold while connecting.
  fileprivate func following(_ plan: Plan) -> [Profile]? {
    var profiles = self
    for change in plan.socketOptions {
      for profile in profiles.indices {
        for group in profiles[profile].groups.indices
        where profiles[profile].groups[group].name == change.group {
          let connects = profiles[profile].groups[group].objectives.contains {
            $0.scenario == .connect
          }
          if connects, change.when == .afterConnect { return nil }
          profiles[profile].groups[group].sets[change.option] = change.value
        }
      }
    }
    return profiles
  }
}
