import Advisor
import InputFiles
import NetAddress
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

  /// Namespaces have some settings of their own, and the host's for the rest.
  @Test func `fleet: namespaces are judged by all that they have, and their hosts counted once`()
    throws
  {
    let profiles = [try BuiltInProfiles.profile(named: "server")]
    var tally = FleetTally(FleetRules([profiles]))
    var dice = Dice(seed: 7)
    var (missing, inAll): ([String: Int], [String: Int]) = ([:], [:])
    for number in 0..<40 {
      let host = try Self.settings(&dice)
      var (namespaces, ids): ([HostCapture.Namespace], Set<String>) = ([], [])
      for _ in 0..<Int.random(in: 0..<4, using: &dice) {
        var inside = host
        var own: [Int: HostCapture.Value] = [:]
        for key in [SysctlKey.tcpKeepaliveTime, .tcpKeepaliveProbes, .tcpSynRetries]
        where Bool.random(using: &dice) {
          inside[key] = .value(.number(Int.random(in: 1...120, using: &dice)))
          own[try #require(tally.keys[key])] = HostCapture.Value(inside[key])
        }
        namespaces.append(HostCapture.Namespace(nil, own))
        let missed = profiles.findings(on: try Host(inside)).filter(\.isAnError).map(\.id)
        for id in missed { inAll[id, default: 0] += 1 }
        ids.formUnion(missed)
      }
      for id in ids { missing[id, default: 0] += 1 }
      let row = tally.add(
        HostCapture(
          "h\(number)", name: "h\(number)", release: host.kernel?.release,
          tally.keys.keys.map { HostCapture.Value(host.readings[$0]) }, namespaces: namespaces))
      #expect(
        Set(row.missed.filter { $0.hasSuffix("@namespace") }) == Set(ids.map { "\($0)@namespace" }))
    }
    let fleet = tally.fleet()
    #expect(missing.count > 1)
    for (id, hosts) in missing {
      let requirement = fleet.requirements.first { $0.missed.id == "\(id)@namespace" }
      #expect(requirement?.hosts == hosts)
      let causes = fleet.causes.filter { $0.id == "\(id)@namespace" && $0.finding.isMissed }
      #expect(causes.allSatisfy { $0.hosts.count <= hosts })
      let counts = causes.map { cause in
        if case .namespaces(let count, _) = cause.part { count } else { 0 }
      }
      #expect(counts.reduce(0, +) == inAll[id])
    }
  }

  @Test func `fleet: connections are judged by what their programs have set`() throws {
    let profiles = [try BuiltInProfiles.profile(named: "server")]
    var tally = FleetTally(FleetRules([profiles]))
    var dice = Dice(seed: 9)
    var missed = 0
    for number in 0..<16 {
      let host = try Self.settings(&dice)
      var options = SocketOptions()
      for option in [SocketOption.keepalive, .keepIdle, .keepInterval, .keepCount, .userTimeout]
      where Bool.random(using: &dice) {
        options[option] = option == .keepalive ? 1 : Int.random(in: 1...100, using: &dice)
      }
      let row = tally.add(
        HostCapture(
          "h\(number)", name: "h\(number)", release: host.kernel?.release,
          tally.keys.keys.map { HostCapture.Value(host.readings[$0]) },
          connections: [
            CapturedConnections(
              .init(of: "app", with: .server, port: 5432, options: options), count: 1)
          ]))
      var profile = profiles[0]
      profile.sysctls = []
      for index in profile.groups.indices { profile.groups[index].sets = options }
      let live: Set<Scenario?> = [.idle, .send, .zeroWindow, .close]
      let wanted = [profile].findings(on: try Host(host)).filter { finding in
        finding.isAnError && live.contains(finding.scenario)
          && profile.groups.first { $0.name == finding.group }?.match
            .admits(.init(process: "app", remotePort: 5432)) != .no
      }
      #expect(
        row.missed.filter { $0.hasSuffix("@sockets") } == wanted.map { "\($0.id)@sockets" }.distinct
      )
      missed += wanted.isEmpty ? 0 : 1
    }
    #expect(missed > 2 && missed < 16)
  }

  @Test func `fleet: connections that stand the same are told of once`() throws {
    let profiles = [try BuiltInProfiles.profile(named: "server")]
    var tally = FleetTally(FleetRules([profiles]))
    var dice = Dice(seed: 9)
    let host = try Self.settings(&dice)
    func capture(_ name: String, _ count: Int) -> HostCapture {
      HostCapture(
        name, name: name, release: host.kernel?.release,
        tally.keys.keys.map { HostCapture.Value(host.readings[$0]) },
        connections: (0..<count).map {
          CapturedConnections(
            .init(of: "app", with: .server, port: UInt16($0), options: nil), count: 1)
        })
    }
    let one = tally.add(capture("one", 1)).verdict.findings
    #expect(!one.isEmpty)
    #expect(tally.add(capture("two", 1000)).verdict.findings.count == one.count)
    #expect(tally.add(capture("three", 1)).verdict.findings.count == one.count)
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
