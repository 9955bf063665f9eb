import NetAddress
import Randomness
import Testing

@testable import TCPModel

/// What is told once a budget is used up: ranges that are wider than they need be, and never too narrow.
struct RoughSweepTests {
  /// Two timers side by side: what is between two starts of one course may be another course.
  @Test(arguments: 1...120)
  func `rough sweep: what is only bounded holds what every phase leads to`(seed: Int) throws {
    var experiment = Experiment.random(seed * Scenario.allCases.count + seed % 2)
    experiment.scenario = seed % 2 == 0 ? .neighbour : .movedAddress
    var dice = Dice(seed: seed)
    func pick(_ values: [Int]) -> Int { values.randomElement(using: &dice) ?? 0 }
    let settings: [(String, [Int])] = [
      ("base_reachable_time_ms", [1000, 4000, 30_000]), ("retrans_time_ms", [40, 250, 1000, 3000]),
      ("delay_first_probe_time", [0, 1, 5]), ("ucast_solicit", [0, 1, 3, 9]),
      ("mcast_solicit", [0, 1, 3, 9]), ("mcast_resolicit", [0, 3]), ("app_solicit", [0]),
    ]
    for (name, values) in settings {
      experiment.snapshot[.neighbour(name, .v4)] = .value(.number(pick(values)))
    }
    guard let kernel = experiment.snapshot.kernel, kernel >= KernelVersion(5, 4) else { return }
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(rules.tickRates.first)
    let wheel = rules.wheel(at: tick)
    for simulation in try simulations(of: experiment, under: rules, at: tick)
    where simulation.longestWait < 1_000_000 {
      let played = Played(simulation, at: tick, on: wheel)
      let budget = SweepBudget(0, overdrawn: .max)
      let rough = PhaseSweep.branches(of: [simulation], at: tick, on: wheel, within: budget)
      #expect(budget.isExhausted)
      #expect(played.isHeld(by: rough))
      let ends = PhaseSweep.branches(
        of: [simulation], at: tick, on: wheel, .ends, within: SweepBudget(1 << 60, overdrawn: .max))
      #expect(played.isHeld(by: ends))
      if played.isComplete { #expect(played.endsExactly(as: ends)) }
    }
  }

  /// One timer: its limits may be met in a phase between two in which they are not.
  @Test(arguments: 1...300)
  func `rough sweep: what is only bounded of one timer holds as well`(seed: Int) throws {
    var experiment = Experiment.random(seed)
    if experiment.options[.userTimeout] ?? 0 > 100_000 { experiment.options[.userTimeout] = 61_000 }
    guard let kernel = experiment.snapshot.kernel, kernel >= KernelVersion(5, 4) else { return }
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(rules.tickRates.first)
    let wheel = rules.wheel(at: tick)
    var all: [any TimerSimulation] = []
    switch experiment.scenario {
    case .connect:
      all = try SYNRetransmission.simulations(of: experiment, under: rules).simulations(tick)
    case .send:
      all = try DataRetransmission.simulations(of: experiment, under: rules).simulations(tick)
    case .idle: all = try KeepaliveProbe.simulations(of: experiment)?.simulations(tick) ?? []
    case .accept: all = try SYNACKRetransmission.simulations(of: experiment, at: tick, under: rules)
    case .zeroWindow:
      for fate in [
        ReceiverFate.dies(after: .zero), .diesAnswering(probe: 2), .dies(after: .seconds(3)),
      ] {
        all += try ZeroWindowProbe.simulations(of: experiment, fate, under: rules, at: tick)
      }
    default: return
    }
    for simulation in all.prefix(2) + all.suffix(2) where simulation.longestWait < 1_000_000 {
      let budget = SweepBudget(0, overdrawn: .max)
      let rough = PhaseSweep.branches(of: [simulation], at: tick, on: wheel, within: budget)
      #expect(Played(simulation, at: tick, on: wheel).isHeld(by: rough), "\(experiment.scenario)")
    }
  }

  private func simulations(
    of experiment: Experiment, under rules: KernelRules, at tick: TickRate
  ) throws -> [any TimerSimulation] {
    if experiment.scenario == .neighbour {
      let limits = try SYNRetransmission.Limits(of: experiment, under: rules)
      return [try NeighbourProbe(of: experiment, within: limits, under: rules, at: tick)]
    }
    let client = try #require(try MovedAddress.client(of: experiment, under: rules))
    let all = try MovedAddress.simulations(of: experiment, by: client, under: rules, at: tick)
    return all.prefix(3) + all.suffix(3)
  }

  /// Thousands of requests, in every phase of hundreds of first timeouts: neither the work nor what is kept
  /// of it grows with the numbers that a kernel takes.
  @Test(
    arguments: ClientActivity.allCases, [(1, 1000), (40, 1000), (1000, 1000), (1, Int(Int32.max))])
  func `rough sweep: what long courses cost has an end`(
    client: ClientActivity, how: (interval: Int, requests: Int)
  ) throws {
    let tick = try #require(TickRate(hertz: 250))
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 12), tickRate: tick)
    (snapshot[.tcpRetries2], snapshot[.tcpSynRetries]) = (.value(255), .value(127))
    for (name, value) in [
      ("retrans_time_ms", how.interval), ("ucast_solicit", how.requests), ("mcast_solicit", 1000),
      ("delay_first_probe_time", 100),
    ] { snapshot[.neighbour(name, .v4)] = .value(.number(value)) }
    var experiment = Experiment(
      .movedAddress, in: snapshot,
      options: SocketOptions([.keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 127]),
      path: Path(roundTrip: .milliseconds(1)...(.milliseconds(200)), segments: 1))
    experiment.client = client
    let timeline = Timeline(of: experiment)
    #expect(timeline.effort.events < 60_000_000)
    let kept = timeline.branches.reduce(0) { $0 + $1.events.count }
    #expect(kept < 400_000)
    if case .unknown(let reason) = timeline.ends { #expect(reason.contains("simulate")) }
  }

  /// What is not simulated to its end is no answer, and says what it has cost.
  @Test(arguments: [Scenario.send, .zeroWindow, .neighbour, .movedAddress, .close])
  func `rough sweep: an overdrawn budget is unknown`(scenario: Scenario) throws {
    let tick = try #require(TickRate(hertz: 1000))
    let snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    let rules = try KernelRules(of: snapshot)
    let simulation = try SYNRetransmission(
      of: Experiment(.connect, in: snapshot),
      within: SYNRetransmission.Limits(of: Experiment(.connect, in: snapshot), under: rules),
      at: tick)
    func timeline(_ overdrawn: Int) throws(Unknown) -> Timeline {
      try Timeline(
        scenario, under: rules, limits: [], within: SweepBudget(0, overdrawn: overdrawn)
      ) { _ in [simulation] }
    }
    #expect(try timeline(.max).ends == .always)
    let unknown = #expect(throws: Unknown.self) { try timeline(0) }
    #expect(unknown?.effort.events ?? 0 > 0)
    #expect(unknown?.reason.contains("more courses than are simulated") ?? false)
  }

  /// A closed window whose reader may live for ever, with more courses than are simulated.
  @Test func `rough sweep: a live reader whose courses are too many is unknown, not for ever`()
    throws
  {
    let tick = try #require(TickRate(hertz: 1000))
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    snapshot[.tcpRetries2] = .value(15)
    var stall = Experiment(
      .zeroWindow, in: snapshot, options: SocketOptions([.userTimeout: 900_000]),
      path: Path(roundTrip: .milliseconds(1)...(.milliseconds(900)), segments: 1))
    stall.receiverFate = .survives
    let rules = try KernelRules(of: snapshot)
    let cut = SweepBudget(0, overdrawn: 1000)
    #expect(throws: Unknown.self) {
      try ZeroWindowProbe.timeline(of: stall, under: rules, within: cut)
    }
    #expect(try ZeroWindowProbe.timeline(of: stall, under: rules).ends == .always)
  }
}
