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
    let scenario = [Scenario.connect, .idle, .send][seed % 3]
    let hertz = pick([100, 250, 300, 1000])
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, pick([1, 6, 12, 18])), tickRate: TickRate(hertz: hertz))
    snapshot[.tcpSynRetries] = .value(pick([1, 2, 3, 6, 7, 127]))
    snapshot[.tcpRetries2] = .value(pick([0, 1, 3, 5, 8, 15, 255]))
    snapshot[.tcpKeepaliveTime] = .value(pick([0, 1, 10, 60, 7200, 2_000_000]))
    snapshot[.tcpKeepaliveIntvl] = .value(pick([0, 1, 5, 75, 32767]))
    snapshot[.tcpKeepaliveProbes] = .value(pick([0, 1, 3, 9, 255]))
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
    let roundTrip = Duration.microseconds(pick([100, 4000, 51_000, 200_000]))
    return Case(
      scenario, in: snapshot, options: options,
      path: Path(roundTrip: roundTrip...roundTrip, segments: pick([1, 2, 10])))
  }

  @Test(arguments: 1...90)
  func `ranges are ranges and events come in order`(seed: Int) {
    let play = Self.randomCase(seed)
    let timeline = Timeline(of: play)
    #expect(!timeline.branches.isEmpty)
    for branch in timeline.branches {
      #expect(branch.events.last?.kind == .giveUp)
      #expect(branch.survives <= branch.range.latest)
      for (event, next) in zip(branch.events, branch.events.dropFirst()) {
        #expect(event.range.earliest <= event.range.latest)
        #expect(event.range.earliest <= next.range.earliest)
        #expect(event.range.latest <= next.range.latest)
      }
    }
    if timeline.branches.allSatisfy({ $0.share != nil }) {
      let total = timeline.branches.compactMap(\.share).reduce(0, +)
      #expect(abs(total - 1) < 1e-9)
    }
  }

  /// More retries never end earlier.
  @Test(arguments: [100, 250, 300, 1000])
  func `more retries never end earlier`(hertz: Int) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    for (scenario, key, counts) in [
      (Scenario.connect, SysctlKey.tcpSynRetries, [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 64, 127]),
      (.send, .tcpRetries2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 40, 255]),
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
  private func bruteForce(_ play: some Play, _ tick: TickRate) -> [Int: (Int, Int, Int)] {
    let wheel = TimerWheel(tick)
    let period = max(
      wheel.granule(of: play.longestWait), wheel.granule(of: play.firstTimer.wait))
    var ends: [Int: (earliest: Int, latest: Int, phases: Int)] = [:]
    var track = Track()
    for start in 0..<period {
      play.run(from: start, on: wheel, into: &track)
      let end = (track.times.last ?? 0) - start
      let known = ends[track.times.count] ?? (end, end, 0)
      ends[track.times.count] = (
        min(known.earliest, end), max(known.latest, end), known.phases + 1
      )
    }
    return ends
  }

  private func expectSame(_ play: some Play, _ tick: TickRate) {
    let ends = bruteForce(play, tick)
    let phases = ends.values.map(\.2).reduce(0, +)
    let branches = PhaseFold.branches(of: [play], at: tick)
    #expect(branches.count == ends.count)
    for branch in branches {
      guard let expected = ends[branch.events.count - (play.opening == nil ? 0 : 1)] else {
        Issue.record("no phase has \(branch.events.count) events")
        continue
      }
      #expect(branch.range == TimeRange(tick.duration(expected.0), tick.duration(expected.1)))
      #expect(branch.share == Double(expected.2) / Double(phases))
    }
  }

  @Test(arguments: 1...45)
  func `folding phases gives what playing each phase gives`(seed: Int) throws {
    let play = TimelinePropertyTests.randomCase(seed)
    let rules = try KernelRules(of: play.snapshot)
    let tick = try #require(rules.tickRates.first)
    switch play.scenario {
    case .connect:
      expectSame(try SYNRetransmission(of: play, under: rules, at: tick), tick)
    case .idle:
      let keepalive = try KeepaliveProbe(of: play, at: tick)
      if keepalive.longestWait < 1_000_000, keepalive.userTimeout < 300_000 {
        expectSame(keepalive, tick)
      }
    default:
      guard play.options[.userTimeout] ?? 0 < 1_000_000 else { return }
      let retries = try play.value(.tcpRetries2)
      let limits = DataRetransmission.Limits(retries: retries, retriesAtMaximum: retries)
      for send in try DataRetransmission.plays(of: play, within: limits, under: rules, at: tick)
        .prefix(2)
      {
        expectSame(send, tick)
      }
    }
  }
}
