import Advisor
import TCPModel
import Testing

struct GridTests {
  private func host(_ kernel: KernelVersion = KernelVersion(6, 18)) throws -> Host {
    try Host(SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 250)))
  }

  @Test func `every combination is played once`() throws {
    var row = Grid.Row([.connect])
    row.families = [.v4, .v6]
    row.sysctls = [(.tcpSynRetries, [1, 2]), (.tcpSynLinearTimeouts, [0, 4])]
    row.options = [(.userTimeout, [nil, 500])]
    let (trials, leftOut) = Grid([row]).trials(on: try host())
    #expect(trials.count == 16 && row.count == 16 && leftOut.isEmpty)
    let told = trials.map {
      "\($0.play.family) \($0.play.snapshot[.tcpSynRetries]) \($0.play.options.values)"
        + " \($0.play.snapshot[.tcpSynLinearTimeouts])"
    }
    #expect(Set(told).count == 16)
  }

  @Test func `what only closed windows have multiplies those alone`() throws {
    var row = Grid.Row([.zeroWindow, .send])
    row.afterDeath = [.zero, .seconds(2)]
    let (trials, _) = Grid([row]).trials(on: try host())
    #expect(trials.map(\.play.scenario) == [.zeroWindow, .zeroWindow, .send])
    #expect(trials[1].play.stall == .peerDies(after: .seconds(2)))
  }

  @Test func `idle has probes unless the row says otherwise`() throws {
    var off = Grid.Row([.idle])
    off.options = [(.keepalive, [0])]
    let (trials, _) = Grid([Grid.Row([.idle, .send]), off]).trials(on: try host())
    #expect(trials.map { $0.play.options[.keepalive] } == [1, nil, 0])
  }

  @Test func `a setting that the kernel lacks leaves its cases out, and they are counted`() throws {
    var row = Grid.Row([.connect])
    row.sysctls = [(.tcpSynLinearTimeouts, [0, 4])]
    var other = Grid.Row([.connect])
    other.options = [(.rtoMax, [1000])]
    let (trials, leftOut) = Grid([row, other, Grid.Row([.send])])
      .trials(on: try host(KernelVersion(6, 1)))
    #expect(trials.map(\.play.scenario) == [.send])
    #expect(leftOut.map(\.cases) == [2, 1])
    #expect(leftOut.map(\.setting) == [.sysctl(.tcpSynLinearTimeouts), .option(.rtoMax)])
  }
}

struct PromiseTests {
  private func observation(_ outcome: Observation.Outcome, outage: Duration? = nil) -> Observation {
    Observation(outcome: outcome, outage: outage)
  }

  /// What is asked, what was seen, and whether that breaks it.
  @Test(arguments: [
    (
      Promise(within: .seconds(5)), Observation.Outcome.ended(errno: "E", after: .seconds(4)), false
    ),
    (Promise(within: .seconds(5)), .ended(errno: "E", after: .seconds(6)), true),
    (Promise(within: .seconds(5)), .running(after: .seconds(4)), false),
    (Promise(within: .seconds(5)), .running(after: .seconds(6)), true),
    (Promise(survive: .seconds(5)), .outlived(resumedAfter: .seconds(9)), false),
    (Promise(survive: .seconds(5)), .ended(errno: "E", after: .seconds(9)), true),
    (
      Promise(survive: .seconds(5), recover: .seconds(2)), .outlived(resumedAfter: .seconds(1)),
      false
    ),
    (
      Promise(survive: .seconds(5), recover: .seconds(2)), .outlived(resumedAfter: .seconds(3)),
      true
    ),
    (Promise(within: .seconds(5)), .notPlayed(because: "of it"), false),
  ])
  func `a promise that is not kept is outside`(
    promise: Promise, outcome: Observation.Outcome, isBroken: Bool
  ) throws {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    var trial = Trial(.planned, connections: "all", play: Case(.timeWait, in: snapshot))
    trial.promise = promise
    let seen = Observation(outcome: outcome)
    let comparison = Comparison(seen, of: trial, on: try Host(snapshot))
    let reason = comparison.status.reason ?? ""
    #expect(reason.contains("asked") == isBroken, "\(comparison.status)")
  }

  @Test func `an outage that lasted longer than is asked proves nothing`() throws {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    var trial = Trial(.planned, connections: "all", play: Case(.connect, in: snapshot))
    trial.promise = Promise(survive: .seconds(5))
    let seen = Observation(
      outcome: .ended(errno: "ETIMEDOUT", after: .seconds(134)), outage: .milliseconds(5100))
    #expect(
      Comparison(seen, of: trial, on: try Host(snapshot)).status.reason?.contains("asked") != true)
  }
}
