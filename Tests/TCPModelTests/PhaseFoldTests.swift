import Testing

@testable import TCPModel

/// The fold over stretches of phases, held against playing every phase on its own.
struct PhaseFoldTests {
  /// The branches that come of every single phase.
  private func bruteForce(_ play: some Play, _ tick: TickRate, on wheel: TimerWheel)
    -> [Timeline.Branch]
  {
    let period = max(
      wheel.granule(of: play.longestWait), wheel.granule(of: play.firstTimer.wait))
    var courses: [Course] = []
    for start in 0..<period {
      var track = Track()
      play.run(from: start, on: wheel, into: &track)
      if track.times.isEmpty { continue }
      let phase = Stretch(first: start, low: track, last: start, high: track)
      let index = courses.firstIndex { $0.has(track, under: play.circumstance) } ?? courses.count
      if index == courses.count { courses.append(Course(of: track, under: play.circumstance)) }
      courses[index].add(phases: 1, ending: track, track, after: play.firstTimeout)
      courses[index].note(0..<track.times.count, of: phase)
      courses[index].note(answered: track.lastAnswered, of: phase)
    }
    let phases = courses.map(\.phases).reduce(0, +)
    let opening = play.opening.map { [Timeline.Event($0, TimeRange(.zero, .zero))] } ?? []
    return courses.map {
      $0.branch(at: tick, opening: opening, share: Double($0.phases) / Double(phases))
    }
  }

  private func expectSame(_ play: some Play, _ tick: TickRate, on wheel: TimerWheel? = nil) {
    let wheel = wheel ?? TimerWheel(tick)
    let branches = PhaseFold.branches(of: [play], at: tick, on: wheel)
    #expect(Set(branches) == Set(bruteForce(play, tick, on: wheel)), "\(play)")
    #expect(branches.isEmpty || abs(branches.compactMap(\.share).reduce(-1, +)) < 1e-9)
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

  /// A user timeout of weeks repeats more events than are written down, and is folded coarsely.
  private func isLong(_ play: Case) -> Bool { play.options[.userTimeout] ?? 0 >= 1_000_000 }

  @Test(arguments: 1...225)
  func `folding phases gives what playing each phase gives`(seed: Int) throws {
    let play = Case.random(seed)
    // Older kernels have no rule for some of these cases.
    guard let kernel = play.snapshot.kernel, kernel >= KernelVersion(5, 4), !isLong(play) else {
      return
    }
    let rules = try KernelRules(of: play.snapshot)
    let tick = try #require(rules.tickRates.first)
    switch play.scenario {
    case .connect: expectSame(try SYNRetransmission(of: play, under: rules, at: tick), tick)
    case .neighbour:
      let neighbour = try NeighbourProbe(of: play, under: rules, at: tick)
      if neighbour.longestWait < 1_000_000 { expectSame(neighbour, tick) }
    case .idle:
      let keepalive = try KeepaliveProbe(of: play, at: tick)
      if keepalive.longestWait < 1_000_000, keepalive.userTimeout < 300_000 {
        expectSame(keepalive, tick)
      }
    case .send, .close:
      let key = play.scenario == .send ? SysctlKey.tcpRetries2 : .tcpOrphanRetries
      let retries = try play.value(key)
      let limits = DataRetransmission.Limits(
        retries: play.scenario == .close && retries == 0 ? 8 : retries, retriesAtMaximum: retries)
      let plays = try DataRetransmission.plays(of: play, within: limits, under: rules, at: tick)
      for send in plays.prefix(1) + plays.suffix(1) { expectSame(send, tick) }
    case .zeroWindow: try expectSame(stall: play, under: rules, at: tick)
    case .accept:
      for accept in try SYNACKRetransmission.plays(of: play, at: tick) { expectSame(accept, tick) }
    case .finWait, .timeWait:
      for wait in [1, 60, 120, 3600] {
        expectSame(TimeWait(waits: [wait * tick.hertz, 2 * wait * tick.hertz]), tick)
      }
    }
  }

  /// Ten hours of answered probes are folded coarsely; what every phase gives lies inside.
  @Test func `a long life is folded into what holds`() throws {
    let tick = try #require(TickRate(hertz: 1000))
    let snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    let (rules, wheel) = (try KernelRules(of: snapshot), TimerWheel(tick))
    let life = ZeroWindowProbe.Life.lasts(36_000 * 1000)
    for play in try ZeroWindowProbe.plays(
      of: Case(.zeroWindow, in: snapshot), life, under: rules, at: tick)
    {
      let branches = PhaseFold.branches(of: [play], at: tick, on: wheel)
      for start in stride(from: 0, to: 4096, by: 37) {
        var track = Track()
        play.run(from: start, on: wheel, into: &track)
        let fits = branches.contains { branch in
          zip(branch.events, track.times).allSatisfy { event, time in
            let time = tick.duration(time - start)
            return event.range.earliest <= time && time <= event.range.latest
          }
        }
        #expect(fits, "from \(start)")
      }
    }
  }

  private func expectSame(stall play: Case, under rules: KernelRules, at tick: TickRate) throws {
    var lives = [0, 1, 300, 4001, 20_000].map(ZeroWindowProbe.Life.lasts)
    lives += [0, 1, 3].map(ZeroWindowProbe.Life.lastsUntilProbe)
    if play.options[.userTimeout] != nil { lives.append(.isEndless) }
    for life in lives {
      let stalls = try ZeroWindowProbe.plays(of: play, life, under: rules, at: tick)
      for stall in stalls.prefix(1) + stalls.suffix(1) { expectSame(stall, tick) }
    }
  }
}
