import Advisor
import TCPModel
import Testing

/// Cases at the edge of a trap: near those where it counts, and otherwise.
struct TrapBoundsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let id: String
    let play: Case
    let counts: Bool
    var testDescription: String { "\(id) \(counts)" }

    init(_ id: String, counts: Bool, _ play: Case) {
      (self.id, self.play, self.counts) = (id, play, counts)
    }
  }

  private static func on(_ roundTrip: ClosedRange<Int>, _ play: Case) -> Case {
    var play = play
    play.path = Path(
      roundTrip: .milliseconds(roundTrip.lowerBound) ... .milliseconds(roundTrip.upperBound))
    return play
  }

  private static func stale(_ play: Case) -> Case {
    var play = play
    play.neighbourEntry = .stale
    return play
  }

  private static let fewProbes: [SysctlKey: Int] = [.neighbour("ucast_solicit", .v4): 1]
  private static let keepalive: [SysctlKey: Int] = [.tcpKeepaliveTime: 300]

  @Test(arguments: [
    Row("timers-fire-late", counts: true, on(20...20, trapCase(.send))),
    Row("timers-fire-late", counts: false, on(1...20, trapCase(.send))),
    Row("timers-fire-late", counts: false, on(300...300, trapCase(.send))),
    Row("timers-fire-late", counts: true, on(1...300, trapCase(.connect))),
    Row("timers-fire-late", counts: false, trapCase(.send, kernel: "3.10")),
    Row("timers-fire-late", counts: false, trapCase(.close, [.rtoMin: 5000])),
    Row("rto-max-shortens-the-limit", counts: true, trapCase(.send, [.rtoMax: 10_000])),
    Row(
      "rto-max-shortens-the-limit", counts: false,
      trapCase(.send, [.rtoMax: 10_000], [.tcpRetries2: 3])),
    Row("no-orphan-retries-are-eight", counts: false, trapCase(.close, [.rtoMax: 1000])),
    Row("no-orphan-retries-are-eight", counts: true, trapCase(.close, [.rtoMax: 110_000])),
    Row(
      "few-orphan-retries-lose-data", counts: false,
      trapCase(.close, [.userTimeout: 30_000], [.tcpOrphanRetries: 3])),
    Row("ucast-solicit-is-for-the-known", counts: true, trapCase(.neighbour, [:], fewProbes)),
    Row(
      "ucast-solicit-is-for-the-known", counts: false, stale(trapCase(.neighbour, [:], fewProbes))),
    Row(
      "new-namespaces-begin-anew", counts: true,
      trapCase(.idle, [.keepalive: 1], keepalive, kernel: "4.14")),
    Row(
      "new-namespaces-begin-anew", counts: false,
      trapCase(.idle, [.keepalive: 1], keepalive, kernel: "3.10")),
    Row("new-sockets-only", counts: false, trapCase(.connect, [:], [.tcpRtoMinUs: 5000])),
    Row("new-sockets-only", counts: true, trapCase(.connect, [:], [.tcpRtoMaxMs: 5000])),
    Row("new-sockets-only", counts: true, trapCase(.send, [:], [.tcpRtoMinUs: 5000])),
    Row("thin-streams-end-alike", counts: true, trapCase(.send, [.thinLinearTimeouts: 1])),
    Row("thin-streams-end-alike", counts: false, trapCase(.send, [.thinLinearTimeouts: 0])),
  ])
  func `a trap counts as far as it is so`(row: Row) throws {
    let trap = try #require(Trap.all.first { $0.id == row.id })
    #expect(trap.applies(to: row.play, played: Timeline(of: row.play)) == row.counts)
  }

  /// Ends with exact timers that come after the earliest one, as another timeout is met.
  @Test(arguments: [
    trapCase(.zeroWindow, [:], [.tcpRetries2: 5]), trapCase(.close, [.rtoMin: 5000]),
  ])
  func `a sum of waits is called the earliest end only where it is`(play: Case) throws {
    let played = Timeline(of: play)
    let (range, nominal) = (try #require(played.range), try #require(played.nominalEnd))
    #expect(range.earliest < nominal)
    #expect(!Trap.applying(to: play, played: played).contains { $0.id == "timers-fire-late" })
  }

  @Test func `the RTO minimum moves the end to another retransmission past the same limit`() throws
  {
    // (2^7 - 1) times 0.2 s.
    let limit = Duration.seconds(25.4)
    let sysctls: [SysctlKey: Int] = [.tcpRetries2: 6]
    let low = trapCase(.send, [:], sysctls.merging([.tcpRtoMinUs: 5000]) { $1 })
    let usual = try #require(Timeline(of: trapCase(.send, [:], sysctls)).range)
    let moved = try #require(Timeline(of: low).range)
    #expect(usual.earliest >= limit && moved.earliest >= limit && moved.latest > usual.latest * 1.5)
    let trap = try #require(Trap.all.first { $0.id == "rto-min-keeps-the-limit" })
    #expect(trap.sentence.contains("end moves") && !trap.sentence.contains("not the end"))
  }

  @Test func `no trap names a value that is not set`() throws {
    let trap = try #require(Trap.all.first { $0.id == "middleboxes-forget-first" })
    let play = trapCase(.idle, [.keepalive: 1, .keepIdle: 300])
    #expect(trap.applies(to: play, played: Timeline(of: play)))
    #expect(!trap.sentence.contains("hours"))
  }
}
