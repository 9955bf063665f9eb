import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

/// What sockets are in the middle of.
struct OngoingScenarioTests {
  private func ongoing(_ socket: ObservedSocket) throws -> OngoingScenario? {
    try SocketReport.sample(socket).sockets[0].ongoing
  }

  private func timer(_ timer: InetDiagSocket.Timer, _ next: Duration, count: Int)
    -> (inout InetDiagSocket) -> Void
  {
    {
      ($0.timer, $0.timerRemaining, $0.retransmissions) = (timer, next, count)
      $0.info?.retransmits = count
    }
  }

  @Test func `ongoing: a calm connection is in the middle of nothing`() throws {
    #expect(try ongoing(.sample()) == nil)
    #expect(
      try ongoing(.sample(change: timer(.retransmission, .milliseconds(100), count: 0))) == nil)
    #expect(try ongoing(.sample(change: timer(.keepalive, .seconds(100), count: 0))) == nil)
    #expect(try ongoing(.sample(.timeWait, change: timer(.timeWait, .seconds(9), count: 0))) == nil)
  }

  @Test func `ongoing: after seven retransmissions a quarter of an hour is left of data`() throws {
    let found = try #require(
      try ongoing(
        .sample {
          ($0.timer, $0.timerRemaining, $0.retransmissions) = (.retransmission, .seconds(20), 7)
          $0.info?.retransmissionTimeout = .milliseconds(204 << 7)
          $0.info?.backoff = 7
          $0.info?.sinceLastAcknowledged = .seconds(33)
        }))
    #expect(found.scenario == .send)
    #expect(found.unanswered == 7)
    #expect(found.silence == .seconds(33))
    // 0.204 × (2^8 − 1) s lie behind when the next is due, and 20 s before it.
    let since = try #require(found.progress?.since)
    #expect(since.earliest < .seconds(32) && since.latest > .seconds(32))
    #expect(since.latest - since.earliest < .seconds(5))
    let remaining = try #require(found.progress?.remaining.range)
    #expect(remaining.earliest > .seconds(880) && remaining.latest < .seconds(960))
  }

  @Test func `ongoing: a program that closed is told apart from one that waits`() throws {
    let change = timer(.retransmission, .seconds(1), count: 2)
    #expect(try ongoing(.sample(.finWait1, change: change))?.scenario == .send)
    #expect(try ongoing(.sample(.finWait1, owners: [], change: change))?.scenario == .close)
    #expect(try ongoing(.sample(.lastAck, owners: [], change: change))?.scenario == .close)
  }

  @Test func `ongoing: whoever connects waits from the first SYN on`() throws {
    let found = try #require(
      try ongoing(
        .sample(.synSent, change: timer(.retransmission, .milliseconds(900), count: 0))))
    #expect(found.scenario == .connect)
    let range = try #require(found.progress?.remaining.range)
    #expect(range.earliest > .seconds(130) && range.latest < .seconds(137))
    let few = SocketOptions([.synCount: 1])
    let short = try #require(
      try ongoing(
        .sample(
          .synSent, options: few, change: timer(.retransmission, .milliseconds(900), count: 0))))
    #expect(try #require(short.progress?.remaining.range).latest < .seconds(12))
  }

  @Test func `ongoing: a peer that answers probes of its closed window is waited for for ever`()
    throws
  {
    let alive = try #require(
      try ongoing(.sample(change: timer(.zeroWindowProbe, .seconds(1), count: 0))))
    #expect(alive.progress?.remaining.ends == .never)
    let dead = try #require(
      try ongoing(
        .sample {
          ($0.timer, $0.timerRemaining, $0.retransmissions) = (.zeroWindowProbe, .seconds(3), 4)
          $0.info?.backoff = 4
        }))
    #expect(dead.progress?.remaining.ends == .always)
  }

  @Test func `ongoing: keepalive probes count down by the options of the socket`() throws {
    let options = SocketOptions([.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 5])
    let found = try #require(
      try ongoing(.sample(options: options, change: timer(.keepalive, .seconds(4), count: 2))))
    // The third of five after 4 s, and the end three intervals later.
    let range = try #require(found.progress?.remaining.range)
    #expect(range.earliest >= .seconds(31) && range.earliest <= .seconds(34))
    #expect(range.latest >= .seconds(34) && range.latest < .seconds(40))
  }

  @Test func `ongoing: nothing is said of keepalive times that are hidden`() throws {
    let found = try #require(
      try ongoing(.sample(options: nil, change: timer(.keepalive, .seconds(4), count: 2))))
    guard case .unknown? = found.progress?.remaining.ends else {
      Issue.record("\(found)")
      return
    }
    #expect(found.progress?.since == nil)
  }

  @Test func `ongoing: a timeout that has reached its maximum is still bounded`() throws {
    let found = try #require(
      try ongoing(
        .sample {
          ($0.timer, $0.timerRemaining, $0.retransmissions) = (.retransmission, .seconds(60), 13)
          $0.info?.retransmissionTimeout = .seconds(120)
          $0.info?.backoff = 13
        }))
    let remaining = try #require(found.progress?.remaining.range)
    #expect(remaining.latest < .seconds(400))
    #expect(remaining.latest > .seconds(150))
  }
}
