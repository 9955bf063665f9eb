import Advisor
import NetAddress
import TCPModel
import Testing

/// Cases at the edge of a trap: near those where it counts, and otherwise.
struct PitfallBoundsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let experiment: Experiment
    let counts: Bool
    var testDescription: String { "\(id) \(counts)" }

    init(_ id: String, counts: Bool, _ experiment: Experiment) {
      (self.id, self.experiment, self.counts) = (id, experiment, counts)
    }
  }

  private static func on(_ roundTrip: ClosedRange<Int>, _ experiment: Experiment) -> Experiment {
    var experiment = experiment
    experiment.path = Path(
      roundTrip: .milliseconds(roundTrip.lowerBound) ... .milliseconds(roundTrip.upperBound))
    return experiment
  }

  private static func stale(_ experiment: Experiment) -> Experiment {
    var experiment = experiment
    experiment.neighbourEntry = .stale
    return experiment
  }

  private static let fewProbes: [SysctlKey: Int] = [.neighbour("ucast_solicit", .v4): 1]
  private static let keepalive: [SysctlKey: Int] = [.tcpKeepaliveTime: 300]

  @Test(arguments: [
    Row("timers-fire-late", counts: true, on(20...20, pitfallExperiment(.send))),
    Row("timers-fire-late", counts: false, on(1...20, pitfallExperiment(.send))),
    Row("timers-fire-late", counts: false, on(300...300, pitfallExperiment(.send))),
    Row("timers-fire-late", counts: true, on(1...300, pitfallExperiment(.connect))),
    Row("timers-fire-late", counts: false, pitfallExperiment(.send, kernel: "3.10")),
    Row("timers-fire-late", counts: false, pitfallExperiment(.close, [.rtoMin: 5000])),
    Row("rto-max-shortens-the-limit", counts: true, pitfallExperiment(.send, [.rtoMax: 10_000])),
    Row(
      "rto-max-shortens-the-limit", counts: false,
      pitfallExperiment(.send, [.rtoMax: 10_000], [.tcpRetries2: 3])),
    Row("no-orphan-retries-are-eight", counts: false, pitfallExperiment(.close, [.rtoMax: 1000])),
    Row("no-orphan-retries-are-eight", counts: true, pitfallExperiment(.close, [.rtoMax: 110_000])),
    Row(
      "few-orphan-retries-lose-data", counts: false,
      pitfallExperiment(.close, [.userTimeout: 30_000], [.tcpOrphanRetries: 3])),
    Row(
      "ucast-solicit-is-for-the-known", counts: true, pitfallExperiment(.neighbour, [:], fewProbes)),
    Row(
      "ucast-solicit-is-for-the-known", counts: false,
      stale(pitfallExperiment(.neighbour, [:], fewProbes))),
    Row(
      "new-namespaces-begin-anew", counts: true,
      pitfallExperiment(.idle, [.keepalive: 1], keepalive, kernel: "4.14")),
    Row(
      "new-namespaces-begin-anew", counts: false,
      pitfallExperiment(.idle, [.keepalive: 1], keepalive, kernel: "3.10")),
    Row("hung-processes-answer", counts: true, pitfallExperiment(.send, [.userTimeout: 30_000])),
    Row("hung-processes-answer", counts: false, pitfallExperiment(.send, [.keepalive: 1])),
    Row(
      "challenge-acks-are-shared", counts: true,
      pitfallExperiment(.idle, [:], [.tcpChallengeACKLimit: 100], kernel: "4.14")),
    Row("challenge-acks-are-shared", counts: true, pitfallExperiment(.connect, kernel: "3.10")),
    Row("challenge-acks-are-shared", counts: false, pitfallExperiment(.connect, kernel: "4.14")),
    Row("challenge-acks-are-shared", counts: false, pitfallExperiment(.connect, kernel: "7.3")),
    Row(
      "challenge-acks-are-shared", counts: false,
      pitfallExperiment(.connect, [:], [.tcpChallengeACKLimit: 1_073_741_823], kernel: "4.14")),
    Row(
      "programs-keep-their-own-times", counts: true,
      pitfallExperiment(.idle, [.keepalive: 1, .keepIdle: 60], [.tcpKeepaliveProbes: 3])),
    Row("programs-keep-their-own-times", counts: false, pitfallExperiment(.idle, [:], keepalive)),
    Row("new-sockets-only", counts: false, pitfallExperiment(.connect, [:], [.tcpRtoMinUs: 5000])),
    Row("new-sockets-only", counts: true, pitfallExperiment(.connect, [:], [.tcpRtoMaxMs: 5000])),
    Row("new-sockets-only", counts: true, pitfallExperiment(.send, [:], [.tcpRtoMinUs: 5000])),
    Row("thin-streams-end-alike", counts: true, pitfallExperiment(.send, [.thinLinearTimeouts: 1])),
    Row(
      "thin-streams-end-alike", counts: false, pitfallExperiment(.send, [.thinLinearTimeouts: 0])),
  ])
  func `pitfall bounds: a pitfall counts as far as it is so`(row: Row) throws {
    let pitfall = try #require(Pitfall.all.first { $0.id == row.id })
    #expect(
      pitfall.applies(to: row.experiment, timeline: Timeline(of: row.experiment)) == row.counts)
  }

  /// Ends with exact timers that come after the earliest one, as another timeout is met.
  @Test(arguments: [
    pitfallExperiment(.zeroWindow, [:], [.tcpRetries2: 5]),
    pitfallExperiment(.close, [.rtoMin: 5000]),
  ])
  func `pitfall bounds: a sum of waits is called the earliest end only where it is`(
    experiment: Experiment
  ) throws {
    let timeline = Timeline(of: experiment)
    let (range, nominal) = (try #require(timeline.range), try #require(timeline.nominalEnd))
    #expect(range.earliest < nominal)
    #expect(
      !Pitfall.applying(to: experiment, timeline: timeline).contains { $0.id == "timers-fire-late" }
    )
  }

  @Test
  func `pitfall bounds: the RTO minimum moves the end to another retransmission past one limit`()
    throws
  {
    // (2^7 - 1) times 0.2 s.
    let limit = Duration.seconds(25.4)
    let sysctls: [SysctlKey: Int] = [.tcpRetries2: 6]
    let low = pitfallExperiment(.send, [:], sysctls.merging([.tcpRtoMinUs: 5000]) { $1 })
    let usual = try #require(Timeline(of: pitfallExperiment(.send, [:], sysctls)).range)
    let moved = try #require(Timeline(of: low).range)
    #expect(usual.earliest >= limit)
    #expect(moved.earliest >= limit)
    #expect(moved.latest > usual.latest * 1.5)
    let pitfall = try #require(Pitfall.all.first { $0.id == "rto-min-keeps-the-limit" })
    #expect(pitfall.sentence.contains("end moves"))
    #expect(!pitfall.sentence.contains("not the end"))
  }

  @Test func `pitfall bounds: no pitfall names a value that is not set`() throws {
    let pitfall = try #require(Pitfall.all.first { $0.id == "middleboxes-forget-first" })
    let experiment = pitfallExperiment(.idle, [.keepalive: 1, .keepIdle: 300])
    #expect(pitfall.applies(to: experiment, timeline: Timeline(of: experiment)))
    #expect(!pitfall.sentence.contains("hours"))
  }
}
