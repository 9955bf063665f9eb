import Testing

@testable import TCPModel

/// What must hold for whatever settings the kernel accepts.
struct TimelinePropertyTests {
  /// A generator whose numbers are the same in every run.
  struct Numbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  static func randomCase(_ seed: Int) -> Case {
    var numbers = Numbers(state: UInt64(seed))
    func pick(_ values: [Int]) -> Int { values.randomElement(using: &numbers) ?? 0 }
    let scenario = Scenario.allCases[seed % Scenario.allCases.count]
    let hertz = pick([100, 250, 300, 1000])
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, pick([1, 6, 12, 18])), tickRate: TickRate(hertz: hertz))
    snapshot[.tcpSynRetries] = .value(pick([1, 2, 3, 6, 7, 127]))
    snapshot[.tcpRetries2] = .value(pick([0, 1, 3, 5, 8, 15, 255]))
    snapshot[.tcpKeepaliveTime] = .value(pick([0, 1, 10, 60, 7200, 2_000_000]))
    snapshot[.tcpKeepaliveIntvl] = .value(pick([0, 1, 5, 75, 32767]))
    snapshot[.tcpKeepaliveProbes] = .value(pick([0, 1, 3, 9, 255]))
    snapshot[.tcpSynackRetries] = .value(pick([0, 1, 5, 20, 50]))
    snapshot[.tcpOrphanRetries] = .value(pick([0, 1, 3, 8, 255]))
    snapshot[.tcpFinTimeout] = .value(pick([-1, 0, 1, 60, 61, 90, 2_000_000]))
    for name in ["mcast_solicit", "app_solicit"] {
      snapshot[.neighbour(name, .v4)] = .value(pick([0, 1, 3, 1000, Int(Int32.max)]))
    }
    snapshot[.neighbour("retrans_time_ms", .v4)] = .value(
      pick([0, 1, 250, 1000, 20_000, Int(Int32.max)]))
    if snapshot[.tcpSynLinearTimeouts] != .absent {
      snapshot[.tcpSynLinearTimeouts] = .value(pick([0, 1, 4, 127]))
    }
    if snapshot[.tcpRtoMaxMs] != .absent {
      snapshot[.tcpRtoMaxMs] = .value(pick([1000, 1001, 5000, 120_000]))
    }
    var options = SocketOptions([.keepalive: 1])
    if Bool.random(using: &numbers) {
      options[.userTimeout] = pick([1, 500, 1001, 7777, 30_000, 900_000, Int(Int32.max)])
    }
    // A long path has hundreds of timeouts, and a closed window hundreds of probes for each.
    let longest = scenario == .zeroWindow ? 60_000 : 200_000
    let roundTrip = Duration.microseconds(pick([100, 4000, 51_000, longest]))
    if Bool.random(using: &numbers) { options[.linger2] = pick([-1, 0, 3, 62, 100, 121]) }
    if Bool.random(using: &numbers) { options[.deferAccept] = pick([0, 1, 5, 200]) }
    var play = Case(
      scenario, in: snapshot, options: options,
      path: Path(roundTrip: roundTrip...roundTrip, segments: pick([1, 2, 10])))
    play.stall =
      [
        .peerLives, .peerDiesAtWorstMoment, .peerDies(after: .zero),
        .peerDies(after: .seconds(pick([1, 3, 40, 2_000_000]))),
      ][pick([0, 1, 2, 3])]
    return play
  }

  @Test(arguments: 1...270)
  func `ranges are ranges and events come in order`(seed: Int) {
    let play = Self.randomCase(seed)
    let timeline = Timeline(of: play)
    #expect(timeline.branches.isEmpty == (timeline.ends == .never))
    if case .unknown(let reason) = timeline.ends { Issue.record("\(play.scenario): \(reason)") }
    for branch in timeline.branches {
      #expect(branch.events.last?.kind == .giveUp)
      #expect(branch.survives <= branch.range.latest)
      for (event, next) in zip(branch.events, branch.events.dropFirst()) {
        #expect(event.range.earliest <= event.range.latest)
        #expect(event.range.earliest <= next.range.earliest)
        #expect(event.range.latest <= next.range.latest)
      }
    }
    if timeline.ends == .always, timeline.branches.allSatisfy({ $0.share != nil }) {
      let total = timeline.branches.compactMap(\.share).reduce(0, +)
      #expect(abs(total - 1) < 1e-9)
    }
  }

  /// The two ends of what the kernel takes, for every setting and option, one after the other.
  @Test(arguments: Scenario.allCases)
  func `no value that the kernel takes is a trap`(scenario: Scenario) {
    let defaults = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000))
    for key in scenario.sysctls {
      guard let range = SysctlCatalog[key]?.range else { continue }
      for value in [range.lowerBound, 0, 1, range.upperBound] where range.contains(value) {
        var snapshot = defaults
        snapshot[key] = .value(value)
        check(Case(scenario, in: snapshot))
      }
    }
    for option in SocketOption.all where option.decides(scenario) {
      for value in [option.range.lowerBound, option.range.upperBound] {
        var options = SocketOptions([.keepalive: 1])
        options[option] = value
        check(Case(scenario, in: defaults, options: options))
      }
    }
  }

  private func check(_ play: Case) {
    let timeline = Timeline(of: play)
    guard let range = timeline.range else { return }
    #expect(range.earliest <= range.latest && range.earliest >= .zero)
  }

  /// More retries never end earlier.
  @Test(arguments: [100, 250, 300, 1000])
  func `more retries or time never end earlier`(hertz: Int) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    for (scenario, key, counts) in [
      (Scenario.connect, SysctlKey.tcpSynRetries, [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 64, 127]),
      (.send, .tcpRetries2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 40, 255]),
      (.accept, .tcpSynackRetries, [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 50]),
      (.zeroWindow, .tcpRetries2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 40, 255]),
      (.close, .tcpOrphanRetries, [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 40, 255]),
      (.finWait, .tcpFinTimeout, [-1, 0, 1, 2, 10, 30, 59, 60]),
      (.finWait, .tcpFinTimeout, [61, 62, 65, 70, 90, 120, 3600, 2_000_000]),
      (.neighbour, .neighbour("mcast_solicit", .v4), [1, 2, 3, 5, 10, 100, 100_000]),
      (.neighbour, .neighbour("retrans_time_ms", .v4), [0, 1, 10, 250, 1000, 5000, 600_000]),
    ] {
      var last = TimeRange(.zero, .zero)
      for count in counts {
        snapshot[key] = .value(count)
        let range = try #require(Timeline(of: Case(scenario, in: snapshot)).range)
        #expect(range.earliest >= last.earliest)
        #expect(range.latest >= last.latest)
        last = range
      }
    }
  }
}

/// The fold over groups of phases, held against playing every phase on its own.
struct PhaseFoldTests {
  /// What tells branches apart; the tests' plays differ in nothing else.
  private struct Course: Hashable {
    let events: Int
    let errno: String?
  }

  private struct End {
    var earliest = Int.max
    var latest = Int.min
    var phases = 0
  }

  private func bruteForce(_ play: some Play, on wheel: TimerWheel) -> [Course: End] {
    let period = max(
      wheel.granule(of: play.longestWait), wheel.granule(of: play.firstTimer.wait))
    var ends: [Course: End] = [:]
    var track = Track()
    for start in 0..<period {
      play.run(from: start, on: wheel, into: &track)
      let time = (track.times.last ?? 0) - start
      let course = Course(events: track.times.count, errno: track.errno)
      let known = ends[course] ?? End()
      ends[course] = End(
        earliest: min(known.earliest, time), latest: max(known.latest, time),
        phases: known.phases + 1)
    }
    return ends
  }

  private func expectSame(_ play: some Play, _ tick: TickRate, on wheel: TimerWheel? = nil) {
    let wheel = wheel ?? TimerWheel(tick)
    let ends = bruteForce(play, on: wheel)
    let phases = ends.values.map(\.phases).reduce(0, +)
    let branches = PhaseFold.branches(of: [play], at: tick, on: wheel)
    #expect(branches.count == ends.count)
    for branch in branches {
      let events = branch.events.count - (play.opening == nil ? 0 : 1)
      guard let end = ends[Course(events: events, errno: branch.errno)] else {
        Issue.record("no phase has \(events) events")
        continue
      }
      #expect(branch.range == TimeRange(tick.duration(end.earliest), tick.duration(end.latest)))
      #expect(branch.share == Double(end.phases) / Double(phases))
    }
  }

  @Test(arguments: [100, 250, 1000])
  func `folding phases of timers with slack gives what playing each phase gives`(hertz: Int)
    throws
  {
    let tick = try #require(TickRate(hertz: hertz))
    let old = SettingsSnapshot.defaults(of: KernelVersion(3, 10), tickRate: tick)
    let rules = try KernelRules(of: old)
    let connect = Case(.connect, in: old)
    expectSame(try SYNRetransmission(of: connect, under: rules, at: tick), tick, on: .slack)
    let idle = Case(.idle, in: old, options: SocketOptions([.keepalive: 1, .keepIdle: 60]))
    expectSame(try KeepaliveProbe(of: idle, at: tick), tick, on: .slack)
  }

  @Test(arguments: 1...270)
  func `folding phases gives what playing each phase gives`(seed: Int) throws {
    let play = TimelinePropertyTests.randomCase(seed)
    let rules = try KernelRules(of: play.snapshot)
    let tick = try #require(rules.tickRates.first)
    let isLong = play.options[.userTimeout] ?? 0 >= 1_000_000
    switch play.scenario {
    case .connect:
      expectSame(try SYNRetransmission(of: play, under: rules, at: tick), tick)
    case .neighbour:
      let neighbour = try NeighbourProbe(of: play, under: rules, at: tick)
      if neighbour.longestWait < 1_000_000 { expectSame(neighbour, tick) }
    case .idle:
      let keepalive = try KeepaliveProbe(of: play, at: tick)
      if keepalive.longestWait < 1_000_000, keepalive.userTimeout < 300_000 {
        expectSame(keepalive, tick)
      }
    case .send, .close:
      guard !isLong else { return }
      let key = play.scenario == .send ? SysctlKey.tcpRetries2 : .tcpOrphanRetries
      let retries = try play.value(key)
      let limits = DataRetransmission.Limits(
        retries: play.scenario == .close && retries == 0 ? 8 : retries, retriesAtMaximum: retries)
      for send in try DataRetransmission.plays(of: play, within: limits, under: rules, at: tick)
        .prefix(2)
      {
        expectSame(send, tick)
      }
    case .zeroWindow:
      guard !isLong else { return }
      for death in [0, 1, 300, 4001, 20_000] {
        let life = ZeroWindowProbe.Life.lasts(death)
        for stall in try ZeroWindowProbe.plays(of: play, life, under: rules, at: tick).prefix(2) {
          expectSame(stall, tick)
        }
      }
    case .accept:
      for accept in try SYNACKRetransmission.plays(of: play, at: tick) { expectSame(accept, tick) }
    case .finWait, .timeWait:
      for wait in [1, 60, 120, 3600] {
        expectSame(TimeWait(waits: [wait * tick.hertz, 2 * wait * tick.hertz]), tick)
      }
    }
  }
}
