import Linux
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

struct LineTests {
  static let options = SocketOptions([.userTimeout: 1000, .keepalive: 1])

  static let commands: [(SandboxCommand, String)] = [
    (.deadline(.milliseconds(1500)), "deadline 1500000000"),
    (.settings, "settings"),
    (.sysctl(.tcpSynRetries, "1"), "sysctl net.ipv4.tcp_syn_retries 1"),
    (
      .sysctl(SysctlKey("net.ipv4.tcp_rmem"), "4096 131072 6291456"),
      "sysctl net.ipv4.tcp_rmem 4096 131072 6291456"
    ),
    (
      .run(
        RunRequest(
          number: 7, settings: 2, scenario: .send, family: .v6, segments: 3,
          optionsSetAfter: .zero, outage: nil, options: options)),
      "case 7 2 send ipv6 3 0 endless SO_KEEPALIVE=1 TCP_USER_TIMEOUT=1000"
    ),
    (
      .run(
        RunRequest(
          number: 0, settings: 0, scenario: .idle, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: .milliseconds(1500), options: SocketOptions())),
      "case 0 0 idle ipv4 1 0 1500000000"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .zeroWindow, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: nil, receiverFate: .dies(after: .seconds(2)),
          options: SocketOptions([.userTimeout: 1]))),
      "case 1 0 zero-window ipv4 1 0 endless dies-after=2000000000 TCP_USER_TIMEOUT=1"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .zeroWindow, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: nil, receiverFate: .diesAnswering(probe: 3),
          options: SocketOptions())),
      "case 1 0 zero-window ipv4 1 0 endless dies-answering=3"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .zeroWindow, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: nil, receiverFate: .survives, options: SocketOptions())),
      "case 1 0 zero-window ipv4 1 0 endless dies=never"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .neighbour, family: .v6, segments: 1,
          optionsSetAfter: .zero, outage: nil, entry: .stale, options: SocketOptions())),
      "case 1 0 neighbour ipv6 1 0 endless entry=stale"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .movedAddress, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: nil, entry: .reachable, activity: .idle,
          options: SocketOptions())),
      "case 1 0 moved-address ipv4 1 0 endless entry=reachable client=idle"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .idle, family: .v4, segments: 1,
          optionsSetAfter: .zero, outage: nil,
          box: ForgettingBox(
            memory: .seconds(2), expiry: .reset, countsKeepalive: false, lostSegments: 1),
          options: SocketOptions())),
      "case 1 0 idle ipv4 1 0 endless box=2000000000,data,reset,1"
    ),
    (
      .run(
        RunRequest(
          number: 1, settings: 0, scenario: .close, family: .v4, segments: 0,
          optionsSetAfter: .zero, outage: nil,
          endWindows: [.zero...(.nanoseconds(5)), .nanoseconds(7)...(.nanoseconds(9))],
          options: SocketOptions())),
      "case 1 0 close ipv4 0 0 endless ends=0..5 ends=7..9"
    ),
    (
      .runFact(id: "timed-out", steps: "option TCP_SYNCNT, set 1, connect silent, wait, epoll"),
      "fact timed-out option TCP_SYNCNT, set 1, connect silent, wait, epoll"
    ),
    (.start, "run"),
  ]

  @Test(arguments: commands)
  func `protocol: a command is written as documented and read back`(
    command: SandboxCommand, line: String
  )
    throws
  {
    #expect(command.line == line)
    #expect(try SandboxCommand(parsing: line) == command)
  }

  static let reports: [(SandboxEvent, String)] = [
    (.refused(because: "unshare: EPERM (a; b)"), "refused unshare: EPERM (a; b)"),
    (
      .notCopied(settings: 1, .tcpSynRetries, errno: "EACCES"),
      "not-copied 1 net.ipv4.tcp_syn_retries EACCES"
    ),
    (
      .timeouts(number: 3, retransmission: .milliseconds(204), roundTrip: .microseconds(12)),
      "timeouts 3 204000000 12000"
    ),
    (
      .event(number: 0, Observation.Event(.keepaliveProbe, at: .seconds(1))),
      "event 0 keepalive-probe 1000000000"
    ),
    (
      .ended(number: 0, errno: "ETIMEDOUT", after: .nanoseconds(5)),
      "ended 0 ETIMEDOUT 5"
    ),
    (.ended(number: 0, errno: nil, after: .nanoseconds(5)), "ended 0 - 5"),
    (.lastSeen(number: 4, at: .seconds(60)), "last-seen 4 60000000000"),
    (.outageOver(number: 2, lasted: .milliseconds(1501)), "outage-over 2 1501000000"),
    (.outlived(number: 2, resumedAfter: .nanoseconds(7)), "outlived 2 7"),
    (.begun(number: 0, at: .seconds(2)), "begun 0 2000000000"),
    (
      .notRun(number: 9, because: "not run live yet"),
      "not-run 9 not run live yet"
    ),
    (.fact(id: "a", seen: "epoll: 0x14, send: 1"), "fact a epoll: 0x14, send: 1"),
    (
      .factNotRun(id: "a", because: "bind 127.0.0.1:0: EPERM"),
      "fact-not-run a bind 127.0.0.1:0: EPERM"
    ),
    (.done, "done"),
  ]

  @Test(arguments: reports)
  func `protocol: a report is written as documented and read back`(
    report: SandboxEvent, line: String
  ) throws {
    #expect(report.line == line)
    #expect(try SandboxEvent(parsing: line) == report)
  }

  @Test(arguments: [
    "", " ", "dance", "settings now", "deadline", "deadline -1", "deadline 1.5", "deadline  1",
    "deadline 99999999999999999999", "sysctl net.ipv4.tcp_syn_retries", "case 0 0 connect ipv4 1",
    "case 0 0 connect ipv4 1 0", "case 0 0 connect ipv4 1 0 endles",
    "case 0 0 connect ipv4 1 0 -1", "case 0 0 dance ipv4 1 0 0", "case 0 0 connect ipv5 1 0 0",
    "case 0 0 connect ipv4 1 0 endless ", "case 0 0 connect ipv4 1 0 0 TCP_NONSENSE=1",
    "case 0 0 connect ipv4 1 0 0 TCP_SYNCNT", "case 0 0 connect ipv4 1 0 0 TCP_SYNCNT=x",
    "case 0 0 connect ipv4 1 0 0 TCP_SYNCNT=4294967296",
    "case 0 0 connect ipv4 1 0 0 TCP_SYNCNT=1 TCP_SYNCNT=2", "fact", "fact a", "run it", "stop",
    "done",
  ])
  func `protocol: a line that is no command is refused`(line: String) {
    #expect(throws: MalformedLine(line)) { try SandboxCommand(parsing: line) }
  }

  @Test(arguments: [
    "", "DONE", "done done", "event 0 syn", "event 0 party 5", "event x syn 5", "event -1 syn 5",
    "ended 0 ETIMEDOUT", "ended 0 ETIMEDOUT 1 2", "not-run 0", "begun 0 soon",
    "timeouts 0 1", "outage-over 0", "outlived 0 soon", "outlived 0 1 2",
    "not-copied 0 net.ipv4.tcp_sack", "fact", "fact a", "fact-not-run a", "run",
  ])
  func `protocol: a line that is no report is refused`(line: String) {
    #expect(throws: MalformedLine(line)) { try SandboxEvent(parsing: line) }
  }

  @Test func `protocol: lines are complete whatever pieces they come in`() throws {
    var lines = LineBuffer()
    var seen: [String] = []
    for byte in Array("one\ntwo words\n\nrest".utf8) { seen += try lines.add([byte]) }
    #expect(seen == ["one", "two words", ""])
    #expect(try lines.add(Array("\n".utf8)) == ["rest"])
  }

  @Test func `protocol: a line without an end is refused`() {
    var lines = LineBuffer()
    #expect(throws: MalformedLine.self) {
      try lines.add([UInt8](repeating: 65, count: LineBuffer.limit + 1))
    }
  }
}
