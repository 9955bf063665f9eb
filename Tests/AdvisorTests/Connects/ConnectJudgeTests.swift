import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

/// Attempts to connect held against what a profile asks of `connect`.
struct ConnectJudgeTests {
  private let host: Host
  private static let dead = NextHop(device: "eth0", address: .v4(10, 9, 0, 66), state: .failed)
  private static let own = ICMPReport(
    isV6: false, type: 3, code: 1, sender: .v4(10, 9, 0, 1), isOwn: true)
  private static let router = ICMPReport(
    isV6: false, type: 3, code: 13, sender: .v4(10, 8, 1, 2), isOwn: false)

  init() throws { host = try .stock() }

  private func row(
    _ outcome: ConnectOutcome, after time: Duration, port: UInt16 = 80, number: Int = 0,
    ofName: Bool = false, _ change: (inout ConnectResult) -> Void = { _ in }
  ) -> ProbedAddress {
    var result = ConnectResult(outcome, after: time)
    change(&result)
    return ProbedAddress(
      target: ofName ? "name:\(port)" : "10.9.0.66:\(port)", number: number,
      endpoint: Endpoint(.v4(10, 9, 0, UInt8(66 + number)), port: port), rounds: [result],
      resolution: ofName ? .milliseconds(1) : nil)
  }

  private func deadNeighbour(after time: Duration) -> ProbedAddress {
    row(.unreachable(errno: "EHOSTUNREACH"), after: time) {
      ($0.report, $0.nextHop) = (Self.own, Self.dead)
    }
  }

  private func judge(
    _ profiles: [Profile], _ options: SocketOptions = SocketOptions(), isRace: Bool = false,
    keeping limit: Int? = nil, rows: [ProbedAddress]
  ) -> ConnectJudgement {
    let host = host
    var judge = ConnectJudge(
      profiles, under: host.rules, isRace: isRace, keeping: limit,
      ConnectJudge.Knowledge(
        options: { options.overridden(by: $0.options) },
        end: { row, options in
          let isDead = row.result.nextHop?.state == .failed
          let experiment = Experiment(
            isDead ? .neighbour : .connect, in: host.snapshot, options: options)
          let timeline = Timeline(of: experiment)
          return ConnectHang(HangForecast(experiment, timeline))
        }))
    for row in rows { judge.add(row) }
    return judge.judgement
  }

  private func findings(
    _ group: ConnectionGroup, _ options: SocketOptions = SocketOptions(), rows: ProbedAddress...
  ) -> [Finding] {
    judge([.sample("p", group)], options, rows: rows).findings
  }

  private func scenario(_ finding: Finding) -> Scenario? {
    if case .timers(let end)? = finding.evidence.attempt?.causes.first {
      end.courses[0].experiment.scenario
    } else {
      nil
    }
  }

  @Test
  func `connect judge: what was seen is held against within, and its own timers are named`() throws
  {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let all = findings(group, rows: deadNeighbour(after: .milliseconds(3070)))
    let finding = try #require(all.first)
    #expect(all.count == 1)
    #expect(finding.isMissed)
    #expect(finding.isMeasured)
    #expect(
      finding.evidence.timeToEnd?.range == TimeRange(.milliseconds(3070), .milliseconds(3070)))
    #expect(scenario(finding) == .neighbour)
    let levers = finding.remedies.flatMap(\.changes)
    #expect(levers.contains(.deadline(.seconds(3))))
    // Nobody is told to change the neighbour tables.
    #expect(!levers.contains { if case .sysctl = $0 { true } else { false } })
    #expect(levers.contains { if case .option(.userTimeout, _) = $0 { true } else { false } })
  }

  @Test
  func `connect judge: what an earlier attempt left in the neighbour table is not held against it`()
    throws
  {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let finding = try #require(
      findings(group, rows: deadNeighbour(after: .milliseconds(1710))).first)
    #expect(finding.isMissed)
    #expect(!finding.isMeasured)
    #expect(try #require(finding.evidence.timeToEnd?.range).earliest > .seconds(3))
  }

  @Test
  func `connect judge: what the program sets decides, unless it was tried with something else`()
    throws
  {
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.userTimeout: 5000, .keepalive: 1]),
      .sample(.connect, within: .seconds(10)))
    let hung = row(.timedOut, after: .seconds(134))
    let alone = try #require(findings(group, rows: hung).first)
    #expect(alone.status.isMet)
    #expect(!alone.isMeasured)
    #expect(alone.evidence.options == SocketOptions([.userTimeout: 5000]))
    #expect(try #require(alone.evidence.timeToEnd?.range).latest < .seconds(6))
    let asked = SocketOptions([.userTimeout: 20_000])
    let tried = try #require(
      findings(group, asked, rows: row(.timedOut, after: .seconds(20))).first)
    #expect(tried.isMissed)
    #expect(tried.isMeasured)
    #expect(tried.evidence.options.isEmpty)
    // With the program's own, it is what was measured.
    let same = SocketOptions([.userTimeout: 5000])
    #expect(
      findings(group, same, rows: row(.timedOut, after: .seconds(5))).first?.isMeasured == true)
  }

  @Test
  func `connect judge: an outage is outlived or not where timers decide, not where a message does`()
    throws
  {
    let group = ConnectionGroup.sample("web", .sample(.connect, survive: .seconds(30)))
    let count = SocketOptions([.synCount: 2])
    let short = try #require(
      findings(group, count, rows: row(.timedOut, after: .milliseconds(7200))).first)
    #expect(short.subject == .bound(.survive))
    #expect(short.isMissed)
    #expect(try #require(short.evidence.survives) < .seconds(8))
    #expect(
      short.remedies.contains {
        if case .option(.synCount, 5...) = $0.changes[0] { true } else { false }
      })
    #expect(findings(group, rows: row(.undecided, after: .seconds(1))).first?.status.isMet == true)
    let told = row(.unreachable(errno: "EHOSTUNREACH"), after: .seconds(1)) {
      $0.report = Self.router
    }
    let deaf = judge([.sample("p", group)], rows: [told])
    #expect(deaf.findings.isEmpty)
    #expect(deaf.notJudged == [SkippedProfile(profile: "p", .messages)])
    #expect(findings(group, rows: deadNeighbour(after: .seconds(3))).first?.isMissed == true)
  }

  @Test
  func `connect judge: whose message ended it is told, unless the program's own timers come first`()
    throws
  {
    let told = row(.unreachable(errno: "EHOSTUNREACH"), after: .seconds(8)) {
      $0.report = Self.router
    }
    let plain = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let finding = try #require(findings(plain, rows: told).first)
    guard case .message(let report)? = finding.evidence.attempt?.causes.first else {
      return #expect(Bool(false))
    }
    #expect(finding.isMissed)
    #expect(finding.isMeasured)
    #expect(report == Self.router)
    let hasty = ConnectionGroup.sample(
      sets: SocketOptions([.userTimeout: 2000]), .sample(.connect, within: .seconds(3)))
    let own = try #require(findings(hasty, rows: told).first)
    #expect(own.status.isMet)
    #expect(!own.isMeasured)
    #expect(scenario(own) == .connect)
  }

  @Test func `connect judge: a kernel that never gives up is the worst`() throws {
    let end = ConnectHang(HangForecast(Experiment(.connect, in: host.snapshot), .never(.connect)))
    let group = ConnectionGroup.sample(
      "web", .sample(.connect, within: .seconds(3), survive: .seconds(1)))
    var judge = ConnectJudge(
      [.sample("p", group)], under: host.rules,
      ConnectJudge.Knowledge(options: \.options, end: { _, _ in end })
    )
    judge.add(row(.undecided, after: .seconds(1)))
    #expect(judge.judgement.findings.map(\.status.name) == ["missed", "met"])
  }

  @Test func `connect judge: what cannot be known is no miss`() {
    let unknown = TimeToEnd(ends: .unknown(because: "nobody knows"), range: nil)
    let end = ConnectHang(
      HangForecast(Experiment(.connect, in: host.snapshot), .never(.connect)), timeToEnd: unknown)
    var judge = ConnectJudge(
      [.sample("p", .sample("web", .sample(.connect, within: .seconds(3))))], under: host.rules,
      ConnectJudge.Knowledge(options: \.options, end: { _, _ in end })
    )
    judge.add(row(.undecided, after: .seconds(1)))
    #expect(judge.judgement.findings.map(\.status) == [.unknown(because: "nobody knows")])
  }

  @Test func `connect judge: addresses that are tried in turn add up`() throws {
    let group = ConnectionGroup.sample(
      path: Path(addresses: 2), .sample(.connect, within: .seconds(10)))
    let alone = try #require(findings(group, rows: deadNeighbour(after: .seconds(3))).first)
    #expect(alone.evidence.attempt?.addresses == 2)
    #expect(alone.evidence.timeToEnd?.range?.latest == .seconds(6))
    // Of a name its own addresses count, until one is open.
    let name = try #require(
      findings(
        group, rows: row(.timedOut, after: .seconds(7), number: 0, ofName: true),
        row(.refused, after: .zero, number: 1, ofName: true),
        row(.timedOut, after: .seconds(5), number: 2, ofName: true),
        row(.open(isReset: false), after: .seconds(1), number: 3, ofName: true),
        row(.timedOut, after: .seconds(100), number: 4, ofName: true)
      ).first)
    #expect(name.target == "name:80")
    #expect(name.isMissed)
    #expect(name.evidence.timeToEnd?.range == TimeRange(.seconds(13), .seconds(13)))
    #expect(name.evidence.attempt?.addresses == 4)
  }

  @Test func `connect judge: addresses that are raced do not add up`() throws {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(8)))
    let rows = [7, 6].enumerated().map { number, seconds in
      row(.timedOut, after: .seconds(seconds), number: number + 1, ofName: true)
    }
    let finding = try #require(
      judge([.sample("p", group)], isRace: true, rows: rows).findings.first)
    #expect(finding.status.isMet)
    #expect(finding.evidence.attempt?.isRace == true)
    #expect(finding.evidence.attempt?.addresses == 2)
    #expect(finding.evidence.timeToEnd?.range == TimeRange(.seconds(7), .seconds(7)))
  }

  @Test(arguments: [(2, 2750), (10, 750)])
  func `connect judge: remedies of a race leave time for the addresses before the last`(
    addresses: Int, milliseconds: Int
  ) throws {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let rows = (1...addresses).map {
      row(.undecided, after: .seconds(1), number: $0, ofName: true)
    }
    let finding = try #require(
      judge([.sample("p", group)], isRace: true, rows: rows).findings.first)
    let deadline = try #require(finding.remedies.first)
    #expect(finding.isMissed)
    #expect(deadline.changes == [.deadline(.milliseconds(milliseconds))])
    #expect(deadline.parts[0].timeToEnd?.range == TimeRange(.seconds(3), .seconds(3)))
    for remedy in finding.remedies {
      #expect(try #require(remedy.parts.first?.timeToEnd?.range).latest <= .seconds(3))
    }
  }

  @Test func `connect judge: how many addresses a resolved name has is known`() throws {
    let group = ConnectionGroup.sample(
      path: Path(addresses: 2), .sample(.connect, within: .seconds(10)))
    let name = try #require(
      findings(group, rows: row(.timedOut, after: .seconds(7), ofName: true)).first)
    #expect(name.status.isMet)
    #expect(name.evidence.attempt?.addresses == 1)
    #expect(name.target == "name:80")
  }

  @Test
  func `connect judge: a deadline is in whole milliseconds where the addresses do not divide it`()
    throws
  {
    let group = ConnectionGroup.sample(
      path: Path(addresses: 3), levers: [.deadline], .sample(.connect, within: .seconds(20)))
    let finding = try #require(findings(group, rows: row(.undecided, after: .seconds(1))).first)
    #expect(finding.remedies.flatMap(\.changes) == [.deadline(.milliseconds(6666))])
  }

  @Test func `connect judge: addresses that a group does not speak of do not count`() throws {
    var group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(10)))
    group.match.remote = .init(IPPrefix(.v4(10, 9, 0, 67)), writtenAs: "10.9.0.67")
    let finding = try #require(
      findings(
        group, rows: row(.timedOut, after: .seconds(7), number: 0, ofName: true),
        row(.timedOut, after: .seconds(6), number: 1, ofName: true)
      ).first)
    #expect(finding.evidence.attempt?.addresses == 1)
    #expect(finding.evidence.timeToEnd?.range?.latest == .seconds(6))
  }

  @Test func `connect judge: a program that found an open address has not given up`() {
    let group = ConnectionGroup.sample("web", .sample(.connect, survive: .seconds(100)))
    let count = SocketOptions([.synCount: 1])
    let name = judge(
      [.sample("p", group)], count,
      rows: [
        row(.timedOut, after: .seconds(3), number: 0, ofName: true),
        row(.open(isReset: false), after: .zero, number: 1, ofName: true),
      ])
    #expect(name.findings.isEmpty)
    #expect(name.notJudged == [SkippedProfile(profile: "p", .open)])
  }

  @Test func `connect judge: an attempt must be answered soon after an outage`() throws {
    var objective = Objective.sample(.connect, survive: .seconds(20))
    objective.recover = .init(WrittenTime(.seconds(1)), at: .sample)
    let rows = row(.undecided, after: .seconds(1))
    let all = findings(.sample("web", objective), rows: rows)
    #expect(all.map(\.subject) == [.bound(.survive), .bound(.recover)])
    #expect(all.map(\.status.name) == ["met", "missed"])
    #expect(try #require(all.last?.evidence.resumes) > .seconds(15))
    objective.recover = .init(WrittenTime(.seconds(17)), at: .sample)
    #expect(findings(.sample("web", objective), rows: rows).map(\.status.name) == ["met", "met"])
  }

  @Test func `connect judge: an outage that one of two courses outlives may be outlived`() throws {
    let long = Experiment(.connect, in: host.snapshot)
    var short = long
    short.options[.synCount] = 1
    let end = ConnectHang(
      HangForecast(long, Timeline(of: long)), or: HangForecast(short, Timeline(of: short)))
    func status(_ seconds: Int) -> Finding.Status? {
      let group = ConnectionGroup.sample("web", .sample(.connect, survive: .seconds(seconds)))
      var judge = ConnectJudge(
        [.sample("p", group)], under: host.rules,
        ConnectJudge.Knowledge(
          options: \.options, end: { _, _ in end }))
      judge.add(row(.undecided, after: .seconds(1)))
      return judge.judgement.findings.first?.status
    }
    #expect(status(1)?.isMet == true)
    #expect(status(200)?.isMissed == true)
    guard case .unknown? = status(30) else { return #expect(Bool(false)) }
  }

  @Test func `connect judge: of many verdicts the missed ones are kept, and all are counted`() {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(5)))
    let rows = (0..<100).reversed().map { number in
      row(.timedOut, after: .seconds(number % 10 == 0 ? 9 : 2), number: number)
    }
    let some = judge([.sample("p", group)], keeping: 12, rows: rows)
    #expect(some.count == 100)
    #expect(some.missed == 10)
    #expect(some.unknown == 0)
    let targets = [0, 1, 2] + (1...9).map { $0 * 10 }
    #expect(some.findings.map(\.target) == targets.map { "10.9.0.\(66 + $0):80" })
    #expect(judge([.sample("p", group)], rows: rows).findings.count == 100)
  }

  @Test func `connect judge: every remedy makes the objective be met`() throws {
    let group = ConnectionGroup.sample(
      "web", .sample(.connect, within: .seconds(10), survive: .seconds(3)))
    let finding = try #require(
      findings(group, rows: row(.undecided, after: .seconds(1))).first { $0.isMissed })
    // Three retries of the whole host, the least there may be, take too long.
    #expect(finding.remedies.count == 3)
    for remedy in finding.remedies {
      #expect(try #require(remedy.parts.first?.timeToEnd?.range).latest <= .seconds(10))
    }
    let bound = ConnectionGroup.sample(
      canSet: [], levers: [.socket], .sample(.connect, within: .seconds(10)))
    #expect(
      findings(bound, rows: row(.undecided, after: .seconds(1))).first?.remedies.isEmpty == true)
  }

  @Test func `connect judge: a profile without a verdict says why`() {
    let silent = Profile.sample("silent", .sample("web", .sample(.idle, within: .seconds(1))))
    var elsewhere = ConnectionGroup.sample("db", .sample(.connect, within: .seconds(1)))
    elsewhere.match.remotePort = 5432
    var here = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(1)))
    here.match.process = Glob("nginx")
    here.match.remote = .init(IPPrefix(.v4(10, 9, 0, 0), length: 24), writtenAs: "10.9.0.0/24")
    let profiles = [silent, .sample("far", elsewhere), .sample("near", here)]
    func reasons(_ rows: ProbedAddress...) -> [SkippedProfile.Reason] {
      judge(profiles, rows: rows).notJudged.map(\.reason)
    }
    #expect(reasons(row(.refused, after: .zero)) == [.asksNothing, .elsewhere([elsewhere]), .calm])
    let interrupted = row(.undecided, after: .seconds(1)) { $0.isInterrupted = true }
    #expect(reasons(interrupted).last == .interrupted)
    let unresolved = ProbedAddress(
      target: "name", endpoint: nil,
      rounds: [ConnectResult(.unresolved(because: "no address"), after: .zero)])
    #expect(reasons(unresolved).last == .unresolved)
    #expect(reasons().last == .nothing)
    let hung = judge(profiles, rows: [row(.timedOut, after: .seconds(9))])
    #expect(hung.findings.map(\.group) == ["web"])
    #expect(hung.notJudged.count == 2)
    #expect(hung.findings.first?.evidence.attempt?.unseen == [.process])
  }

  @Test func `connect judge: a group of listeners makes no connections`() {
    var group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(1)))
    group.match.state = .listen
    #expect(findings(group, rows: row(.timedOut, after: .seconds(9))).isEmpty)
  }

  @Test func `connect judge: a failure at once and an interrupt are no wait`() {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .milliseconds(1)))
    let atOnce = row(.unreachable(errno: "ENETUNREACH"), after: .milliseconds(2)) {
      $0.isAtOnce = true
    }
    let interrupted = row(.undecided, after: .seconds(2)) { $0.isInterrupted = true }
    #expect(findings(group, rows: atOnce, interrupted).isEmpty)
  }
}

extension Finding {
  fileprivate var isMeasured: Bool { evidence.attempt?.isMeasured == true }
}

extension Remedy {
  fileprivate var changes: [Change] { parts.flatMap(\.changes) }
}
