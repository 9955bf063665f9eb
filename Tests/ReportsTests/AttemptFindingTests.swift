import NetAddress
import Observations
import TCPModel
import Testing

@testable import Advisor
@testable import Reports

/// What people read of an attempt held against a profile.
struct AttemptFindingTests {
  private func finding(_ change: (inout Finding, inout Evidence.Attempt) -> Void) throws
    -> AttemptFinding
  {
    let seen = TimeRange(.milliseconds(3068), .milliseconds(3068))
    var attempt = Evidence.Attempt()
    var finding = Finding(
      profile: "p", group: "web", scenario: .connect, subject: .bound(.within),
      wanted: WrittenTime(.seconds(1)), status: .missed(by: nil),
      evidence: Evidence(timeToEnd: TimeToEnd(ends: .always, range: seen)), location: .sample(1))
    finding.target = "10.9.0.66:80"
    change(&finding, &attempt)
    finding.evidence.attempt = attempt
    return try #require(finding.attempt)
  }

  @Test func `attempt findings: a time that was seen is one time`() throws {
    #expect(try finding { _, _ in }.reason == "hung 3.07 s, within 1 s is requested")
  }

  @Test
  func `attempt findings: a prediction says that it is one, and under which options`() throws {
    let text = try finding {
      $1.isMeasured = false
      $0.evidence.options = SocketOptions([.userTimeout: 5000])
      $0.evidence.timeToEnd?.range = TimeRange(.milliseconds(5004), .milliseconds(5032))
    }.reason
    #expect(
      text == """
        would hang 5–5.04 s without an answer, according to the model, with TCP_USER_TIMEOUT=5000; within \
        1 s is requested
        """)
    let never = try finding {
      ($1.isMeasured, $0.evidence.timeToEnd) = (false, TimeToEnd(ends: .never, range: nil))
    }
    #expect(never.reason.hasPrefix("would hang forever without an answer"))
  }

  @Test func `attempt findings: what gives up too early is told so`() throws {
    let text = try finding { finding, _ in
      (finding.subject, finding.wanted) = (.bound(.survive), WrittenTime(.seconds(30)))
      finding.evidence.survives = .seconds(2)
    }
    .reason
    #expect(
      text == "gave up after 3.07 s, an outage of 30 s must be survived, and only one of 2 s is")
  }

  @Test func `attempt findings: what is answered too late after an outage is told so`() throws {
    let late = try finding { finding, _ in
      (finding.subject, finding.wanted) = (.bound(.recover), WrittenTime(.seconds(1)))
      finding.evidence.resumes = .seconds(16)
    }
    #expect(
      late.reason == """
        hung 3.07 s, an attempt must be answered within 1 s after an outage, and it may take 16 s
        """)
    #expect(
      try finding { finding, _ in finding.subject = .bound(.recover) }.reason.hasSuffix(
        "such an outage is not survived"))
  }

  @Test
  func `attempt findings: where the neighbour may be gone both ends have their reasons`() throws {
    let silent = Experiment(.connect, in: try Host.stock().snapshot)
    var stale = silent
    (stale.scenario, stale.neighbourEntry) = (.neighbour, .stale)
    let end = ConnectHang(
      HangForecast(silent, Timeline(of: silent)), or: HangForecast(stale, Timeline(of: stale)))
    let decision = try finding { $1.causes = [.timers(end)] }.decision
    #expect(decision.first?.contains("tcp_syn_retries = 6") == true)
    #expect(
      decision.last == """
        If the neighbour no longer answers: decided by the neighbour table: \
        delay_first_probe_time = 5 s, then ucast_solicit = 3 requests to the old address, then \
        mcast_solicit = 3 to all, retrans_time_ms = 1000 ms apart.
        """)
  }

  @Test func `attempt findings: whose message decided it is named`() throws {
    let router = ICMPReport(isV6: false, type: 3, code: 13, sender: .v4(10, 8, 1, 2), isOwn: false)
    let summary = try finding { $1.causes = [.message(router), .message(router)] }
    #expect(
      summary.decision == ["Decided by a message: administratively filtered, reported by 10.8.1.2."]
    )
    #expect(summary.remedy == nil)
  }

  @Test func `attempt findings: a reason stands where nobody knows`() throws {
    let unknown = try finding { finding, _ in finding.status = .unknown(because: "eth0 asks") }
    #expect(unknown.reason == "hangs for an unknown time: eth0 asks; within 1 s is requested")
  }

  @Test func `attempt findings: what a probe cannot see is a condition`() throws {
    let entry = try finding { $1.unseen = [.process, .user] }.entry()
    let text = Document(.statuses([entry])).text(TextLayout(isColoured: false, width: 200))
    #expect(
      text.hasPrefix(
        "  MISSED   web: 10.9.0.66:80 hung 3.07 s, within 1 s is requested, if process"))
  }

  @Test
  func `attempt findings: why there is no finding names the profile, and what it asks for`() throws
  {
    var group = ConnectionGroup(name: "db", objectives: [], location: .sample(1))
    group.match.remote = .init(IPPrefix(.v4(10, 0, 0, 0), length: 8), writtenAs: "10.0.0.0/8")
    group.match.remotePort = 5432
    #expect(
      SkippedProfile(profile: "far", .elsewhere([group])).text == """
        no group of `far` matches these destinations (db: remote 10.0.0.0/8, remote_port 5432)
        """)
    #expect(SkippedProfile(profile: "p", .calm).text == "nothing hung that `p` matches")
  }
}
