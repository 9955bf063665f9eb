import Advisor
import Randomness
import TCPModel

/// Profiles and hosts nobody thought of; each demand has a line of its own, by which it is known.
extension Dice {
  mutating func profiles() -> [Profile] {
    let names = once(in: 3) ? ["one", "two"] : ["one"]
    return names.map { profile($0) }
  }

  mutating func profile(_ name: String) -> Profile {
    var line = 10
    var profile = Profile(name: name, summary: "", groups: [], file: "\(name).yaml")
    for index in 0..<pick(1, 1, 2) {
      profile.groups.append(group("group\(index)", name, &line))
    }
    if once(in: 4) { profile.sysctlsAllowed = pick(["net.ipv4.tcp_keepalive_*"], ["net.*"], []) }
    profile.allowBelowRFC = once(in: 8)
    if once(in: 4) { profile.sysctls = [sysctlDemand(name)] }
    return profile
  }

  private mutating func sysctlDemand(_ name: String) -> SysctlRequirement {
    let (key, number) = pick(
      (SysctlKey.tcpKeepaliveTime, 300), (.tcpKeepaliveIntvl, 20), (.tcpRetries2, 9),
      (.tcpSynRetries, 5), (.tcpFinTimeout, 30))
    let requirement = pick(
      SysctlRequirement.Bound.value(.number(number)), .atLeast([number]), .atMost([number]), .keep)
    let location = FileLocation(file: "\(name).yaml", line: 5, column: 1)
    return SysctlRequirement(key, requirement, why: nil, source: nil, location: location)
  }

  private mutating func group(_ name: String, _ file: String, _ line: inout Int) -> ConnectionGroup
  {
    func location() -> FileLocation {
      line += 1
      return FileLocation(file: "\(file).yaml", line: line, column: 1)
    }
    var group = ConnectionGroup.sample(name)
    group.location = location()
    group.direction = pick(.outbound, .outbound, .inbound)
    group.sets = options()
    group.canSet = pick(
      nil, nil, nil, [.keepalive], [.keepalive, .userTimeout], [.keepIdle, .keepCount],
      [.keepalive, .keepIdle, .keepInterval, .keepCount], [.synCount, .userTimeout, .rtoMax])
    group.path = path()
    group.levers = Set(Lever.allCases.filter { _ in !once(in: 3) })
    group.hasSingleUserTimeout = once(in: 4)
    if once(in: 4) {
      group.middleboxes = [.sample(.seconds(pick(60, 350)), pick(.drop, .reset))]
    }
    for scenario in group.askable where !once(in: 2) {
      group.objectives.append(objective(scenario, at: location))
    }
    return group
  }

  private mutating func options() -> SocketOptions {
    var sets = SocketOptions()
    if !once(in: 3) { sets[.keepalive] = 1 }
    if once(in: 3) { sets[.keepIdle] = pick(10, 60, 600) }
    if once(in: 5) { sets[.keepCount] = pick(2, 3, 6) }
    if once(in: 5) { sets[.userTimeout] = pick(5000, 30_000, 120_000) }
    if once(in: 8) { sets[.synCount] = pick(1, 3, 6) }
    return sets
  }

  private mutating func path() -> Path {
    let lowest = Duration.microseconds(pick(100, 100, 1000, 20_000, 45_000))
    let width = Duration.milliseconds(pick(0, 0, 0, 4))
    return Path(roundTrip: lowest...lowest + width, addresses: once(in: 5) ? 2 : 1)
  }

  private mutating func objective(_ scenario: Scenario, at location: () -> FileLocation)
    -> Objective
  {
    let limits = scenario.limits
    func bound(_ seconds: Int) -> Objective.Bound {
      .init(WrittenTime(.seconds(seconds)), at: location())
    }
    var objective = Objective(scenario)
    let asked = pick(1, 2, 3, 3)
    let within = limits[Int(next() % UInt64(limits.count))]
    if asked & 1 != 0 { objective.within = bound(within) }
    let survive = pick(0, 1, 3, 10, 20, 60)
    if asked & 2 != 0 { objective.survive = bound(asked == 3 ? min(survive, within) : survive) }
    if asked & 2 != 0, scenario.canResume, once(in: 4) { objective.recover = bound(pick(2, 5, 30)) }
    return objective
  }

  mutating func host() throws -> Host {
    let kernel = pick(KernelVersion(5, 15), KernelVersion(6, 6), KernelVersion(6, 18))
    var changes: [SysctlKey: SysctlValue] = [:]
    if once(in: 2) { changes[.tcpSynRetries] = pick(1, 2, 4, 8) }
    if once(in: 2) { changes[.tcpRetries2] = pick(3, 5, 8, 20) }
    if once(in: 2) { changes[.tcpKeepaliveTime] = pick(60, 600, 1800) }
    if once(in: 2) { changes[.tcpKeepaliveIntvl] = pick(5, 30) }
    if once(in: 2) { changes[.tcpKeepaliveProbes] = pick(1, 3, 5) }
    if once(in: 4) { changes[.tcpSynackRetries] = pick(1, 3, 7) }
    if once(in: 6) { changes[.tcpRtoMaxMs] = pick(5000, 30000) }
    return try Host.stock(kernel, hertz: pick(100, 250, 1000)).applying(changes)
  }
}

extension Scenario {
  /// Bounds that are asked of it, in seconds.
  fileprivate var limits: [Int] {
    switch self {
    case .connect: [1, 2, 5, 10, 40]
    case .accept: [5, 20, 60]
    case .idle: [60, 120, 300, 900]
    default: [20, 60, 300, 1200]
    }
  }

  fileprivate var canResume: Bool { [.connect, .idle, .send].contains(self) }
}

extension ConnectionGroup {
  /// What a profile may ask of such connections.
  fileprivate var askable: [Scenario] {
    [direction == .outbound ? .connect : .accept, .idle, .send, .zeroWindow, .close]
  }
}
