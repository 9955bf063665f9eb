import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

struct GridTests {
  private func host(_ kernel: KernelVersion = KernelVersion(6, 18)) throws -> Host {
    try Host(SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 250)))
  }

  @Test func `grid: every combination is simulated once`() throws {
    var row = Grid.Row([.connect])
    row.families = [.v4, .v6]
    row.sysctls = [(.tcpSynRetries, [1, 2]), (.tcpSynLinearTimeouts, [0, 4])]
    row.options = [(.userTimeout, [nil, 500])]
    let (requests, leftOut) = Grid([row]).requests(on: try host())
    #expect(requests.count == 16)
    #expect(row.count == 16)
    #expect(leftOut.isEmpty)
    let told = requests.map {
      "\($0.experiment.family) \($0.experiment.snapshot[.tcpSynRetries]) \($0.experiment.options.values)"
        + " \($0.experiment.snapshot[.tcpSynLinearTimeouts])"
    }
    #expect(Set(told).count == 16)
  }

  @Test func `grid: what only closed windows have multiplies those alone`() throws {
    var row = Grid.Row([.zeroWindow, .send])
    row.afterDeath = [.zero, .seconds(2)]
    let (requests, _) = Grid([row]).requests(on: try host())
    #expect(requests.map(\.experiment.scenario) == [.zeroWindow, .zeroWindow, .send])
    #expect(requests[1].experiment.receiverFate == .dies(after: .seconds(2)))
  }

  @Test func `grid: idle has probes unless the row says otherwise`() throws {
    var off = Grid.Row([.idle])
    off.options = [(.keepalive, [0])]
    let (requests, _) = Grid([Grid.Row([.idle, .send]), off]).requests(on: try host())
    #expect(requests.map { $0.experiment.options[.keepalive] } == [1, nil, 0])
  }

  @Test
  func `grid: a setting that the kernel lacks leaves its experiments out, and they are counted`()
    throws
  {
    var row = Grid.Row([.connect])
    row.sysctls = [(.tcpSynLinearTimeouts, [0, 4])]
    var other = Grid.Row([.connect])
    other.options = [(.rtoMax, [1000])]
    let (requests, leftOut) = Grid([row, other, Grid.Row([.send])])
      .requests(on: try host(KernelVersion(6, 1)))
    #expect(requests.map(\.experiment.scenario) == [.send])
    #expect(leftOut.map(\.experiments) == [2, 1])
    #expect(leftOut.map(\.setting) == [.sysctl(.tcpSynLinearTimeouts), .option(.rtoMax)])
  }
}

struct ExpectedBoundsTests {
  private func observation(_ outcome: Observation.Outcome, outage: Duration? = nil) -> Observation {
    Observation(outcome: outcome, outage: outage)
  }

  /// What is asked, what was seen, and whether that breaks it.
  @Test(arguments: [
    (
      ExpectedBounds(within: .seconds(5)),
      Observation.Outcome.ended(errno: "E", after: .seconds(4)), false
    ),
    (ExpectedBounds(within: .seconds(5)), .ended(errno: "E", after: .seconds(6)), true),
    (ExpectedBounds(within: .seconds(5)), .running(after: .seconds(4)), false),
    (ExpectedBounds(within: .seconds(5)), .running(after: .seconds(6)), true),
    (ExpectedBounds(survive: .seconds(5)), .outlived(resumedAfter: .seconds(9)), false),
    (ExpectedBounds(survive: .seconds(5)), .ended(errno: "E", after: .seconds(9)), true),
    (
      ExpectedBounds(survive: .seconds(5), recover: .seconds(2)),
      .outlived(resumedAfter: .seconds(1)),
      false
    ),
    (
      ExpectedBounds(survive: .seconds(5), recover: .seconds(2)),
      .outlived(resumedAfter: .seconds(3)),
      true
    ),
    (ExpectedBounds(within: .seconds(5)), .notRun(because: "of it"), false),
  ])
  func `expected bounds: a promise that is not kept is outside`(
    expected: ExpectedBounds, outcome: Observation.Outcome, isBroken: Bool
  ) throws {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    var request = MeasurementRequest(
      .planned, group: "all", experiment: Experiment(.timeWait, in: snapshot))
    request.expected = expected
    let seen = Observation(outcome: outcome)
    let comparison = Comparison(seen, of: request, on: try Host(snapshot))
    let reason = comparison.status.reason ?? ""
    #expect(reason.contains("request") == isBroken, "\(comparison.status)")
  }

  @Test func `expected bounds: an outage that lasted longer than is asked proves nothing`() throws {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    var request = MeasurementRequest(
      .planned, group: "all", experiment: Experiment(.connect, in: snapshot))
    request.expected = ExpectedBounds(survive: .seconds(5))
    let seen = Observation(
      outcome: .ended(errno: "ETIMEDOUT", after: .seconds(134)), outage: .milliseconds(5100))
    #expect(
      Comparison(seen, of: request, on: try Host(snapshot)).status.reason?.contains("request")
        != true
    )
  }
}
