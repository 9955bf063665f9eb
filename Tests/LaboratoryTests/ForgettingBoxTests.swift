import NetAddress
import Observations
import TCPModel
import Testing

@testable import Advisor
@testable import Laboratory

/// Connections behind a device that forgets, run with real sockets and held against the model.
struct ForgettingBoxTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let scenario: Scenario
    let options: SocketOptions
    let box: ForgettingBox
    /// The errno it ends with, empty where none is reported; nil: it lives.
    let end: String?
    /// How many probes are seen at least.
    var probes = 0
    var family = AddressFamily.v4

    var testDescription: String { what }
  }

  private static func keepalive(_ idle: Int, _ interval: Int, _ count: Int) -> SocketOptions {
    SocketOptions([.keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count])
  }

  /// Keepalive 10/10/3 behind a device that forgets after 20 s dies after one lost probe, though both
  /// hosts live, and 10/5/3 lives: the same at a tenth.
  static let cases = [
    Case(
      what: "one lost probe and the second is too late", scenario: .idle,
      options: keepalive(1, 1, 3),
      box: ForgettingBox(memory: .milliseconds(1950), expiry: .drop, lostSegments: 1),
      end: "ETIMEDOUT", probes: 3),
    Case(
      what: "one lost probe and the second is in time", scenario: .idle,
      options: keepalive(1, 1, 3),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop, lostSegments: 1),
      end: nil, probes: 2),
    Case(
      what: "two lost probes and the third is too late", scenario: .idle,
      options: keepalive(1, 1, 4),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop, lostSegments: 2),
      end: "ETIMEDOUT", probes: 4),
    Case(
      what: "two lost probes and the third is in time, over IPv6", scenario: .idle,
      options: keepalive(1, 1, 4),
      box: ForgettingBox(memory: .milliseconds(3500), expiry: .drop, lostSegments: 2),
      end: nil, probes: 3, family: .v6),
    Case(
      what: "no loss, longer than it remembers", scenario: .idle, options: keepalive(1, 1, 3),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop), end: nil, probes: 3),
    Case(
      what: "the first probe is too late", scenario: .idle, options: keepalive(1, 1, 2),
      box: ForgettingBox(memory: .milliseconds(500), expiry: .drop), end: "ETIMEDOUT", probes: 2),
    Case(
      what: "the first probe is too late, and reset", scenario: .idle, options: keepalive(1, 1, 2),
      box: ForgettingBox(memory: .milliseconds(500), expiry: .reset), end: "ECONNRESET", probes: 1),
    Case(
      what: "one lost probe, and the second is reset, over IPv6", scenario: .idle,
      options: keepalive(1, 1, 3),
      box: ForgettingBox(memory: .milliseconds(1500), expiry: .reset, lostSegments: 1),
      end: "ECONNRESET", probes: 2, family: .v6),
    Case(
      what: "a layer-7 device answers probes and closes", scenario: .idle,
      options: keepalive(1, 1, 2),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .close, countsKeepalive: false),
      end: "", probes: 2),
    Case(
      what: "probes that do not count are answered until it forgets", scenario: .idle,
      options: keepalive(1, 1, 2),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop, countsKeepalive: false),
      end: "ETIMEDOUT", probes: 4),
    Case(
      what: "an answered probe, and the next one an interval later is too late", scenario: .idle,
      options: keepalive(1, 3, 1), box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop),
      end: "ETIMEDOUT", probes: 2),
    Case(
      what: "an answered probe, and the next one an interval later is reset", scenario: .idle,
      options: keepalive(1, 3, 3), box: ForgettingBox(memory: .milliseconds(2500), expiry: .reset),
      end: "ECONNRESET", probes: 2, family: .v6),
    Case(
      what: "an answered probe, and after it a user timeout counts from the answer",
      scenario: .idle,
      options: keepalive(1, 3, 3).overridden(by: SocketOptions([.userTimeout: 4500])),
      box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop), end: "ETIMEDOUT", probes: 2),
    Case(
      what: "answered probes an interval apart are in time", scenario: .idle,
      options: keepalive(1, 2, 3), box: ForgettingBox(memory: .milliseconds(2500), expiry: .drop),
      end: nil, probes: 2),
    Case(
      what: "data after a silence vanishes", scenario: .send,
      options: SocketOptions([.userTimeout: 1000]),
      box: ForgettingBox(memory: .milliseconds(500), expiry: .drop), end: "ETIMEDOUT"),
    Case(
      what: "data after a silence is reset", scenario: .send, options: SocketOptions(),
      box: ForgettingBox(memory: .milliseconds(500), expiry: .reset), end: "ECONNRESET"),
    Case(
      what: "data after a silence is reset over IPv6", scenario: .send, options: SocketOptions(),
      box: ForgettingBox(memory: .milliseconds(500), expiry: .reset), end: "ECONNRESET",
      family: .v6),
  ]

  private static func experiment(_ played: Case) -> Experiment {
    var experiment = Experiment(
      played.scenario, in: Bench.snapshot(), options: played.options, family: played.family)
    experiment.box = played.box
    return experiment
  }

  /// The device is a process: where the machine stands still for a second everything behind it dies,
  /// so that a run with a fault is made again, twice at most.
  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `forgetting box: a connection behind it lives or ends as the model says`() throws {
    let host = try Host(Bench.snapshot())
    var faults: [String] = []
    for _ in 0..<3 {
      let observations = try Laboratory.run(
        Self.cases.map(Self.experiment), for: .seconds(12), executable: Bench.executable
      ).observations
      faults = zip(Self.cases, observations).flatMap { self.faults(of: $1, $0, on: host) }
      if faults.isEmpty { return }
    }
    Issue.record("\(faults.joined(separator: "\n"))")
  }

  /// The model says for each of them what is written beside it.
  @Test func `forgetting box: the model tells who lives`() throws {
    let host = try Host(Bench.snapshot())
    for played in Self.cases {
      let outlook = Timeline(of: Self.experiment(played), under: host.rules).behind(played.box)
      #expect(outlook.lives == (played.end == nil), "\(played.what)")
    }
  }

  /// What was seen of a case and is not as it should be.
  private func faults(of seen: Observation, _ played: Case, on host: Host) -> [String] {
    var faults: [String] = []
    let probes = seen.events.count { $0.kind == .keepaliveProbe }
    if probes < played.probes { faults.append("\(probes) probes of \(played.probes)") }
    switch seen.outcome {
    case .outlived: if played.end != nil { faults.append("it lives") }
    case .ended(let errno, _):
      if played.end != errno ?? "" { faults.append("it ends with \(errno ?? "nothing")") }
    case .running, .notRun: faults.append("it is \(seen.outcome)")
    }
    let outlook = Timeline(of: Self.experiment(played), under: host.rules).behind(played.box)
    return (faults + lateness(of: seen, outlook, played)).map { "\(played.what): \($0), \(seen)" }
  }

  /// Never early; late by no more than a busy machine explains.
  private func lateness(of seen: Observation, _ outlook: BoxOutlook, _ played: Case) -> [String] {
    guard played.scenario == .idle else { return [] }
    let branches = outlook.timeline.branches
    var faults = seen.events.enumerated().filter { index, event in
      !branches.contains {
        index < $0.events.count && Bench.admits($0.events[index].range, event.time)
      }
    }.map { "probe \($0.offset + 1) at \($0.element.time)" }
    if case .ended(_, let time) = seen.outcome,
      !branches.contains(where: { Bench.admits($0.range, time) })
    {
      faults.append("its end at \(time)")
    }
    return faults
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `forgetting box: where no device is asked for, none is in the way`() throws {
    var experiment = Experiment(.connect, in: Bench.snapshot())
    experiment.box = ForgettingBox(memory: .seconds(1), expiry: .drop)
    let seen = try Laboratory.run(
      [experiment], for: .seconds(1), executable: Bench.executable
    ).observations
    #expect(
      seen.map(\.outcome)
        == [
          .notRun(because: "a device that forgets is run with idle and send, and without an outage")
        ])
  }
}
