import TCPModel
import Testing

/// Windows that stay closed.
struct ZeroWindowTests {
  private func timeline(
    _ fate: ReceiverFate, retries: Int? = nil, userTimeout: Int? = nil, maximum: Int? = nil,
    rto: Duration? = nil, hertz: Int = 250, kernel: KernelVersion = KernelVersion(6, 18)
  ) throws -> Timeline {
    var snapshot = SettingsSnapshot.defaults(
      of: kernel, tickRate: TickRate(hertz: hertz))
    snapshot.set(.tcpRetries2, retries)
    snapshot.set(.tcpRtoMaxMs, maximum)
    var options = SocketOptions()
    options[.userTimeout] = userTimeout
    var experiment = Experiment(
      .zeroWindow, in: snapshot, options: options, path: Path(retransmissionTimeout: rto))
    experiment.receiverFate = fate
    return Timeline(of: experiment)
  }

  @Test(arguments: try MeasuredRow.all("zerowindow", of: ["k6.18-hz250"]))
  func `zero window: a measured dead peer is given up inside a branch`(row: MeasuredRow) throws {
    func timeline(_ fate: ReceiverFate) throws -> Timeline {
      try self.timeline(
        fate, retries: row["retries2"], userTimeout: row["user_timeout_ms"],
        maximum: row["rto_max_ms"])
    }
    let tick = Duration.milliseconds(4)
    let died = try #require(row.seconds("dead_after_s"))
    let died2end = try #require(row.seconds("seconds_after_death"))
    let dies = try timeline(.dies(after: died))
    expect(try #require(row.seconds("seconds")), inside: dies, tick: tick)
    #expect(dies.errno == row.cells["errno"])
    for (event, time) in zip(dies.events, row.times("probe_times")) {
      #expect(event.range.admits(time, tick: tick), "\(event) was seen at \(time)")
    }
    let worst = try #require(try timeline(.diesAtWorstMoment).range)
    #expect(died2end <= worst.latest + .milliseconds(35))
  }

  /// Linux 6.1, 6.12 and 6.18: ticks, tcp_retries2, seconds until the death, the ends measured.
  @Test(arguments: [
    (250, 3, 0.1, 3.24, 3.27), (1000, 3, 0.1, 3.16, 3.20), (100, 3, 0.1, 3.32, 3.36),
    (250, 5, 0.1, 13.51, 13.70), (1000, 5, 0.1, 13.18, 13.64), (100, 5, 0.1, 13.74, 14.15),
    (250, 7, 0.1, 54.17, 55.46), (1000, 7, 0.1, 53.25, 53.58), (100, 7, 0.1, 55.16, 55.69),
    (250, 7, 2, 140.1, 142.0), (1000, 7, 2, 133.0, 133.4), (100, 7, 2, 137.8, 138.3),
    (250, 7, 10, 197.3, 199.2), (1000, 7, 10, 186.2, 186.6), (100, 7, 10, 193.2, 193.3),
  ])
  func `zero window: other ticks give up as measured`(
    hertz: Int, retries: Int, death: Double, from: Double, to: Double
  ) throws {
    let timeline = try timeline(
      .dies(after: .seconds(death)), retries: retries, hertz: hertz,
      kernel: KernelVersion(6, 12))
    let tick = try #require(TickRate(hertz: hertz)).duration(1)
    // Printed with two or one decimals.
    expect(.seconds(from) + .milliseconds(from < 100 ? 5 : 50), inside: timeline, tick: tick)
    expect(.seconds(to) - .milliseconds(to < 100 ? 5 : 50), inside: timeline, tick: tick)
  }

  /// ip-sysctl's fifteen retries, from a timeout of 204 ms: 928.7 s.
  @Test func `zero window: fifteen unanswered probes take 928 s`() throws {
    let timeline = try timeline(.dies(after: .zero), rto: .milliseconds(204))
    let end = try #require(timeline.nominalEnd)
    #expect(end >= .milliseconds(928_650))
    #expect(end <= .milliseconds(928_750))
    #expect(timeline.branches.allSatisfy { $0.events.count == 16 })
  }

  /// Measured on 6.18, 250 ticks: tcp_retries2 and user timeout, seconds after which a *live*
  /// reader was given up. So few retries end it because the peer answers at most every half second.
  @Test(arguments: [
    (15, 2000, 2.28), (15, 3000, 3.26), (15, 10_000, 10.48), (0, 0, 0.256), (1, 0, 1.152),
  ])
  func `zero window: a live reader is given up`(retries: Int, userTimeout: Int, seconds: Double)
    throws
  {
    let timeline = try timeline(.survives, retries: retries, userTimeout: userTimeout)
    expect(.seconds(seconds), inside: timeline, tick: .milliseconds(4))
    #expect(timeline.ends == .always)
    #expect(timeline.errno == "ETIMEDOUT")
    let (survives, range) = (try #require(timeline.survives), try #require(timeline.range))
    #expect(survives < range.earliest)
    #expect(survives > range.earliest - .milliseconds(20))
  }

  @Test(arguments: [2, 3, 15, 255])
  func `zero window: a live reader without a user timeout is never given up`(retries: Int) throws {
    #expect(try timeline(.survives, retries: retries).ends == .never)
  }

  /// One probe may go unanswered. Whether the next comes half a second after an answer, so that it
  /// gets one too, depends on the timeout, the round trip and the wheel: from a boundary of eight
  /// jiffies on, 120 of them take 128, from elsewhere less.
  @Test(arguments: [
    (204, 0, "always"), (220, 8, "always"), (240, 0, "maybe-never"), (248, 0, "never"),
    (240, 50, "never"),
  ])
  func `zero window: a live reader is given up where a probe comes too soon after an answer`(
    rto: Int, roundTrip: Int, ends: String
  ) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    snapshot.set(.tcpRetries2, 1)
    var path = Path(retransmissionTimeout: .milliseconds(rto))
    path.roundTrip = .milliseconds(roundTrip)...(.milliseconds(roundTrip))
    var experiment = Experiment(.zeroWindow, in: snapshot, path: path)
    experiment.receiverFate = .survives
    #expect(Timeline(of: experiment).ends.name == ends)
  }

  @Test func `zero window: over a range of round trips a live reader may be given up`() throws {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 6), tickRate: nil)
    snapshot.set(.tcpRetries2, 1)
    var experiment = Experiment(
      .zeroWindow, in: snapshot, path: Path(roundTrip: .milliseconds(20)...(.milliseconds(50))))
    experiment.receiverFate = .survives
    let timeline = Timeline(of: experiment)
    #expect(timeline.ends == .maybeNever)
    #expect(timeline.branches.allSatisfy { $0.events.last?.kind == .giveUp })
  }

  /// With a maximum of 1 s and five round trip seconds, four answers are under way at a time.
  @Test func `zero window: answers under way when the next probe leaves are not modelled`() throws {
    func ends(_ fate: ReceiverFate, maximum: Int? = 1000, roundTrip: Duration = .seconds(5))
      -> Timeline.Termination
    {
      var snapshot = SettingsSnapshot.defaults(
        of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
      snapshot.set(.tcpRtoMaxMs, maximum)
      var experiment = Experiment(
        .zeroWindow, in: snapshot, path: Path(roundTrip: .zero...roundTrip))
      experiment.receiverFate = fate
      return Timeline(of: experiment).ends
    }
    for stall in [ReceiverFate.dies(after: .seconds(30)), .survives] {
      guard case .unknown(let reason) = ends(stall) else {
        Issue.record("\(stall) is simulated")
        continue
      }
      #expect(reason.contains("round trip longer than the wait between probes"))
    }
    // Dead before it could answer, or with answers in time.
    #expect(ends(.dies(after: .milliseconds(500))) == .always)
    #expect(ends(.dies(after: .seconds(30)), maximum: nil) == .always)
    #expect(ends(.dies(after: .seconds(30)), roundTrip: .milliseconds(700)) == .always)
  }

  /// The later the death, the longer it takes, until the wait has grown fully.
  @Test(arguments: [(3, 0), (5, 0), (7, 0), (15, 0), (5, 20_000), (15, 30_000), (15, 900_000)])
  func `zero window: no moment of death is worse than the worst`(retries: Int, userTimeout: Int)
    throws
  {
    let worst = try #require(
      try timeline(.diesAtWorstMoment, retries: retries, userTimeout: userTimeout).range)
    var latest = Duration.zero
    for death in [0, 0.1, 0.3, 1, 2, 5, 10, 30, 60, 120, 300, 1000, 3000] {
      let death = Duration.seconds(death)
      let timeline = try timeline(
        .dies(after: death), retries: retries, userTimeout: userTimeout)
      latest = max(latest, try #require(timeline.range).latest - death)
    }
    #expect(latest <= worst.latest + .milliseconds(50))
    #expect(latest >= worst.latest * 0.8)
  }

  @Test
  func `zero window: the worst moment of fifteen retries costs sixteen times two minutes`() throws {
    let worst = try #require(try timeline(.diesAtWorstMoment).range)
    #expect(worst.earliest >= .seconds(16 * 120))
    #expect(worst.latest <= .seconds(16 * 123))
  }

  /// The earlier of user timeout and retries ends it.
  @Test func `zero window: a user timeout does not lengthen`() throws {
    let plain = try timeline(.dies(after: .zero), retries: 3)
    let timed = try timeline(.dies(after: .zero), retries: 3, userTimeout: 30_000)
    #expect(plain.range == timed.range)
  }

  @Test func `zero window: a death weeks later is simulated as fast as one at once`() throws {
    let timeline = try timeline(.dies(after: .seconds(30 * 86400)), retries: 3)
    let range = try #require(timeline.range)
    #expect(range.earliest > .seconds(30 * 86400))
    #expect(range.latest < .seconds(30 * 86400 + 8))
    let lives = try self.timeline(.survives, userTimeout: Int(Int32.max))
    #expect(try #require(lives.range).earliest > .milliseconds(Int(Int32.max)))
  }

  /// Where the peer answers every probe, every second one, or as the wheel has it.
  @Test(arguments: [
    (1, 248, KernelVersion(6, 18)), (1, 490, KernelVersion(6, 18)), (1, 252, KernelVersion(6, 6)),
    (1, 204, KernelVersion(4, 19)), (2, 240, KernelVersion(4, 19)), (1, 400, KernelVersion(4, 14)),
  ])
  func `zero window: what is passed over only repeats`(
    retries: Int, rto: Int, kernel: KernelVersion
  ) throws {
    func wait(after death: Duration) throws -> (earliest: Duration, latest: Duration)? {
      let timeline = try timeline(
        .dies(after: death), retries: retries, rto: .milliseconds(rto), kernel: kernel)
      return timeline.range.map { ($0.earliest - death, $0.latest - death) }
    }
    // So short a life is simulated probe by probe.
    let plain = try stride(from: 20.0, to: 24, by: 0.02).compactMap {
      try wait(after: .seconds($0))
    }
    let earliest = try #require(plain.map(\.earliest).min())
    let latest = try #require(plain.map(\.latest).max())
    for death in stride(from: 600, to: 603, by: 0.11) {
      let passed = try #require(try wait(after: .seconds(death)))
      #expect(passed.earliest >= earliest - .milliseconds(4), "\(death) s")
      #expect(passed.latest <= latest + .milliseconds(4), "\(death) s")
    }
  }

  @Test func `zero window: a peer that answers most probes of a path costs no more than others`()
    throws
  {
    func effort(retries: Int) -> Int {
      var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 6), tickRate: nil)
      snapshot.set(.tcpRetries2, retries)
      var experiment = Experiment(
        .zeroWindow, in: snapshot,
        path: Path(roundTrip: .milliseconds(20)...(.milliseconds(50))))
      experiment.receiverFate = .dies(after: .seconds(600))
      return Timeline(of: experiment).effort.events
    }
    #expect(effort(retries: 1) < 3 * effort(retries: 5))
  }
}
