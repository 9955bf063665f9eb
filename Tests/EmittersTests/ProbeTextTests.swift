import TCPModel
import Testing

@testable import Emitters

/// What people and monitoring read of a probe.
struct ProbeTextTests {
  private static let kernel = Span(
    ends: .always, range: TimeRange(.milliseconds(133_260), .milliseconds(135_304)))
  private static let router = ICMPReport(
    isV6: false, type: 3, code: 13, sender: "10.8.1.2", isOwn: false)
  private static let own = ICMPReport(
    isV6: false, type: 3, code: 1, sender: "10.8.1.1", isOwn: true)

  private static func result(_ outcome: ConnectOutcome, _ change: (inout ConnectResult) -> Void)
    -> ConnectResult
  {
    var result = ConnectResult(outcome, after: .seconds(1))
    change(&result)
    return result
  }

  static let details: [(ConnectResult, String)] = [
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
      "1 SYN sent again; administratively filtered, says 10.8.1.2, which did not end it"
    ),
    (result(.refused) { _ in }, "ECONNREFUSED"),
    (
      result(.refused) { ($0.retransmissions, $0.report) = (1, router) },
      "ECONNREFUSED: administratively filtered, says 10.8.1.2; 1 SYN sent again"
    ),
    (
      result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = router },
      "EHOSTUNREACH: administratively filtered, says 10.8.1.2"
    ),
    (
      result(.unreachable(errno: "EHOSTUNREACH")) { $0.report = own },
      "EHOSTUNREACH: no neighbour answers, or a firewall rejects it, says this host"
    ),
    (
      result(.unreachable(errno: "ENETUNREACH")) { $0.isAtOnce = true },
      "ENETUNREACH: this host has no way there"
    ),
    (
      result(.unreachable(errno: "ENETUNREACH")) { _ in },
      "ENETUNREACH: no ICMP message says who"
    ),
    (result(.timedOut) { _ in }, "ETIMEDOUT; predicted 133–136 s"),
    (
      result(.undecided) { $0.retransmissions = 1 },
      "no answer to 2 SYNs; the kernel gives up after 133–136 s"
    ),
    (
      result(.localError(call: "connect", errno: "EPERM")) { _ in },
      "connect: EPERM, a policy of this host (a BPF program of the cgroup, seccomp)"
    ),
    (result(.unresolved(because: "EAI_NONAME: unknown")) { _ in }, "EAI_NONAME: unknown"),
  ]

  @Test(arguments: details)
  func `an outcome says what it is`(result: ConnectResult, text: String) {
    #expect(result.detail(kernel: Self.kernel) == text)
  }

  @Test func `every ICMP message that ends an attempt has a name`() {
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
    #expect(odd.text == "ICMPv6 type 100 code 7, says an unknown router")
  }

  private func address(_ number: Int, _ outcome: ConnectOutcome, _ seconds: Int) -> ProbedAddress {
    ProbedAddress(
      target: "name:80", number: number, address: "10.0.0.\(number):80",
      rounds: [ConnectResult(outcome, after: .seconds(seconds))], resolution: .milliseconds(1))
  }

  @Test func `addresses in turn add up to the first that is open`() {
    let rows = [
      address(1, .unreachable(errno: "EHOSTUNREACH"), 3), address(2, .timedOut, 7),
      address(3, .open(isReset: false), 1), address(4, .timedOut, 100),
    ]
    #expect(TurnOfAddresses(rows, kernel: [:]).text == "open after 11 s")
    let silent = [address(1, .undecided, 1), address(2, .refused, 1)]
    #expect(
      TurnOfAddresses(silent, kernel: [false: Self.kernel]).text
        == "none is open, known after 134–137 s")
    #expect(TurnOfAddresses(silent, kernel: [:]).text == "unknown")
  }

  @Test func `the median and the 95th of a hundred are times that were measured`() throws {
    let statistics = try #require(TimeStatistics((1...100).map { .milliseconds($0) }))
    #expect(statistics.least == .milliseconds(1) && statistics.most == .milliseconds(100))
    #expect(statistics.median == .milliseconds(50) && statistics.p95 == .milliseconds(95))
    #expect(TimeStatistics([]) == nil)
    let one = try #require(TimeStatistics([.seconds(2)]))
    #expect(one.median == .seconds(2) && one.p95 == .seconds(2))
  }

  @Test func `a cell with a comma or a quotation mark is quoted`() {
    let row = ProbedAddress(
      target: "a\"b,c", address: nil,
      rounds: [ConnectResult(.unresolved(because: "no"), after: .zero)])
    #expect(ProbeTable.line(for: row, isExpected: false).hasPrefix("\"a\"\"b,c\",,unresolved,,"))
    let cells = ProbeTable.header.split(separator: ",").count
    #expect(ProbeTable.line(for: row, isExpected: false).count { $0 == "," } == cells)
  }
}
