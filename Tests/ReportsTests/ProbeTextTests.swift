import NetAddress
import Observations
import TCPModel
import Testing

@testable import Reports

/// What people and monitoring read of a probe.
struct ProbeTextTests {
  private static let kernel = TimeToEnd(
    ends: .always, range: TimeRange(.milliseconds(133_260), .milliseconds(135_304)))
  private static let router = ICMPReport(
    isV6: false, type: 3, code: 13, sender: .v4(10, 8, 1, 2), isOwn: false)
  private static let own = ICMPReport(
    isV6: false, type: 3, code: 1, sender: .v4(10, 8, 1, 1), isOwn: true)

  private static func hop(_ state: NextHop.State, isGateway: Bool = false) -> NextHop {
    NextHop(
      device: "eth0", address: .v4(10, 9, 0, 66), isGateway: isGateway, state: state, since: .zero)
  }

  private static func result(_ outcome: ConnectOutcome, _ change: (inout ConnectResult) -> Void)
    -> ConnectResult
  {
    var result = ConnectResult(outcome, after: .seconds(1))
    change(&result)
    return result
  }

  static let details: [(ConnectResult, String)] = [
    (
      result(.timedOut) { $0.lateness = .milliseconds(400) },
      "ETIMEDOUT; predicted 133–136 s; seen up to 400 ms late, because this process was delayed"
    ),
    (
      result(.undecided) { ($0.isInterrupted, $0.retransmissions) = (true, 0) },
      "interrupted; no answer to 1 SYN; the kernel gives up after 133–136 s"
    ),
    (
      result(.open(isReset: false)) { $0.roundTrip = .milliseconds(20) },
      "round trip 20 ms"
    ),
    (
      result(.open(isReset: true)) { $0.retransmissions = 2 },
      "2 SYNs sent again; the peer has reset it since (ECONNRESET)"
    ),
    (
      result(.open(isReset: false)) { ($0.retransmissions, $0.report) = (1, router) },
      "1 SYN sent again; administratively filtered, reported by 10.8.1.2, which did not end it"
    ),
    (result(.refused) { _ in }, "ECONNREFUSED"),
    (
      result(.refused) { ($0.retransmissions, $0.report) = (1, router) },
      "ECONNREFUSED: administratively filtered, reported by 10.8.1.2; 1 SYN sent again"
    ),
    (
      result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = router },
      "EHOSTUNREACH: administratively filtered, reported by 10.8.1.2"
    ),
    (
      result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = own },
      "EHOSTUNREACH: no neighbour answers, or a firewall rejects it, reported by this host"
    ),
    (
      result(.unreachable(errno: "EHOSTUNREACH")) {
        ($0.report, $0.nextHop) = (own, hop(.failed, isGateway: true))
      },
      "EHOSTUNREACH: the gateway 10.9.0.66 does not answer on eth0, reported by this host"
    ),
    (
      result(.undecided) { ($0.retransmissions, $0.nextHop) = (0, hop(.incomplete)) },
      "the neighbour 10.9.0.66 does not answer ARP on eth0, so no SYN has left; "
        + "the kernel gives up after 133–136 s"
    ),
    (
      result(.undecided) { ($0.retransmissions, $0.nextHop) = (2, hop(.incomplete)) },
      "no answer to 3 SYNs; the neighbour 10.9.0.66 does not answer ARP on eth0; "
        + "the kernel gives up after 133–136 s"
    ),
    (
      result(.undecided) { ($0.retransmissions, $0.nextHop) = (0, hop(.probe)) },
      "no answer to 1 SYN; eth0 asks whether 10.9.0.66 is still there; "
        + "the kernel gives up after 133–136 s"
    ),
    (
      result(.undecided) { ($0.retransmissions, $0.nextHop) = (0, hop(.reachable)) },
      "no answer to 1 SYN; the kernel gives up after 133–136 s"
    ),
    (
      result(.timedOut) { ($0.retransmissions, $0.nextHop) = (0, hop(.incomplete)) },
      "ETIMEDOUT; the neighbour 10.9.0.66 does not answer ARP on eth0, so no SYN has left; "
        + "predicted 133–136 s"
    ),
    (
      result(.unreachable(errno: "ENETUNREACH")) { $0.isAtOnce = true },
      "ENETUNREACH: no route of this host leads there, or it is a broadcast address"
    ),
    (
      result(.unreachable(errno: "ENETUNREACH")) { _ in },
      "ENETUNREACH: no ICMP message names the sender"
    ),
    (result(.timedOut) { _ in }, "ETIMEDOUT; predicted 133–136 s"),
    (
      result(.undecided) { $0.retransmissions = 1 },
      "no answer to 2 SYNs; the kernel gives up after 133–136 s"
    ),
    (
      result(.undecided) { ($0.retransmissions, $0.report) = (0, router) },
      """
      administratively filtered, reported by 10.8.1.2, which did not end it; no answer to 1 SYN; the \
      kernel gives up after 133–136 s
      """
    ),
    (
      result(.localError(call: "connect", errno: "EPERM")) { _ in },
      "connect: EPERM, a policy of this host (a BPF program of the cgroup, seccomp)"
    ),
    (
      result(.localError(call: "bind", errno: "EACCES")) { _ in },
      "bind: EACCES, a port below ip_unprivileged_port_start, which needs CAP_NET_BIND_SERVICE"
    ),
    (
      result(.localError(call: "setsockopt", errno: "EPERM")) { _ in },
      "setsockopt: EPERM, an interface, which before Linux 5.7 needs CAP_NET_RAW"
    ),
    (result(.unresolved(because: "EAI_NONAME: unknown")) { _ in }, "EAI_NONAME: unknown"),
  ]

  @Test(arguments: details)
  func `probe text: an outcome says what it is`(result: ConnectResult, text: String) {
    #expect(result.detail(kernel: Self.kernel) == text)
  }

  @Test func `probe text: every ICMP message that ends an attempt has a name`() {
    for code in UInt8(0)...15 {
      let report = ICMPReport(isV6: false, type: 3, code: code, sender: nil, isOwn: false)
      #expect(!report.meaning.contains("type"))
    }
    for code in UInt8(0)...6 {
      let report = ICMPReport(isV6: true, type: 1, code: code, sender: nil, isOwn: false)
      #expect(!report.meaning.contains("type"))
    }
    let odd = ICMPReport(isV6: true, type: 100, code: 7, sender: nil, isOwn: false)
    #expect(odd.meaning == "ICMPv6 type 100 code 7")
    #expect(odd.text == "ICMPv6 type 100 code 7, reported by an unknown router")
  }

  private func address(_ number: Int, _ outcome: ConnectOutcome, _ seconds: Int) -> ProbedAddress {
    ProbedAddress(
      target: "name:80", number: number, endpoint: Endpoint(.v4(10, 0, 0, UInt8(number)), port: 80),
      rounds: [ConnectResult(outcome, after: .seconds(seconds))], resolution: .milliseconds(1))
  }

  @Test func `probe text: addresses in turn add up to the first that is open`() {
    let rows = [
      address(1, .unreachable(errno: "EHOSTUNREACH"), 3), address(2, .timedOut, 7),
      address(3, .open(isReset: false), 1), address(4, .timedOut, 100),
    ]
    #expect(SequentialConnect(rows).text == "name:80, 4 addresses tried in turn: open after 11 s")
    #expect(SequentialConnect(rows).isMeasured)
    var silent = [address(1, .undecided, 1), address(2, .refused, 1)]
    #expect(SequentialConnect(silent).text.hasSuffix("in turn: unknown"))
    silent[0].prediction = Self.kernel
    let turn = SequentialConnect(silent)
    #expect(turn.text.hasSuffix("none is open, known after 134–137 s"))
    #expect(!turn.isMeasured)
    silent[0].prediction = TimeToEnd(ends: .never, range: nil)
    #expect(SequentialConnect(silent).timeToEnd.ends == .never)
    silent[0].prediction = TimeToEnd(ends: .maybeNever, range: Self.kernel.range)
    #expect(
      SequentialConnect(silent).text.hasSuffix("none is open, known after 134–137 s, or never"))
  }

  @Test func `probe text: each port of a name has its own sum, beside the time for the name`() {
    var names = SequentialConnect.Collector()
    for number in [4, 3, 2, 1] {
      var row = address(number, number == 4 ? .open(isReset: false) : .refused, number)
      row.target = "db"
      row.endpoint?.port = number % 2 == 0 ? 443 : 80
      row.resolution = .milliseconds(2500)
      names.add(row)
    }
    var alone = address(5, .refused, 1)
    alone.index = 1
    names.add(alone)
    #expect(
      names.turns.map(\.text) == [
        "db port 80, 2 addresses tried in turn: none is open, known after 4 s; 2.5 s for the name",
        "db port 443, 2 addresses tried in turn: open after 6 s; 2.5 s for the name",
      ])
  }

  @Test
  func `probe text: the median and the 95th of a hundred are times that were measured`() throws {
    let statistics = try #require(TimeStatistics((1...100).map { .milliseconds($0) }))
    #expect(statistics.least == .milliseconds(1))
    #expect(statistics.most == .milliseconds(100))
    #expect(statistics.median == .milliseconds(50))
    #expect(statistics.p95 == .milliseconds(95))
    #expect(TimeStatistics([]) == nil)
    let one = try #require(TimeStatistics([.seconds(2)]))
    #expect(one.median == .seconds(2))
    #expect(one.p95 == .seconds(2))
    #expect(TimeStatistics([.seconds(1), .seconds(2)])?.median == .seconds(1))
    #expect(TimeStatistics(nanoseconds: [3, 1, 2])?.most == .nanoseconds(3))
  }

  /// Numbers of times in milliseconds, and what is said of them.
  @Test(arguments: [
    (1, nil), (2, "1 ms to 2 ms, median 1 ms"), (19, "1 ms to 19 ms, median 10 ms"),
    (20, "1 ms to 20 ms, median 10 ms, 95 of 100 within 19 ms"),
  ])
  func `probe text: few times have few statistics`(count: Int, text: String?) {
    #expect(TimeStatistics((1...count).map { .milliseconds($0) })?.text == text)
  }

  @Test func `probe text: rounds are counted by outcome, times of refusals stand apart`() {
    func rounds(_ outcomes: [ConnectOutcome]) -> [ConnectResult] {
      outcomes.enumerated().map { ConnectResult($1, after: .milliseconds($0 + 1)) }
    }
    let open = ConnectOutcome.open(isReset: false)
    let mixed = RoundStatistics(rounds([.refused, open, .undecided, open]))
    #expect(
      mixed.text
        == "2 open, 1 refused, 1 undecided of 4; loss 25 %; open after 2 ms to 4 ms, median 2 ms")
    let refused = RoundStatistics(rounds([.refused, open]), expecting: [.refused])
    #expect(refused.timed == .refused)
    #expect(refused.times?.most == .milliseconds(1))
    let tried = RoundStatistics(
      rounds([.localError(call: "bind", errno: "EADDRINUSE"), open, .undecided]))
    #expect(tried.loss == 0.5)
    #expect(tried.text.contains("loss 50 %"))
    let many = RoundStatistics(rounds([.undecided] + Array(repeating: open, count: 2999)))
    #expect(many.text.contains("loss < 0.1 %;"))
    #expect(RoundStatistics(rounds([.unresolved(because: "no")])).loss == nil)
  }

  @Test
  func `probe text: an ICMP message of somebody else is an answer, one of this host is none`() {
    let routers = Self.result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = Self.router }
    let own = Self.result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = Self.own }
    #expect(RoundStatistics([routers, routers]).loss == 0)
    #expect(RoundStatistics([own, own]).loss == 1)
  }

  @Test
  func `probe text: a long table has a few of everything, and what is wrong before what is right`()
  {
    var rows = ProbeRows(expecting: [.open], limit: 64)
    func add(_ outcome: ConnectOutcome, _ count: Int) {
      for _ in 0..<count where rows.admits(outcome.kind) { rows.add(address(1, outcome, 1)) }
    }
    func shown(_ kind: ConnectOutcome.Kind) -> Int {
      rows.rows.count { $0.result.outcome.kind == kind }
    }
    add(.open(isReset: false), 100)
    #expect(rows.rows.count == 64)
    add(.refused, 100)
    #expect(rows.rows.count == 64)
    #expect(shown(.open) == 8)
    #expect(shown(.refused) == 56)
    add(.timedOut, 1)
    add(.open(isReset: false), 100)
    #expect(rows.rows.count == 64)
    #expect(shown(.timedOut) == 1)
    #expect(shown(.open) == 8)
  }

  @Test
  func `probe text: the text says what was left out, what it means and what was interrupted`() {
    var tally = ProbeTally()
    for _ in 0..<3 {
      tally.add([ConnectResult(.refused, after: .seconds(1))], .refused, isExpected: false)
    }
    tally.add([ConnectResult(.undecided, after: .seconds(1))], .undecided, isExpected: true)
    var row = address(1, .refused, 1)
    row.resolution = .seconds(2)
    let text = ProbeReport(
      rows: [row, row], tally: tally, interruption: "interrupted after 4 of 9 addresses",
      elapsed: .seconds(4)
    ).document.text(TextLayout(isColoured: false, width: 100))
    #expect(text.contains("… and 2 more (1 refused, 1 undecided); --format jsonl lists all"))
    #expect(text.contains("\ninterrupted after 4 of 9 addresses: 3 refused, 1 undecided; refused"))
    #expect(text.contains("refused: the host answers"))
    #expect(!text.contains("no answer in time"))
    // Said once, for all its addresses.
    let lookUps = text.split(separator: "\n").count { $0.hasSuffix("; 2 s for the name") }
    #expect(lookUps == 1, "\(text)")
  }

  @Test func `probe text: a race says how long it took, and whom the winner has beaten`() {
    func row(_ number: Int, _ outcome: ConnectOutcome, _ losers: [RaceReport.Loser])
      -> ProbedAddress
    {
      var row = address(number, outcome, 1)
      row.race = RaceReport(wait: .milliseconds(250), losers: losers)
      return row
    }
    func text(_ rows: [ProbedAddress]) -> String {
      ProbeReport(
        rows: rows, tally: ProbeTally(), elapsed: .seconds(1)
      ).document.text(TextLayout(isColoured: false, width: 200))
    }
    let silent = RaceReport.Loser(Endpoint(.v4(10, 0, 0, 1), port: 80), nil)
    let refused = RaceReport.Loser(Endpoint(.v4(10, 0, 0, 2), port: 80), .refused)
    let won = text([row(3, .open(isReset: false), [silent, refused])])
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      won.contains("won after 250 ms against 10.0.0.1:80 (no answer yet), 10.0.0.2:80 (refused)"))
    let other = RaceReport.Loser(Endpoint(.v4(10, 0, 0, 1), port: 80), .refused)
    let lost = text([row(1, .refused, [other, refused]), row(2, .refused, [other, refused])])
    let line = "name:80, 2 addresses raced: none is open, known after 250 ms"
    #expect(lost.split(separator: "\n").count { $0.hasSuffix(line) } == 1, "\(lost)")
    let open = text([row(1, .undecided, [silent, refused])])
    #expect(open.contains("none had answered after 250 ms, when we stopped waiting"), "\(open)")
    #expect(!text([row(1, .refused, [other])]).contains("raced"))
    #expect(!text([row(1, .open(isReset: false), [])]).contains("won"))
  }

  @Test func `probe text: of rounds the worst counts, first of those that are not as expected`() {
    let rounds: [ConnectResult] = [
      ConnectResult(.undecided, after: .seconds(2)), ConnectResult(.refused, after: .seconds(1)),
      ConnectResult(.undecided, after: .seconds(3)),
      ConnectResult(.open(isReset: false), after: .seconds(1)),
      ConnectResult(.localError(call: "connect", errno: "EADDRNOTAVAIL"), after: .zero),
    ]
    func counted(_ expected: Set<ConnectOutcome.Kind>) -> ConnectResult {
      ProbedAddress.result(of: rounds, expecting: expected)
    }
    #expect(counted([.open]) == rounds[2])
    #expect(counted([.open, .undecided]) == rounds[1])
    #expect(counted([.open, .undecided, .refused]) == rounds[4])
    #expect(counted(Set(ConnectOutcome.Kind.allCases)) == rounds[2])
  }

  @Test func `probe text: silence is explained by the link where the link explains all of it`() {
    var hung = ConnectResult(.undecided, after: .seconds(1))
    hung.nextHop = NextHop(device: "eth0", address: .v4(10, 0, 0, 1), state: .incomplete)
    func text(_ results: [ConnectResult]) -> String {
      var tally = ProbeTally()
      for result in results { tally.add([result], .undecided, isExpected: false) }
      return ProbeReport(
        rows: [], tally: tally, elapsed: .seconds(1)
      ).document.text(TextLayout(isColoured: false, width: 200))
    }
    let filtered = ConnectResult(.undecided, after: .seconds(1))
    #expect(text([hung, hung]).contains("no host on the link has the address of the next hop"))
    #expect(text([hung, filtered]).contains("a filter drops the packets"))
  }

  @Test func `probe text: outcomes with one meaning share its line`() throws {
    let lines = ConnectOutcome.Kind.meanings(of: [.undecided, .open, .timedOut, .refused])
    try #require(lines.count == 2)
    #expect(lines[1].hasPrefix("timed out, undecided: no answer in time"))
  }

  @Test func `probe text: a cell with a comma or a quotation mark is quoted`() {
    let row = ProbedAddress(
      target: "a\"b,c", endpoint: nil,
      rounds: [ConnectResult(.unresolved(because: "no"), after: .zero)])
    #expect(ProbeTable.line(for: row).hasPrefix("\"a\"\"b,c\",,unresolved,,,no,"))
    let cells = ProbeTable.header.split(separator: ",").count
    #expect(ProbeTable.line(for: row).count { $0 == "," } == cells)
  }
}
