import Advisor
import Randomness
import TCPModel
import Testing

/// From a time somebody saw to what gave up.
struct HangDiagnosisTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let time, step: Duration
    let errno: String?
    let first: String

    init(_ time: Duration, _ first: String, errno: String? = nil, step: Duration = .seconds(1)) {
      (self.time, self.step, self.errno, self.first) = (time, step, errno, first)
    }

    var testDescription: String { "\(time.text) \(errno ?? "")" }
  }

  private static let hundredth = Duration.milliseconds(10)

  @Test(arguments: [
    // The sum in the documentation of kernels before 6.5, and in that of 6.5 and later.
    Row(.seconds(127), "default connect"),
    Row(.seconds(127), "default connect", errno: "ETIMEDOUT"),
    Row(.seconds(131), "this-host connect"), Row(.seconds(134), "this-host connect"),
    Row(.seconds(135), "this-host connect", errno: "ETIMEDOUT"),
    // The tick of this host is known, and others are later.
    Row(.seconds(138), "default connect"),
    Row(.seconds(63), "common-setting connect"),
    Row(.seconds(63), "common-setting connect", errno: "ETIMEDOUT"),
    Row(.seconds(21), "other-system Windows"), Row(.seconds(75), "other-system macOS, FreeBSD"),
    Row(.seconds(924), "this-host send"), Row(.seconds(938), "this-host send", errno: "ETIMEDOUT"),
    Row(.seconds(940), "this-host send"),
    Row(.seconds(938), "this-host send", errno: "EHOSTUNREACH"),
    Row(.seconds(962), "default send"),
    Row(.seconds(7860), "this-host idle", step: .seconds(60)),
    Row(.seconds(7200), "this-host idle", step: .seconds(3600)),
    Row(.seconds(900), "this-host send", step: .seconds(60)),
    Row(.milliseconds(3050), "this-host neighbour", step: hundredth),
    Row(.milliseconds(3050), "this-host neighbour", errno: "EHOSTUNREACH", step: hundredth),
    Row(.milliseconds(14_430), "this-host neighbour", errno: "EHOSTUNREACH", step: hundredth),
    Row(.milliseconds(18_400), "default neighbour", errno: "EHOSTUNREACH", step: hundredth),
    Row(.milliseconds(1020), "default Linux", errno: "EHOSTUNREACH", step: hundredth),
    Row(.milliseconds(1020), "default Linux", step: hundredth),
    Row(.seconds(30), "known-program connect"),
    Row(.seconds(150), "known-program idle", errno: "ETIMEDOUT"),
    Row(.milliseconds(30_600), "known-program send", errno: "ETIMEDOUT", step: hundredth),
    Row(.seconds(10), "resolver name resolver"),
    Row(.milliseconds(40), "stall Linux", step: .milliseconds(1)),
    Row(.seconds(60), "unseen fin-wait"), Row(.milliseconds(107_300), "common-setting send"),
    Row(.milliseconds(107_300), "common-setting send", errno: "ETIMEDOUT"),
  ])
  func `took: what gave up comes first`(row: Row) throws {
    let diagnosis = HangDiagnosis(row.time, row.step, errno: row.errno)
    #expect(diagnosis.names.first == row.first, "\(diagnosis.names)")
    #expect(diagnosis.below == nil && diagnosis.above == nil)
    for candidate in diagnosis.candidates where row.errno != nil {
      #expect(candidate.errno == row.errno)
    }
  }

  @Test func `took: the order is by fit, then by likelihood, then by width`() {
    for seconds in [3, 10, 21, 30, 63, 127, 131, 940, 1300, 7900] {
      let candidates = HangDiagnosis(.seconds(seconds)).candidates
      for (one, next) in zip(candidates, candidates.dropFirst()) {
        #expect(!(next.fit < one.fit))
        guard !(one.fit < next.fit) else { continue }
        #expect(one.likelihood <= next.likelihood)
        guard one.likelihood == next.likelihood, one.isOfClosedWindow == next.isOfClosedWindow
        else { continue }
        #expect(
          one.range.latest - one.range.earliest <= next.range.latest - next.range.earliest)
      }
    }
  }

  @Test func `took: data that nobody takes comes before a window that is closed as well`() {
    for seconds in [107, 938] {
      let scenarios = HangDiagnosis(.seconds(seconds), errno: "ETIMEDOUT").candidates.filter {
        $0.likelihood == .thisHost || $0.likelihood == .commonSetting
      }.compactMap { $0.giveUp?.timeline.scenario }
      #expect(scenarios.firstIndex(of: .send) ?? 9 < scenarios.firstIndex(of: .zeroWindow) ?? 10)
    }
  }

  @Test func `took: releases that do the same are one, and what this host does is said once`()
    throws
  {
    let old = try #require(HangDiagnosis(.seconds(127)).candidates.first?.giveUp)
    #expect(
      old.releases.spans.map { "\($0.first.release)-\($0.last.release)" }
        == ["3.10-3.10", "4.14-4.19.76", "4.19.209-6.4"])
    #expect(old.hosts.isEmpty)
    let diagnosis = HangDiagnosis(.seconds(134), errno: "ETIMEDOUT")
    let new = try #require(diagnosis.candidates.first?.giveUp)
    #expect(new.hosts == [KernelVersion(6, 18)])
    #expect(
      new.releases.spans.map { "\($0.first.release)-\($0.last.release)" } == ["6.5-7.3"])
    #expect(diagnosis.names.count { $0 == "default connect" } == 1)
  }

  @Test func `took: on this host the range is that of its tick, elsewhere that of all`() throws {
    let here = try #require(HangDiagnosis(.seconds(134)).candidates.first)
    #expect(here.range.earliest >= .seconds(133) && here.range.latest <= .seconds(136))
    let there = try #require(HangDiagnosis(.seconds(138)).candidates.first)
    #expect(there.range.earliest < .seconds(133) && there.range.latest > .seconds(138))
  }

  @Test func `took: programs that do the same are named together, others not at all`() throws {
    let candidates = HangDiagnosis(.seconds(30)).candidates
    let connect = try #require(candidates.first?.giveUp)
    #expect(connect.programs.map(\.name) == ["kafka", "postfix"])
    #expect(connect.end == .deadline)
    // A deadline of 300 s and SO_KEEPALIVE alone change nothing here.
    for time in [127, 134, 7900] {
      let programs = HangDiagnosis(.seconds(time)).candidates.flatMap { $0.giveUp?.programs ?? [] }
      #expect(!programs.contains { ["curl", "libpq"].contains($0.name) })
    }
  }

  @Test func `took: what no program is told of goes with no errno, nor does a wait that passes`() {
    for seconds in 1...300 {
      for candidate in HangDiagnosis(.seconds(seconds), errno: "ETIMEDOUT").candidates {
        #expect(![.stall, .unseen, .resolver].contains(candidate.likelihood))
      }
    }
  }

  @Test func `took: where nothing fits the nearest before and after are told`() throws {
    let diagnosis = HangDiagnosis(.seconds(100_000))
    #expect(diagnosis.candidates.isEmpty)
    #expect(try #require(diagnosis.below).range.latest < .seconds(10_000))
    #expect(diagnosis.above == nil)
    let between = HangDiagnosis(.seconds(50), .milliseconds(1), errno: "EHOSTUNREACH")
    #expect(between.candidates.isEmpty, "\(between.names)")
    #expect(try #require(between.below).range.latest < .seconds(50))
    #expect(try #require(between.above).range.earliest > .seconds(50))
    let refused = HangDiagnosis(.seconds(50), errno: "EPIPE")
    #expect(refused.candidates.isEmpty && refused.below == nil && refused.above == nil)
  }

  @Test func `took: a host's own settings are this host, and the defaults are others`() throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 1), tickRate: TickRate(hertz: 1000))
    snapshot[.tcpRetries2] = .value(.number(8))
    let suspects = HangDiagnosis.suspects(on: snapshot)
    let eight = HangDiagnosis(.seconds(106), errno: "ETIMEDOUT", among: suspects)
    #expect(eight.names.first == "this-host send")
    // The same value is not said once more to be a common one.
    #expect(!eight.names.contains("common-setting send"))
    #expect(
      HangDiagnosis(.seconds(950), errno: "ETIMEDOUT", among: suspects).names.first
        == "default send")
  }

  /// Of an address that moved nothing but the new owner's reset tells.
  @Test(arguments: [(54, "ECONNRESET"), (54, "ETIMEDOUT"), (54, nil), (108, "ECONNRESET")])
  func `took: a reset after a while is that of a new owner`(seconds: Int, errno: String?) {
    let host = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    let suspects = Suspect.all(
      on: [host].compactMap { try? Host($0) }, over: [Suspect.roundTrips[0]], programs: [],
      telling: errno
    ).simulated()
    let diagnosis = HangDiagnosis(.seconds(seconds), errno: errno, among: suspects)
    let isReset = errno == "ECONNRESET"
    #expect(diagnosis.names.contains("this-host moved-address") == isReset)
    #expect(diagnosis.candidates.allSatisfy { !isReset || $0.errno == "ECONNRESET" })
  }

  @Test func `took: without a host the defaults are left`() {
    let suspects = Suspect.all(
      on: [], over: [Suspect.roundTrips[0]], programs: []
    ).simulated()
    #expect(HangDiagnosis(.seconds(134), among: suspects).names.first == "default connect")
  }

  /// 3.10 has no timers of their own for what is half open or closed.
  @Test(arguments: KernelRules.releases)
  func `took: a time of any release's default lists that scenario`(release: KernelVersion) throws {
    var dice = Dice(seed: release.major * 100 + release.minor)
    for scenario in Scenario.allCases where scenario != .movedAddress {
      var experiment = Experiment(
        scenario, in: .defaults(of: release), path: Path(roundTrip: Suspect.roundTrips[0]))
      scenario.definition.enable(&experiment.options)
      experiment.precision = .ends
      guard let end = Timeline(of: experiment).branches.randomElement(using: &dice)?.range else {
        continue
      }
      let width = Int((end.latest - end.earliest) / .milliseconds(1))
      let time = end.earliest + .milliseconds(Int.random(in: 0...width, using: &dice))
      let found = HangDiagnosis(time, .milliseconds(1)).candidates.compactMap(\.giveUp)
      let listed = found.contains { giveUp in
        giveUp.timeline.scenario == scenario && giveUp.end == .giveUp
          && giveUp.releases.contains { $0.release == release.release }
      }
      #expect(listed, "\(scenario) on \(release) after \(time.text)")
    }
  }
}
