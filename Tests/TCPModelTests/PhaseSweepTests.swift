import NetAddress
import Randomness
import Testing

@testable import TCPModel

/// The fold over stretches of phases, held against simulating every phase on its own.
struct PhaseSweepTests {
  /// The branches that come of every single phase.
  private func bruteForce(
    _ simulation: some TimerSimulation, _ tick: TickRate, on wheel: TimerWheel
  )
    -> [Timeline.Branch]
  {
    let period = max(
      wheel.granularity(of: simulation.longestWait),
      wheel.granularity(of: simulation.firstTimer.wait))
    var builders = CourseTable<BranchBuilder>()
    let orders: [any TimerSimulation] =
      [simulation] + [simulation.otherOrder].compactMap(\.self)
    for (simulation, start) in orders.flatMap({ order in (0..<period).map { (order, $0) } }) {
      var trace = EventTrace()
      simulation.run(from: start, on: wheel, into: &trace)
      if trace.times.isEmpty { continue }
      let run = SimulationRun(from: start, trace)
      let phase = PhaseInterval(from: run, to: run)
      let course = Course(of: trace, under: simulation.circumstance)
      let place = builders.place(of: course, else: BranchBuilder(of: course))
      builders.values[place].add(phase, after: simulation.firstTimeout)
      builders.values[place].note(0..<trace.times.count, of: phase)
      builders.values[place].note(answered: trace.lastAnswered, of: phase)
    }
    let phases = builders.values.map(\.phases).reduce(0, +)
    let opening = simulation.opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []
    return builders.values.map {
      let share = orders.count == 1 ? Double($0.phases) / Double(phases) : nil
      return $0.branch(at: tick, opening: opening, share: share)
    }
  }

  private func differences(_ folded: Set<Timeline.Branch>, _ all: Set<Timeline.Branch>) -> [String]
  {
    func tell(_ branch: Timeline.Branch) -> String {
      "\(branch.events.count) events, \(branch.range), share \(branch.share ?? -1), survives"
        + " \(branch.survives), \(branch.errno ?? "-"), \(branch.endReasons)"
    }
    return folded.subtracting(all).map { "folded: " + tell($0) }
      + all.subtracting(folded).map { "every phase: " + tell($0) }
  }

  private func expectSame(
    _ simulation: some TimerSimulation, _ tick: TickRate, on wheel: TimerWheel? = nil
  ) {
    let wheel = wheel ?? TimerWheel(tick)
    // Without an end: it is the fold that is held against all phases.
    let budget = SweepBudget(.max / 2, overdrawn: .max)
    let branches = PhaseSweep.branches(of: [simulation], at: tick, on: wheel, within: budget)
    let all = bruteForce(simulation, tick, on: wheel)
    #expect(!budget.isOverdrawn)
    // Not in the expectation itself: branches of hundreds of events would be printed.
    let differences = differences(Set(branches), Set(all))
    #expect(differences.isEmpty, "\(simulation): \(differences)")
    expectExtremes(of: all, simulation, tick, on: wheel)
    let shares = branches.compactMap(\.share)
    #expect(shares.isEmpty || abs(shares.reduce(-1, +)) < 1e-9)
  }

  /// The search for an extreme finds that of all phases, and no sum that saves it the way lies inside.
  private func expectExtremes(
    of branches: [Timeline.Branch], _ simulation: some TimerSimulation, _ tick: TickRate,
    on wheel: TimerWheel
  ) {
    /// What is found, and by how much it may be exceeded.
    func expect(
      _ extreme: ExtremeSearch.Extreme, _ exact: Duration?,
      _ isFurther: (Duration, Duration) -> Bool
    ) {
      if let bound = simulation.bound(of: extreme, on: wheel).map(tick.duration), let exact {
        #expect(bound == exact || isFurther(bound, exact), "\(extreme) \(simulation)")
      }
      for tolerance in [0, 8] {
        let budget = SweepBudget()
        let search = ExtremeSearch(
          of: extreme, [simulation], on: wheel, tolerance: tolerance, within: budget)
        if budget.isUsedUp { continue }
        let found = search.jiffies.map(tick.duration)
        #expect((found == nil) == (exact == nil), "\(extreme) \(simulation)")
        guard let found, let exact else { continue }
        #expect(
          found == exact || tolerance > 0 && isFurther(exact, found), "\(extreme) \(simulation)")
        let difference = found < exact ? exact - found : found - exact
        #expect(difference <= tick.duration(tolerance), "\(extreme) \(simulation)")
      }
    }
    let ended = branches.filter { $0.events.last?.kind.isEnd ?? false }
    let range = ended.lazy.map(\.range).union
    expect(.earliestEnd, range?.earliest, <)
    expect(.latestEnd, range?.latest, >)
    expect(.survival, ended.map(\.survives).min(), <)
  }

  @Test(arguments: [100, 250, 1000])
  func `phase sweep: folding phases of timers with slack gives what simulating each phase gives`(
    hertz: Int
  )
    throws
  {
    let tick = try #require(TickRate(hertz: hertz))
    let old = SettingsSnapshot.defaults(of: KernelVersion(3, 10), tickRate: tick)
    let rules = try KernelRules(of: old)
    let connect = Experiment(.connect, in: old)
    expectSame(try attempt(of: connect, under: rules, at: tick), tick, on: .slack)
    let idle = Experiment(.idle, in: old, options: SocketOptions([.keepalive: 1, .keepIdle: 60]))
    expectSame(try KeepaliveProbe(of: idle, at: tick), tick, on: .slack)
  }

  private func attempt(of connect: Experiment, under rules: KernelRules, at tick: TickRate) throws
    -> SYNRetransmission
  {
    let limits = try SYNRetransmission.Limits(of: connect, under: rules)
    return SYNRetransmission(of: connect, within: limits, at: tick)
  }

  /// A user timeout of weeks repeats more events than are written down, and is folded coarsely.
  private func isLong(_ experiment: Experiment) -> Bool {
    experiment.options[.userTimeout] ?? 0 >= 1_000_000
  }

  @Test(arguments: 1...225)
  func `phase sweep: folding phases gives what simulating each phase gives`(seed: Int) throws {
    let experiment = Experiment.random(seed)
    // Older kernels have no rule for some of these cases.
    guard let kernel = experiment.snapshot.kernel, kernel >= KernelVersion(5, 4),
      !isLong(experiment)
    else {
      return
    }
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(rules.tickRates.first)
    switch experiment.scenario {
    case .connect: expectSame(try attempt(of: experiment, under: rules, at: tick), tick)
    case .neighbour:
      let limits = try SYNRetransmission.Limits(of: experiment, under: rules)
      let neighbour = try NeighbourProbe(of: experiment, within: limits, under: rules, at: tick)
      if neighbour.longestWait < 1_000_000 { expectSame(neighbour, tick) }
    case .idle:
      let keepalive = try KeepaliveProbe(of: experiment, at: tick)
      if keepalive.longestWait < 1_000_000, keepalive.userTimeout < 300_000 {
        expectSame(keepalive, tick)
      }
    case .send, .close:
      let key = experiment.scenario == .send ? SysctlKey.tcpRetries2 : .tcpOrphanRetries
      let retries = try experiment.setting(key)
      let limits = try DataRetransmission.Limits(
        of: experiment, retries,
        actingAs: experiment.scenario == .close && retries.value == 0 ? 8 : retries.value,
        under: rules)
      let simulations = try DataRetransmission.simulations(
        of: experiment, within: limits, under: rules, at: tick)
      for send in simulations.prefix(1) + simulations.suffix(1) { expectSame(send, tick) }
    case .zeroWindow: try expectSame(stall: experiment, under: rules, at: tick)
    case .accept:
      for accept in try SYNACKRetransmission.simulations(of: experiment, at: tick, under: rules) {
        expectSame(accept, tick)
      }
    case .movedAddress:
      let client = try #require(try MovedAddress.client(of: experiment, under: rules))
      let simulations = try MovedAddress.simulations(
        of: experiment, by: client, under: rules, at: tick)
      for moved in simulations.prefix(1) + simulations.suffix(1)
      where moved.longestWait < 1_000_000 { expectSame(moved, tick) }
    case .finWait, .timeWait:
      for wait in [1, 60, 120, 3600] {
        expectSame(TimeWait(waits: [wait * tick.hertz, 2 * wait * tick.hertz]), tick)
      }
    }
  }

  /// Requests that only repeat are not written down, but whether they come before a segment still counts.
  @Test(arguments: 1...18)
  func `phase sweep: folding phases with hundreds of requests gives what simulating each gives`(
    seed: Int
  ) throws {
    var dice = Dice(seed: seed * 1_000_000)
    var experiment = Experiment.random(seed)
    experiment.scenario = .movedAddress
    experiment.client = ClientActivity.allCases[seed % ClientActivity.allCases.count]
    let kernel = [KernelVersion(5, 4), KernelVersion(6, 18)][seed % 2]
    experiment.snapshot = .defaults(
      of: kernel, tickRate: TickRate(hertz: [100, 250, 1000][seed / 3 % 3]))
    for (name, values) in [
      ("ucast_solicit", [400, 700, 1500]), ("mcast_resolicit", [0, 3, 400]),
      ("retrans_time_ms", [1, 4, 10, 16, 37]), ("delay_first_probe_time", [0, 1, 5]),
    ] {
      experiment.snapshot[.neighbour(name, .v4)] = .value(
        .number(values.randomElement(using: &dice) ?? 0))
    }
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(rules.tickRates.first)
    let client = try #require(try MovedAddress.client(of: experiment, under: rules))
    let simulations = try MovedAddress.simulations(
      of: experiment, by: client, under: rules, at: tick)
    for moved in simulations.prefix(1) where moved.longestWait < 500_000 {
      expectSame(moved, tick)
      var trace = EventTrace()
      moved.run(from: 0, on: TimerWheel(tick), into: &trace)
      #expect(trace.times.count < 400)
    }
  }

  /// Ten hours of answered probes are folded coarsely; what every phase gives lies inside.
  @Test func `phase sweep: a long life is swept into what holds`() throws {
    let tick = try #require(TickRate(hertz: 1000))
    let snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    let (rules, wheel) = (try KernelRules(of: snapshot), TimerWheel(tick))
    let fate = ReceiverFate.dies(after: .seconds(36_000))
    for simulation in try ZeroWindowProbe.simulations(
      of: Experiment(.zeroWindow, in: snapshot), fate, under: rules, at: tick)
    {
      let branches = PhaseSweep.branches(of: [simulation], at: tick, on: wheel)
      for start in stride(from: 0, to: 4096, by: 37) {
        var trace = EventTrace()
        simulation.run(from: start, on: wheel, into: &trace)
        let fits = branches.contains { branch in
          zip(branch.events, trace.times).allSatisfy { event, time in
            let time = tick.duration(time - start)
            return event.range.earliest <= time && time <= event.range.latest
          }
        }
        #expect(fits, "from \(start)")
      }
    }
  }

  private func expectSame(stall experiment: Experiment, under rules: KernelRules, at tick: TickRate)
    throws
  {
    var fates = [0, 1, 300, 4001, 20_000].map { ReceiverFate.dies(after: tick.duration($0)) }
    fates += [0, 1, 3].map(ReceiverFate.diesAnswering(probe:))
    if experiment.options[.userTimeout] != nil { fates.append(.survives) }
    for fate in fates {
      let stalls = try ZeroWindowProbe.simulations(of: experiment, fate, under: rules, at: tick)
      for stall in stalls.prefix(1) + stalls.suffix(1) { expectSame(stall, tick) }
    }
  }
}
