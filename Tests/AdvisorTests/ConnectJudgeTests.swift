import Advisor
import TCPModel
import Testing

/// Attempts to connect held against what a profile asks of `connect`.
struct ConnectJudgeTests {
  private let host: Host
  private static let dead = NextHop(device: "eth0", address: "10.9.0.66", state: .failed)
  private static let own = ICMPReport(
    isV6: false, type: 3, code: 1, sender: "10.9.0.1", isOwn: true)
  private static let router = ICMPReport(
    isV6: false, type: 3, code: 13, sender: "10.8.1.2", isOwn: false)

  init() throws { host = try .stock() }

  private func row(
    _ outcome: ConnectOutcome, after time: Duration, port: UInt16 = 80, number: Int = 0,
    ofName: Bool = false, _ change: (inout ConnectResult) -> Void = { _ in }
  ) -> ProbedAddress {
    var result = ConnectResult(outcome, after: time)
    change(&result)
    return ProbedAddress(
      target: ofName ? "name:\(port)" : "10.9.0.66:\(port)", number: number,
      address: "10.9.0.\(66 + number):\(port)", port: port, rounds: [result],
      resolution: ofName ? .milliseconds(1) : nil)
  }

  private func deadNeighbour(after time: Duration) -> ProbedAddress {
    row(.unreachable(errno: "EHOSTUNREACH"), after: time) {
      ($0.report, $0.nextHop) = (Self.own, Self.dead)
    }
  }

  private func judge(
    _ profiles: [Profile], _ options: SocketOptions = SocketOptions(), rows: [ProbedAddress]
  ) -> ConnectJudge {
    let host = host
    var judge = ConnectJudge(
      profiles, under: host.rules,
      ConnectJudge.Knowledge(
        options: { options.overridden(by: $0.options) },
        end: { row, options in
          let isDead = row.result.nextHop?.state == .failed
          let play = Case(isDead ? .neighbour : .connect, in: host.snapshot, options: options)
          let timeline = Timeline(of: play)
          return ConnectEnd(play, timeline, timeline.span)
        }, lies: { $1 == "10.9.0.0/24" && $0.address?.hasPrefix("10.9.0.") == true }))
    for row in rows { judge.add(row) }
    return judge
  }

  private func verdicts(
    _ group: ConnectionGroup, _ options: SocketOptions = SocketOptions(), rows: ProbedAddress...
  ) -> [ConnectVerdict] {
    judge([.sample("p", group)], options, rows: rows).verdicts
  }

  private func scenario(_ verdict: ConnectVerdict) -> Scenario? {
    if case .timers(let end)? = verdict.causes.first { end.play.scenario } else { nil }
  }

  @Test func `what was seen is held against within, and its own timers are named`() throws {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let all = verdicts(group, rows: deadNeighbour(after: .milliseconds(3070)))
    let verdict = try #require(all.first)
    #expect(all.count == 1 && verdict.isMissed && verdict.isMeasured)
    #expect(verdict.span.range == TimeRange(.milliseconds(3070), .milliseconds(3070)))
    #expect(scenario(verdict) == .neighbour)
    let levers = verdict.remedies.map(\.lever)
    #expect(levers.contains(.deadline(.seconds(3))))
    // Nobody is told to change the neighbour tables.
    #expect(!levers.contains { if case .sysctl = $0 { true } else { false } })
    #expect(levers.contains { if case .option(.userTimeout, _) = $0 { true } else { false } })
  }

  @Test func `what the program sets decides, unless it was tried with something else`() throws {
    let group = ConnectionGroup.sample(
      sets: SocketOptions([.userTimeout: 5000, .keepalive: 1]),
      .sample(.connect, within: .seconds(10)))
    let hung = row(.timedOut, after: .seconds(134))
    let played = try #require(verdicts(group, rows: hung).first)
    #expect(played.status == .met && !played.isMeasured)
    #expect(played.options == SocketOptions([.userTimeout: 5000]))
    #expect(try #require(played.span.range).latest < .seconds(6))
    let asked = SocketOptions([.userTimeout: 20_000])
    let tried = try #require(
      verdicts(group, asked, rows: row(.timedOut, after: .seconds(20))).first)
    #expect(tried.isMissed && tried.isMeasured && tried.options.isEmpty)
    // With the program's own, it is what was measured.
    let same = SocketOptions([.userTimeout: 5000])
    #expect(
      verdicts(group, same, rows: row(.timedOut, after: .seconds(5))).first?.isMeasured == true)
  }

  @Test func `an outage is outlived or not where timers decide, not where a message does`() throws {
    let group = ConnectionGroup.sample("web", .sample(.connect, survive: .seconds(30)))
    let count = SocketOptions([.synCount: 2])
    let short = try #require(
      verdicts(group, count, rows: row(.timedOut, after: .milliseconds(7200))).first)
    #expect(short.kind == .survive && short.isMissed)
    #expect(try #require(short.outlives) < .seconds(8))
    #expect(
      short.remedies.contains {
        if case .option(.synCount, 5...) = $0.lever { true } else { false }
      })
    #expect(verdicts(group, rows: row(.undecided, after: .seconds(1))).first?.status == .met)
    let told = row(.unreachable(errno: "EHOSTUNREACH"), after: .seconds(1)) {
      $0.report = Self.router
    }
    let deaf = judge([.sample("p", group)], rows: [told])
    #expect(deaf.verdicts.isEmpty)
    #expect(
      deaf.reasons(beside: []) == [
        "messages ended what hung, and `p` asks about timers alone (survive)"
      ])
    #expect(verdicts(group, rows: deadNeighbour(after: .seconds(3))).first?.isMissed == true)
  }

  @Test func `whose message ended it is told, unless the program's own timers come first`() throws {
    let told = row(.unreachable(errno: "EHOSTUNREACH"), after: .seconds(8)) {
      $0.report = Self.router
    }
    let plain = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(3)))
    let verdict = try #require(verdicts(plain, rows: told).first)
    guard case .message(let report)? = verdict.causes.first else { return #expect(Bool(false)) }
    #expect(verdict.isMissed && verdict.isMeasured && report == Self.router)
    let hasty = ConnectionGroup.sample(
      sets: SocketOptions([.userTimeout: 2000]), .sample(.connect, within: .seconds(3)))
    let own = try #require(verdicts(hasty, rows: told).first)
    #expect(own.status == .met && !own.isMeasured && scenario(own) == .connect)
  }

  @Test func `a kernel that never gives up is the worst`() throws {
    let end = ConnectEnd(
      Case(.connect, in: host.snapshot), .never(.connect), Span(ends: .never, range: nil))
    let group = ConnectionGroup.sample(
      "web", .sample(.connect, within: .seconds(3), survive: .seconds(1)))
    var judge = ConnectJudge(
      [.sample("p", group)], under: host.rules,
      ConnectJudge.Knowledge(options: \.options, end: { _, _ in end }, lies: { _, _ in true }))
    judge.add(row(.undecided, after: .seconds(1)))
    #expect(judge.verdicts.map(\.status) == [.missed, .met])
  }

  @Test func `what cannot be known is no miss`() {
    let unknown = Span(ends: .unknown(because: "nobody knows"), range: nil)
    let end = ConnectEnd(Case(.connect, in: host.snapshot), .never(.connect), unknown)
    var judge = ConnectJudge(
      [.sample("p", .sample("web", .sample(.connect, within: .seconds(3))))], under: host.rules,
      ConnectJudge.Knowledge(options: \.options, end: { _, _ in end }, lies: { _, _ in true }))
    judge.add(row(.undecided, after: .seconds(1)))
    #expect(judge.verdicts.map(\.status) == [.unknown(because: "nobody knows")])
  }

  @Test func `addresses that are tried in turn add up`() throws {
    let group = ConnectionGroup.sample(
      path: Path(addresses: 2), .sample(.connect, within: .seconds(10)))
    let alone = try #require(verdicts(group, rows: deadNeighbour(after: .seconds(3))).first)
    #expect(alone.addresses == 2 && alone.span.range?.latest == .seconds(6))
    // Of a name its own addresses count, until one is open.
    let name = try #require(
      verdicts(
        group, rows: row(.timedOut, after: .seconds(7), number: 0, ofName: true),
        row(.refused, after: .zero, number: 1, ofName: true),
        row(.timedOut, after: .seconds(5), number: 2, ofName: true),
        row(.open(isReset: false), after: .seconds(1), number: 3, ofName: true),
        row(.timedOut, after: .seconds(100), number: 4, ofName: true)
      ).first)
    #expect(name.target == "name:80" && name.isMissed)
    #expect(name.span.range == TimeRange(.seconds(13), .seconds(13)) && name.addresses == 4)
  }

  @Test func `addresses that are raced do not add up`() throws {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(8)))
    let options = SocketOptions()
    let knowledge = ConnectJudge.Knowledge(
      options: { _ in options },
      end: { _, _ in ConnectEnd(Case(.connect, in: host.snapshot), .never(.connect), unended) },
      lies: { _, _ in true })
    var judge = ConnectJudge(
      [.sample("p", group)], under: host.rules, isRace: true, knowledge)
    judge.add(row(.timedOut, after: .seconds(7), number: 1, ofName: true))
    judge.add(row(.timedOut, after: .seconds(6), number: 2, ofName: true))
    let verdict = try #require(judge.verdicts.first)
    #expect(verdict.status == .met && verdict.isRace && verdict.addresses == 2)
    #expect(verdict.span.range == TimeRange(.seconds(7), .seconds(7)))
  }

  private var unended: Span { Span(ends: .never, range: nil) }

  @Test func `every remedy makes the objective be met`() throws {
    let group = ConnectionGroup.sample(
      "web", .sample(.connect, within: .seconds(10), survive: .seconds(3)))
    let verdict = try #require(
      verdicts(group, rows: row(.undecided, after: .seconds(1))).first { $0.isMissed })
    // Three retries of the whole host, the least there may be, take too long.
    #expect(verdict.remedies.count == 3)
    for remedy in verdict.remedies {
      #expect(try #require(remedy.span.range).latest <= .seconds(10))
    }
    let bound = ConnectionGroup.sample(
      canSet: [], levers: [.socket], .sample(.connect, within: .seconds(10)))
    #expect(verdicts(bound, rows: row(.undecided, after: .seconds(1))).first?.remedies == [])
  }

  @Test func `a profile without a verdict says why`() {
    let silent = Profile.sample("silent", .sample("web", .sample(.idle, within: .seconds(1))))
    var elsewhere = ConnectionGroup.sample("db", .sample(.connect, within: .seconds(1)))
    elsewhere.match.remotePort = 5432
    var here = ConnectionGroup.sample("web", .sample(.connect, within: .seconds(1)))
    (here.match.remote, here.match.process) = ("10.9.0.0/24", "nginx")
    let profiles = [silent, .sample("far", elsewhere), .sample("near", here)]
    let calm = judge(profiles, rows: [row(.refused, after: .zero)])
    #expect(calm.verdicts.isEmpty)
    #expect(
      calm.reasons(beside: []) == [
        "no group of `silent` asks anything of connect",
        "no group of `far` speaks of these destinations (db: remote_port 5432)",
        "nothing hung that `near` asks about",
      ])
    let interrupted = row(.undecided, after: .seconds(1)) { $0.isInterrupted = true }
    #expect(
      judge(profiles, rows: [interrupted]).reasons(beside: []).last
        == "what `near` asks about was interrupted")
    let hung = judge(profiles, rows: [row(.timedOut, after: .seconds(9))])
    #expect(hung.verdicts.map(\.connections) == ["web"])
    #expect(hung.reasons(beside: hung.verdicts).last?.contains("process") == true)
  }

  @Test func `a failure at once and an interrupt are no wait`() {
    let group = ConnectionGroup.sample("web", .sample(.connect, within: .milliseconds(1)))
    let atOnce = row(.unreachable(errno: "ENETUNREACH"), after: .milliseconds(2)) {
      $0.isAtOnce = true
    }
    let interrupted = row(.undecided, after: .seconds(2)) { $0.isInterrupted = true }
    #expect(verdicts(group, rows: atOnce, interrupted).isEmpty)
  }
}
