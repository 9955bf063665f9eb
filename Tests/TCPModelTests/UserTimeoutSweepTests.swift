import Randomness
import Testing

@testable import TCPModel

/// What is left of a user timeout is waited for: the later that begins, the finer is the bucket, so that a
/// later start may end earlier.
struct UserTimeoutSweepTests {
  /// Those beyond the first of each, and 9 and 58 of data, were told wrong once: too narrow, with a course
  /// missing, or with an outage that not every phase outlives.
  @Test(arguments: Array(1...60) + [635, 884, 920, 1458, 1921])
  func `user timeouts: what is told of data is what every phase leads to`(seed: Int) throws {
    try expectTruth(of: .send, seed) { experiment, rules, tick in
      try DataRetransmission.simulations(of: experiment, under: rules).simulations(tick)
    }
  }

  @Test(arguments: 1...60)
  func `user timeouts: what is told after close() is what every phase leads to`(seed: Int) throws {
    try expectTruth(of: .close, seed) { experiment, rules, tick in
      try OrphanTimer.simulations(of: experiment, under: rules).simulations(tick)
    }
  }

  @Test(arguments: Array(1...60) + [738, 1570, 1622, 1921])
  func `user timeouts: what is told of connecting is what every phase leads to`(seed: Int) throws {
    try expectTruth(of: .connect, seed) { experiment, rules, tick in
      try SYNRetransmission.simulations(of: experiment, under: rules).simulations(tick)
    }
  }

  /// The probes before a peer's death are no events, and decide what comes after it.
  @Test(
    arguments: Array(1...30) + [142, 297, 475, 806, 984, 1108, 1289, 1301, 1346, 1386, 1438, 1757],
    [.diesAnswering(probe: 0), .diesAnswering(probe: 3), .dies(after: .seconds(2)), .survives]
      as [ReceiverFate])
  func `user timeouts: what is told of a closed window is what every phase leads to`(
    seed: Int, fate: ReceiverFate
  ) throws {
    var fate = fate
    if case .diesAnswering(probe: 1...) = fate { fate = .diesAnswering(probe: seed % 5 + 1) }
    try expectTruth(of: .zeroWindow, seed) { experiment, rules, tick in
      try ZeroWindowProbe.simulations(of: experiment, fate, under: rules, at: tick)
    }
  }

  /// What it takes is not written down event by event; what is told of it is no wider for that.
  @Test(arguments: [Scenario.send, .connect, .zeroWindow])
  func `user timeouts: of an hour beside waits of a second, the end is known to a few`(
    scenario: Scenario
  ) throws {
    let tick = try #require(TickRate(hertz: 250))
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    snapshot[.tcpRtoMaxMs] = .value(1000)
    snapshot[.tcpSynLinearTimeouts] = .value(255)
    (snapshot[.tcpSynRetries], snapshot[.tcpRetries2]) = (.value(127), .value(255))
    var experiment = Experiment(
      scenario, in: snapshot, options: SocketOptions([.userTimeout: 3_600_000]),
      path: Path(roundTrip: .milliseconds(20)...(.milliseconds(200)), segments: 1))
    experiment.receiverFate = .survives
    for precision in [Precision.exact, .ends] {
      experiment.precision = precision
      let timeline = Timeline(of: experiment)
      let ends = timeline.branches.compactMap { $0.events.last }
      #expect(ends.contains { $0.range.earliest >= .seconds(3600) } || scenario == .connect)
      for end in ends where end.kind == .giveUp {
        #expect(end.range.latest - end.range.earliest < .seconds(4), "\(precision): \(end.range)")
      }
    }
  }

  private func expectTruth(
    of scenario: Scenario, _ seed: Int,
    _ simulations: (Experiment, KernelRules, TickRate) throws -> [any TimerSimulation]
  ) throws {
    var experiment = Experiment.random(seed)
    experiment.scenario = scenario
    var dice = Dice(seed: seed * 1_000_000)
    experiment.options[.userTimeout] = Int(dice.next() % 20_000) + 1
    guard let kernel = experiment.snapshot.kernel, kernel >= KernelVersion(5, 4) else { return }
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(rules.tickRates.first)
    let wheel = rules.wheel(at: tick)
    let all: [any TimerSimulation]
    do { all = try simulations(experiment, rules, tick) } catch is Unknown { return }
    for simulation in all.prefix(2) + all.suffix(1) where simulation.longestWait < 100_000 {
      let played = Played(simulation, at: tick, on: wheel)
      func branches(_ precision: Precision, _ budget: SweepBudget) -> [Timeline.Branch] {
        PhaseSweep.branches(of: [simulation], at: tick, on: wheel, precision, within: budget)
      }
      #expect(played.isHeld(by: branches(.exact, SweepBudget(0, overdrawn: .max))))
      let whole = SweepBudget(1 << 60, overdrawn: .max)
      let (exact, ends) = (branches(.exact, whole), branches(.ends, whole))
      #expect(played.isHeld(by: exact) && played.isHeld(by: ends))
      guard played.isComplete else { continue }
      #expect(played.endsExactly(as: exact) && played.endsExactly(as: ends))
      for extreme in [ExtremeSearch.Extreme.latestEnd, .earliestEnd, .survival] {
        let search = ExtremeSearch(of: extreme, [simulation], on: wheel, within: whole)
        #expect(search.jiffies.map { tick.duration($0) } == played.extreme(extreme))
      }
    }
  }
}
