import NetAddress
import Observations
import TCPModel
import Testing

@testable import Advisor

/// What was measured, held against what was modelled.
struct ComparisonTests {
  private static let options = SocketOptions([
    .keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 3,
  ])

  private func compare(
    _ outcome: Observation.Outcome, events: [Observation.Event] = [],
    scenario: Scenario = .idle, options: SocketOptions = options
  ) throws -> Comparison {
    let host = try Host.stock()
    let request = MeasurementRequest(
      .current, group: "pool", experiment: Experiment(scenario, in: host.snapshot, options: options)
    )
    return Comparison(Observation(outcome: outcome, events: events), of: request, on: host)
  }

  /// Probes as the model has them: in the middle of their ranges.
  private func probes(_ count: Int, late: Duration = .zero) throws -> [Observation.Event] {
    let timeline = Timeline(
      of: Experiment(.idle, in: try Host.stock().snapshot, options: Self.options))
    return timeline.events.dropLast().prefix(count).map {
      Observation.Event($0.kind, at: $0.range.earliest + late)
    }
  }

  private func end() throws -> TimeRange {
    try #require(
      Timeline(of: Experiment(.idle, in: try Host.stock().snapshot, options: Self.options)).range)
  }

  @Test func `comparison: an end inside its range is confirmed`() throws {
    let end = try end()
    for time in [
      end.earliest, end.latest, end.earliest - .milliseconds(9), end.latest + .milliseconds(35),
    ] {
      let comparison = try compare(
        .ended(errno: "ETIMEDOUT", after: time), events: try probes(3))
      #expect(comparison.status == .confirmed)
      #expect(comparison.seen == 4)
      #expect(comparison.expected == 4)
    }
  }

  @Test func `comparison: an end too early, too late or with another errno is outside`() throws {
    let end = try end()
    for time in [end.earliest - .milliseconds(10), end.latest + .milliseconds(36)] {
      let comparison = try compare(.ended(errno: "ETIMEDOUT", after: time), events: try probes(3))
      #expect(comparison.status.name == "outside")
    }
    let refused = try compare(
      .ended(errno: "ECONNRESET", after: end.earliest), events: try probes(3))
    #expect(refused.status == .outside(because: "it ended with ECONNRESET"))
  }

  @Test func `comparison: an end that nobody is told is confirmed by its time alone`() throws {
    let options = SocketOptions([.linger2: 2])
    let time = Duration.milliseconds(2010)
    let unseen = try compare(
      .ended(errno: nil, after: time), scenario: .finWait, options: options)
    #expect(unseen.status == .confirmed)
    #expect(unseen.seen == 1)
    let told = try compare(
      .ended(errno: "ETIMEDOUT", after: time), scenario: .finWait, options: options)
    #expect(told.status == .outside(because: "it ended with ETIMEDOUT"))
    let untold = try compare(
      .ended(errno: nil, after: try end().earliest), events: try probes(3))
    #expect(untold.status == .outside(because: "it ended without an error"))
  }

  /// Looked for and found gone: it ended somewhere between the last look and this one.
  @Test(arguments: [(1.9, true), (2.01, true), (2.5, false)])
  func `comparison: an end that was looked for lies between two looks`(
    seconds: Double, isConfirmed: Bool
  ) throws {
    let host = try Host.stock()
    let request = MeasurementRequest(
      .current, group: "pool",
      experiment: Experiment(
        .finWait, in: host.snapshot, options: SocketOptions([.linger2: 2])))
    var observation = Observation(outcome: .ended(errno: nil, after: .seconds(3)))
    observation.lastSeen = .seconds(seconds)
    let comparison = Comparison(observation, of: request, on: host)
    #expect((comparison.status == .confirmed) == isConfirmed)
  }

  @Test(arguments: [(Scenario.accept, Timeline.EventKind.synAck), (.neighbour, .neighbourProbe)])
  func `comparison: what leaves at once shows nothing`(scenario: Scenario, kind: Timeline.EventKind)
    throws
  {
    let first = Observation.Event(kind, at: .microseconds(50))
    let comparison = try compare(
      .running(after: .milliseconds(500)), events: [first], scenario: scenario,
      options: SocketOptions())
    #expect(comparison.status.name == "not-run")
    #expect(comparison.status.reason?.hasPrefix("first event at 1") ?? false)
  }

  @Test func `comparison: what the peer of a closed window did is what is modelled`() throws {
    let host = try Host.stock()
    var experiment = Experiment(.zeroWindow, in: host.snapshot)
    experiment.receiverFate = .diesAtWorstMoment
    var observation = Observation(outcome: .running(after: .seconds(1)))
    observation.receiverFate = .diesAnswering(probe: 2)
    let request = MeasurementRequest(.current, group: "", experiment: experiment)
    experiment.receiverFate = .diesAnswering(probe: 2)
    #expect(
      Comparison(observation, of: request, on: host).timeline
        == Timeline(of: experiment, under: host.rules))
  }

  @Test func `comparison: a stray event is outside whatever the end`() throws {
    let end = try end()
    let late = try probes(3, late: .seconds(1))
    #expect(
      try compare(.ended(errno: "ETIMEDOUT", after: end.earliest), events: late).status.name
        == "outside")
    let wrong = [Observation.Event(.retransmission, at: try #require(probes(1).first).time)]
    #expect(try compare(.running(after: .seconds(2)), events: wrong).status.name == "outside")
    let tooMany = try probes(3) + [Observation.Event(.keepaliveProbe, at: end.earliest)]
    #expect(
      try compare(.ended(errno: "ETIMEDOUT", after: end.earliest), events: tooMany).status.name
        == "outside")
  }

  @Test func `comparison: what still runs is confirmed so far, if what was due has come`() throws {
    let soFar = try compare(.running(after: .milliseconds(2500)), events: try probes(2))
    #expect(soFar.status == .confirmedSoFar)
    #expect(soFar.seen == 2)
    #expect(soFar.expected == 4)
    let missing = try compare(.running(after: .milliseconds(2500)), events: try probes(1))
    #expect(missing.status == .outside(because: "only 1 of 2 events came"))
    let alive = try compare(.running(after: .seconds(60)), events: try probes(3))
    #expect(alive.status.name == "outside")
  }

  @Test func `comparison: where nothing was due nothing is said`() throws {
    let early = try compare(.running(after: .milliseconds(500)))
    #expect(early.status.name == "not-run")
    let host = try Host.stock()
    let syn = try compare(
      .running(after: .milliseconds(500)), events: [.init(.syn, at: .zero)], scenario: .connect,
      options: SocketOptions())
    #expect(syn.status.name == "not-run")
    let never = Comparison(
      Observation(outcome: .running(after: .seconds(10))),
      of: MeasurementRequest(
        .current, group: "pool", experiment: Experiment(.idle, in: host.snapshot)), on: host)
    #expect(never.status == .notRun(because: "no event expected"))
    let refused = try compare(.notRun(because: "EPERM"))
    #expect(refused.status == .notRun(because: "EPERM"))
  }

  /// An outage of the idle connection, and what became of it.
  private func compare(
    outage: Duration, _ outcome: Observation.Outcome, events: [Observation.Event]
  ) throws -> Comparison {
    let host = try Host.stock()
    var experiment = Experiment(.idle, in: host.snapshot, options: Self.options)
    experiment.outage = outage
    return Comparison(
      Observation(outcome: outcome, events: events, outage: outage),
      of: MeasurementRequest(.current, group: "pool", experiment: experiment), on: host)
  }

  private func survives() throws -> Duration {
    try #require(
      Timeline(of: Experiment(.idle, in: try Host.stock().snapshot, options: Self.options)).survives
    )
  }

  @Test func `comparison: an outage that the model says is outlived must be`() throws {
    let (survives, end) = (
      try survives(),
      Observation.Outcome.ended(
        errno: "ETIMEDOUT", after: try end().earliest)
    )
    let outlived = try compare(
      outage: .seconds(1), .outlived(resumedAfter: .milliseconds(50)), events: try probes(2))
    #expect(outlived.status == .confirmed)
    #expect(outlived.seen == 2)
    #expect(outlived.expected == 2)
    // A tick of 4 ms and 5 ms: a segment may leave so early.
    let sure = survives - .milliseconds(9)
    let died = try compare(outage: sure, end, events: try probes(3))
    #expect(died.status == .outside(because: "it did not survive an outage of \(sure.text)"))
    for outage in [survives - .milliseconds(8), survives, survives + .seconds(1)] {
      #expect(try compare(outage: outage, end, events: try probes(3)).status == .confirmed)
    }
  }

  @Test func `comparison: an outage that the model says kills must kill`() throws {
    let late = Observation.Event(.keepaliveProbe, at: try end().latest)
    let events = try probes(3)
    let fourth = try compare(
      outage: .seconds(3), .outlived(resumedAfter: .zero), events: events + [late])
    #expect(fourth.status.name == "outside")
    let third = try compare(
      outage: .seconds(3), .outlived(resumedAfter: .zero), events: events.dropLast() + [late])
    #expect(third.status.name == "outside")
  }

  @Test func `comparison: a setting that was not copied counts where the model needs it`() throws {
    let end = try end()
    let host = try Host.stock()
    func status(_ options: SocketOptions) -> Comparison.Status {
      let experiment = Experiment(.idle, in: host.snapshot, options: options)
      let observation = Observation(
        outcome: .ended(errno: "ETIMEDOUT", after: end.latest),
        notCopied: [.tcpKeepaliveIntvl: "EROFS", .tcpRetries2: "EROFS"])
      return Comparison(
        observation, of: MeasurementRequest(.current, group: "pool", experiment: experiment),
        on: host
      ).status
    }
    #expect(status(Self.options) == .confirmed)
    var without = Self.options
    without[.keepInterval] = nil
    #expect(
      status(without)
        == .notRun(because: "the sandbox does not take net.ipv4.tcp_keepalive_intvl: EROFS"))
  }

  /// Release, and what is said of neighbours whose sysctls are hidden.
  @Test(arguments: [
    (
      KernelVersion(5, 10),
      "before Linux 5.17 a user namespace shows no sysctls of neighbours; root can run it"
    ),
    (
      KernelVersion(5, 17),
      "the sandbox does not take net.ipv4.neigh.default.mcast_solicit: ENOENT"
    ),
  ])
  func `comparison: where neighbours are hidden from a user namespace that is said`(
    kernel: KernelVersion, reason: String
  ) throws {
    let host = try Host(.defaults(of: kernel, tickRate: TickRate(hertz: 250)))
    let comparison = Comparison(
      Observation(
        outcome: .ended(errno: "EHOSTUNREACH", after: .seconds(3)),
        notCopied: [.neighbour("mcast_solicit", .v4): "ENOENT"]),
      of: MeasurementRequest(
        .current, group: "", experiment: Experiment(.neighbour, in: host.snapshot)), on: host)
    #expect(comparison.status == .notRun(because: reason))
  }

  @Test func `comparison: data is held against the model with the socket's own timeout`() throws {
    let host = try Host.stock()
    let experiment = Experiment(
      .send, in: host.snapshot, options: SocketOptions([.userTimeout: 2000]))
    var own = experiment
    own.path.retransmissionTimeout = .milliseconds(300)
    own.path.roundTrip = .milliseconds(30)...(.milliseconds(30))
    let timeline = Timeline(of: own, under: host.rules)
    let end = try #require(timeline.range)
    let observation = Observation(
      outcome: .ended(errno: "ETIMEDOUT", after: end.latest),
      retransmissionTimeout: .milliseconds(300), roundTrip: .milliseconds(30))
    let comparison = Comparison(
      observation, of: MeasurementRequest(.current, group: "pool", experiment: experiment), on: host
    )
    #expect(comparison.timeline == timeline)
    #expect(comparison.status == .confirmed)
    #expect(timeline != Timeline(of: experiment, under: host.rules))
  }
}
