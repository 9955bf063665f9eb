import NetAddress
import Observations
import TCPModel
import Testing

@testable import Reports

/// What monitoring reads of a probe.
struct ProbeMonitoringTests {
  private func address(_ number: Int, _ outcome: ConnectOutcome, _ seconds: Int) -> ProbedAddress {
    ProbedAddress(
      target: "name:80", number: number, endpoint: Endpoint(.v4(10, 0, 0, UInt8(number)), port: 80),
      rounds: [ConnectResult(outcome, after: .seconds(seconds))], resolution: .milliseconds(1))
  }

  @Test func `monitoring: a series stands once in a textfile, however often the address does`() {
    var rows = [
      address(2, .refused, 1), address(1, .open(isReset: false), 1), address(2, .timedOut, 2),
    ]
    rows.append(
      ProbedAddress(
        target: "odd\"\\\n", endpoint: nil,
        rounds: [ConnectResult(.unresolved(because: "no"), after: .zero)]))
    var text = ""
    PrometheusText(rows).write { text += $0 }
    let lines = text.split(separator: "\n")
    let series = lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != " " } }
    #expect(Set(series).count == series.count)
    #expect(!series.isEmpty)
    #expect(text.contains("seconds{target=\"name:80\",address=\"10.0.0.2:80\"} 2\n"))
    #expect(
      text.contains(
        "rounds{target=\"name:80\",address=\"10.0.0.2:80\",outcome=\"refused\"} 1\n"))
    #expect(text.contains("{target=\"odd\\\"\\\\\\n\",address=\"\",outcome=\"unresolved\"} 1\n"))
    #expect(!lines.contains { $0.hasPrefix("tcpadvisor_probe_seconds{target=\"odd") })
  }

  @Test func `monitoring: an operator reads which targets fail`() {
    var tally = ProbeTally()
    #expect(NagiosLine(tally, failures: []).status == .unknown)
    let time = ConnectResult(.open(isReset: false), after: .microseconds(9))
    tally.add([time], .open, isExpected: true)
    #expect(NagiosLine(tally, failures: []).text.hasSuffix(" 'median'=0.000009s"))
    let local = ConnectOutcome.localError(call: "bind", errno: "EADDRINUSE")
    tally.add([ConnectResult(local, after: .zero)], .localError, isExpected: false)
    #expect(NagiosLine(tally, failures: [address(1, local, 0)]).status == .unknown)
    for _ in 0..<4 {
      tally.add([ConnectResult(.refused, after: .zero)], .refused, isExpected: false)
    }
    let failures = (1...3).map { address($0, .refused, $0) }
    let line = NagiosLine(tally, failures: failures)
    #expect(
      line.text.hasPrefix(
        """
        PROBE CRITICAL - 1 open, 4 refused, 1 local error; name:80 10.0.0.1:80 refused after 1 s, \
        name:80 10.0.0.2:80 refused after 2 s, name:80 10.0.0.3:80 refused after 3 s and 2 more | \
        'open'=1
        """))
    #expect(line.status == .critical)
    let broken = NagiosLine(tally, failures: failures, interruption: "interrupted")
    #expect(broken.status == .unknown)
    #expect(broken.text.hasPrefix("PROBE UNKNOWN - interrupted: 1"))
    #expect(NagiosStatus.unknownLine(of: "probe", because: "a | b\nc") == "PROBE UNKNOWN - a / b c")
  }
}
