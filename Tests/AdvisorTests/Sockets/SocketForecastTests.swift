import Advisor
import NetAddress
import Observations
import TCPModel
import Testing

/// What would become of a calm socket whose peer is gone.
struct SocketForecastTests {
  private func forecast(_ socket: ObservedSocket, _ scenario: Scenario) throws -> SocketForecast {
    let report = try SocketReport.sample(socket)
    return try #require(report.sockets[0].forecast(scenario))
  }

  @Test func `forecast: without keepalive a dead peer is never noticed while idle`() throws {
    #expect(try forecast(.sample(), .idle).timeToEnd.ends == .never)
  }

  @Test func `forecast: with its own keepalive times it is noticed by them`() throws {
    let options = SocketOptions([.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 3])
    let range = try #require(try forecast(.sample(options: options), .idle).timeToEnd.range)
    #expect(range.earliest >= .seconds(90))
    #expect(range.latest < .seconds(97))
  }

  @Test func `forecast: data is given up by the sysctl, from the timeout the socket has`() throws {
    let short = try forecast(.sample(), .send)
    #expect(short.timeToEnd.range.map { $0.earliest > .seconds(924) } == true)
    #expect(short.errno == "ETIMEDOUT")
    let long = try forecast(
      .sample { $0.info?.retransmissionTimeout = .seconds(3) }, .send)
    #expect(try #require(long.timeToEnd.range).latest > #require(short.timeToEnd.range).latest)
  }

  @Test func `forecast: a user timeout ends both`() throws {
    let options = SocketOptions([.keepalive: 1, .userTimeout: 20_000])
    let send = try forecast(.sample(options: options), .send)
    #expect(send.timeToEnd.range.map { $0.latest < .seconds(25) } == true)
  }

  @Test func `forecast: where options are hidden the timer tells whether keepalive is on`() throws {
    let off = try forecast(.sample(options: nil), .idle)
    #expect(off.timeToEnd.ends == .never)
    #expect(!off.isAssumed)
    let on = try forecast(
      .sample(options: nil) {
        ($0.timer, $0.timerRemaining) = (.keepalive, .seconds(100))
      }, .idle)
    #expect(on.isAssumed)
    #expect(try #require(on.timeToEnd.range).earliest >= .seconds(7875))
    let busy = try forecast(
      .sample(options: nil) {
        ($0.timer, $0.timerRemaining) = (.retransmission, .milliseconds(100))
      }, .idle)
    guard case .unknown = busy.timeToEnd.ends else {
      Issue.record("\(busy)")
      return
    }
  }

  @Test func `forecast: of a listener what it accepts inherits is told`() throws {
    let options = SocketOptions([.keepalive: 1, .keepIdle: 120, .keepInterval: 30, .keepCount: 4])
    let listener = ObservedSocket.sample(.listen, to: .any(.v4), options: options)
    let idle = try #require(try forecast(listener, .idle).timeToEnd.range)
    #expect(idle.earliest >= .seconds(240) && idle.latest < .seconds(265))
    #expect(try forecast(listener, .accept).timeToEnd.ends == .always)
  }

  @Test(arguments: [TCPState.timeWait, .synSent, .finWait1, .lastAck, .closed])
  func `forecast: of what is ending already nothing is`(state: TCPState) throws {
    #expect(try SocketReport.sample(.sample(state)).sockets[0].forecasts.isEmpty)
  }
}
