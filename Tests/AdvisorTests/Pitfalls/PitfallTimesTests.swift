import Advisor
import TCPModel
import Testing

/// The times that the sentences name, simulated.
struct PitfallTimesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let experiment: Experiment
    /// Whole seconds, as the sentence names them; the end with exact timers rounds to it.
    let seconds: Double
    var testDescription: String { "\(id) \(seconds)" }

    init(_ id: String, _ seconds: Double, _ experiment: Experiment) {
      (self.id, self.experiment, self.seconds) = (id, experiment, seconds)
    }
  }

  private static func connect(_ retries: Int, _ options: [SocketOption: Int] = [:], linear: Int = 4)
    -> Experiment
  {
    pitfallExperiment(.connect, options, [.tcpSynRetries: retries, .tcpSynLinearTimeouts: linear])
  }

  private static let idle: [SocketOption: Int] = [
    .keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 1,
  ]

  @Test(arguments: [
    Row("linear-timeouts-for-nothing", 3, connect(1)),
    Row("linear-timeouts-for-nothing", 7, connect(2)),
    Row("linear-timeouts-for-nothing", 3, connect(1, linear: 0)),
    Row("linear-timeouts-on-top", 127, connect(6, linear: 0)),
    Row("linear-timeouts-on-top", 131, connect(6)),
    Row("rto-max-shortens-connect", 49, connect(6, [.rtoMax: 10_000])),
    Row("user-timeout-lengthens-connect", 7, connect(1, [.userTimeout: 10_000])),
    Row("user-timeout-lengthens-connect", 3, connect(1)),
    Row("connect-lasts-a-second", 1, connect(6, [.userTimeout: 500])),
    Row("rto-max-spares-syn-acks", 63, pitfallExperiment(.accept, [.rtoMax: 1000])),
    Row("user-timeout-lengthens-idle", 2, pitfallExperiment(.idle, idle)),
    Row(
      "user-timeout-lengthens-idle", 20,
      pitfallExperiment(.idle, idle.merging([.userTimeout: 20_000]) { $1 })),
    Row(
      "programs-keep-their-own-times", 150,
      pitfallExperiment(
        .idle, [.keepalive: 1, .keepIdle: 15, .keepInterval: 15, .keepCount: 9])),
    Row(
      "programs-keep-their-own-times", 180,
      pitfallExperiment(
        .idle,
        [
          .keepalive: 1, .keepIdle: 60, .keepInterval: 60, .keepCount: 3, .userTimeout: 180_000,
        ])),
    Row(
      "rto-max-shortens-the-limit", 113,
      pitfallExperiment(.send, [.rtoMax: 10_000])),
    Row("rto-max-shortens-the-limit", 16, pitfallExperiment(.send, [.rtoMax: 1000])),
    Row("rto-max-shortens-the-limit", 929, pitfallExperiment(.send)),
    Row("user-timeout-lengthens-send", 30, pitfallExperiment(.send, [.userTimeout: 30_000])),
    Row("user-timeout-lengthens-send", 7, pitfallExperiment(.send, [:], [.tcpRetries2: 3])),
    Row("late-death-costs-more", 13, pitfallExperiment(.zeroWindow, [:], [.tcpRetries2: 5])),
    Row("no-orphan-retries-are-eight", 104, pitfallExperiment(.close)),
    Row(
      "few-orphan-retries-lose-data", 6.5, pitfallExperiment(.close, [:], [.tcpOrphanRetries: 3])),
    Row("eight-orphan-retries-are-not-zero", 2.5, pitfallExperiment(.close, [.rtoMax: 1000])),
    Row("fin-timeout-beyond-a-minute", 2, pitfallExperiment(.finWait, [:], [.tcpFinTimeout: 61])),
    Row("fin-timeout-beyond-a-minute", 20, pitfallExperiment(.finWait, [:], [.tcpFinTimeout: 70])),
    Row("fin-timeout-beyond-a-minute", 60, pitfallExperiment(.finWait, [:], [.tcpFinTimeout: 90])),
    Row(
      "defer-accept-drops-nobody", 31, pitfallExperiment(.accept, [.deferAccept: 30, .synCount: 2])),
    Row("fin-timeout-is-not-time-wait", 60, pitfallExperiment(.timeWait, [:], [.tcpFinTimeout: 5])),
  ])
  func `pitfall times: a time that a pitfall names is what is simulated`(row: Row) throws {
    let pitfall = try #require(Pitfall.all.first { $0.id == row.id })
    let timeline = Timeline(of: row.experiment)
    let range = try #require(timeline.range)
    let end = try #require(timeline.nominalEnd)
    let text = row.seconds == row.seconds.rounded() ? "\(Int(row.seconds))" : "\(row.seconds)"
    #expect(
      pitfall.sentence.contains("\(text) s") || pitfall.sentence.contains("\(text) or"),
      "\(pitfall.sentence)")
    let isNominal = abs(end.seconds - row.seconds) <= max(0.5, row.seconds / 100)
    let isInside =
      range.earliest.seconds - 0.5 <= row.seconds && row.seconds <= range.latest.seconds
    #expect(isNominal || isInside, "\(end) in \(range)")
  }

  @Test
  func `pitfall times: a death ten seconds after the window closed is noticed after 38 seconds`()
    throws
  {
    var experiment = pitfallExperiment(.zeroWindow, [:], [.tcpRetries2: 5])
    experiment.receiverFate = .dies(after: .seconds(10))
    let end = try #require(Timeline(of: experiment).range)
    #expect(end.earliest <= .seconds(48.5), "\(end)")
    #expect(end.latest >= .seconds(47.5), "\(end)")
  }

  @Test
  func `pitfall times: a few milliseconds of round trip double the time of four retries`() throws {
    var ends: [Double] = []
    for milliseconds in [1, 2, 3, 4, 6, 8] {
      var experiment = pitfallExperiment(.send, [:], [.tcpRetries2: 4])
      experiment.path = Path(
        roundTrip: .milliseconds(milliseconds) ... .milliseconds(milliseconds))
      ends.append(try #require(Timeline(of: experiment).nominalEnd).seconds)
    }
    let (least, most) = (try #require(ends.min()), try #require(ends.max()))
    #expect(most > 1.8 * least, "\(ends)")
  }

  /// Release and limit, each of them in the sentence or unlimited.
  @Test(arguments: [
    (KernelVersion(4, 6), "100"), (KernelVersion(4, 7), "1000"), (KernelVersion(5, 19), "1000"),
    (KernelVersion(6, 0), "2147483647"),
  ])
  func `pitfall times: challenge ACKs have the limit of their release`(
    release: KernelVersion, limit: String
  ) throws {
    let sysctl = try #require(SysctlCatalog[.tcpChallengeACKLimit])
    #expect(sysctl.defaultValue(in: release) == limit)
    #expect(sysctl.defaults.map(\.value) == ["100", "1000", "2147483647"])
    #expect(sysctl.scope(in: release) == (release < KernelVersion(4, 15) ? .host : .namespace))
    let pitfall = try #require(Pitfall.about(.sysctl(.tcpChallengeACKLimit)).first)
    #expect(pitfall.sentence.contains("the 100 before Linux 4.7"))
    #expect(pitfall.sentence.contains("Linux 6.0"))
  }

  @Test func `pitfall times: what is picked up lasts as long as unacknowledged data`() throws {
    let pitfall = try #require(Pitfall.about(.sysctl(.conntrackTCPLoose)).first)
    let key = SysctlKey("net.netfilter.nf_conntrack_tcp_timeout_unacknowledged")
    let seconds = try #require(SysctlCatalog[key]?.defaultValue)
    #expect(pitfall.sentence.contains("\(seconds) s"))
  }
}
