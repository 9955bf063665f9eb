import Advisor
import InputFiles
import Randomness
import TCPModel
import Testing

/// Hosts that are judged by their states alone, held against judging each by all of its settings.
struct FleetTallyTests {
  private static let kernels = [
    "3.10.0", "4.19.300", "5.4.2", "5.15.0-91-generic", "6.6", "6.18.44",
  ]

  /// A host with some settings that differ from the defaults of its kernel.
  private static func settings(_ dice: inout Dice) throws -> SettingsSnapshot {
    let kernel = try #require(KernelVersion(kernels.randomElement(using: &dice) ?? ""))
    var snapshot = SettingsSnapshot.defaults(of: kernel)
    snapshot.capture = SettingsCapture(.dump)
    for sysctl in SysctlCatalog.all where snapshot.readings[sysctl.key] != nil {
      guard Int.random(in: 0..<4, using: &dice) == 0, sysctl.kind == .number else { continue }
      let range = sysctl.range ?? 0...1000
      let least = max(range.lowerBound, 0)
      let value = Int.random(in: least...max(least, min(range.upperBound, 20_000)), using: &dice)
      snapshot[sysctl.key] = .value(.number(value))
    }
    return snapshot
  }

  private static func capture(_ name: String, _ snapshot: SettingsSnapshot, _ keys: FleetKeys)
    -> HostCapture
  {
    HostCapture(
      name, name: name, release: snapshot.kernel?.release,
      keys.keys.map { HostCapture.Value(snapshot.readings[$0]) })
  }

  @Test(arguments: BuiltInProfiles.names.filter { $0 != "base" })
  func `fleet: of a state all that decides is known`(name: String) throws {
    let profiles = [try BuiltInProfiles.profile(named: name)]
    var tally = FleetTally(FleetRules([profiles]))
    var dice = Dice(seed: 5)
    var missed = 0
    for number in 0..<40 {
      let snapshot = try Self.settings(&dice)
      let row = tally.add(Self.capture("h\(number)", snapshot, tally.keys))
      let findings = profiles.findings(on: try Host(snapshot)).filter { $0.severity == .error }
      #expect(row.missed == findings.filter(\.isMissed).map(\.id), "\(snapshot.readings)")
      #expect(row.verdict.unknown == findings.filter(\.isUnknown).map(\.id))
      missed += row.missed.isEmpty ? 0 : 1
    }
    #expect(missed > 0)
    let fleet = tally.fleet()
    #expect(fleet.hosts == 40 && fleet.count(.missed) == missed)
  }

  /// What a plan of a fleet says it leaves is what is missed with it on the hosts it is for.
  @Test(arguments: ["server", "database-server"])
  func `fleet: plans leave what they say, host by host`(name: String) throws {
    let profiles = [try BuiltInProfiles.profile(named: name)]
    var tally = FleetTally(FleetRules([profiles]))
    var dice = Dice(seed: 11)
    let hosts = try (0..<30).map { _ in try Self.settings(&dice) }
    for (number, snapshot) in hosts.enumerated() {
      _ = tally.add(Self.capture("h\(number)", snapshot, tally.keys))
    }
    let fleet = tally.fleet()
    #expect(fleet.plans.reduce(0) { $0 + $1.hosts } == hosts.count)
    for plan in fleet.plans {
      var leaves: [String: Int] = [:]
      for snapshot in hosts where snapshot.kernel.map(plan.kernels.contains) ?? false {
        let host = try Host(snapshot)
        guard profiles.findings(on: host).contains(where: \.isAnError) else { continue }
        for finding in profiles.findings(on: host.applying(plan.sysctls)) where finding.isAnError {
          leaves[finding.id, default: 0] += 1
        }
      }
      #expect(leaves == plan.leaves, "\(plan.kernels)")
    }
  }

  @Test func `fleet: hosts are told apart whatever the order they come in`() throws {
    let profiles = [try BuiltInProfiles.profile(named: "server")]
    var dice = Dice(seed: 3)
    let hosts = try (0..<30).map { number in ("h\(number)", try Self.settings(&dice)) }
    func causes(_ hosts: [(String, SettingsSnapshot)]) -> [String] {
      var tally = FleetTally(FleetRules([profiles]), comparing: .all)
      for (name, snapshot) in hosts { _ = tally.add(Self.capture(name, snapshot, tally.keys)) }
      let fleet = tally.fleet()
      return fleet.causes.map { "\($0.id) \($0.hosts.count) \($0.hosts.examples) \($0.settings)" }
        + fleet.drift.map { "\($0.key) \($0.variants.map(\.hosts.count)) \($0.count)" }
    }
    let usual = causes(hosts)
    #expect(usual.count > 5 && Set(causes(hosts.reversed())) == Set(usual))
  }
}

extension Finding {
  fileprivate var isAnError: Bool { isMissed && severity == .error }
}
