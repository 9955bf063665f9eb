import Glibc
import Linux
import TCPModel
import Testing

@testable import Laboratory

/// Cases played with real sockets, held against the model; skipped where namespaces are forbidden.
struct LiveTests {
  static let keepalive = SocketOptions([
    .keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 3,
  ])

  /// Short cases of every kind; the longest takes four and a half seconds.
  static let cases: [Case] = Case.Family.allCases.flatMap { family in
    let few = Bench.snapshot([.tcpSynRetries: 1, .tcpSynLinearTimeouts: 4, .tcpRetries2: 1])
    let plain = Bench.snapshot([.tcpEarlyRetrans: 0, .tcpRetries2: 1])
    return [
      Case(.connect, in: few, family: family),
      Case(.connect, in: few, options: SocketOptions([.userTimeout: 1500]), family: family),
      Case(.connect, in: plain, options: SocketOptions([.synCount: 1]), family: family),
      Case(.idle, in: few, options: keepalive, family: family),
      Case(
        .idle, in: few, options: keepalive.overridden(by: SocketOptions([.userTimeout: 1500])),
        family: family),
      Case(.send, in: few, options: SocketOptions([.userTimeout: 1000]), family: family),
      Case(.send, in: few, family: family),
      Case(.send, in: few, family: family, path: Path(segments: 3)),
      Case(.send, in: plain, family: family),
    ]
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `what happens is what the model says`() throws {
    try check(try Laboratory.play(Self.cases, for: .seconds(8), executable: Bench.executable))
  }

  @Test(.enabled("a sandbox of user 65534 is refused here") { Bench.isAllowedToNobody })
  func `a user without rights sees the same`() throws {
    try check(
      try Laboratory.play(
        Self.cases, for: .seconds(8), executable: Bench.executable, wrapper: Bench.nobody))
  }

  @Test(.enabled("no C compiler or no seccomp here") { Bench.isAllowed && Confine.isPossible })
  func `where no tap is allowed, segments are counted`() throws {
    let wrapper = try #require(Confine.wrapper(.packets))
    try check(
      try Laboratory.play(
        Self.cases, for: .seconds(8), executable: Bench.executable, wrapper: wrapper))
  }

  private func check(_ measurement: Measurement) throws {
    #expect(measurement.observations.count == Self.cases.count)
    #expect(measurement.stoppedBy == nil && measurement.mishap == nil)
    for (play, observation) in zip(Self.cases, measurement.observations) {
      expect(observation, asModelled: play)
    }
  }

  private func expect(_ observation: Observation, asModelled play: Case) {
    Bench.expect(observation, asModelled: play)
    #expect(observation.notCopied.keys.allSatisfy { !$0.rawValue.hasPrefix("net.ipv4.tcp_") })
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `a hundred cases take as long as one`() throws {
    let cases = (0..<100).map { number in
      Case(
        .connect, in: Bench.snapshot([.tcpSynLinearTimeouts: number % 5]),
        options: SocketOptions([.userTimeout: 1]))
    }
    let start = Clock.monotonic.now
    let measurement = try Laboratory.play(cases, for: .seconds(6), executable: Bench.executable)
    #expect(Clock.monotonic.now - start < .seconds(3))
    for (play, observation) in zip(cases, measurement.observations) {
      expect(observation, asModelled: play)
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `what has not ended when the budget is over is running`() throws {
    let cases = [
      Case(.connect, in: Bench.snapshot()), Case(.idle, in: Bench.snapshot()),
      Case(.timeWait, in: Bench.snapshot()),
    ]
    var calls: [Duration] = []
    let start = Clock.monotonic.now
    let measurement = try Laboratory.play(
      cases, for: .milliseconds(1300), executable: Bench.executable
    ) { calls.append($0) }
    let wall = Clock.monotonic.now - start
    #expect(wall >= .milliseconds(1300) && wall < .milliseconds(1500))
    #expect(calls.count >= 4 && calls == calls.sorted())
    let observations = measurement.observations
    for observation in observations.prefix(2) {
      guard case .running(let time) = observation.outcome else {
        Issue.record("\(observation.outcome)")
        continue
      }
      #expect(time > .milliseconds(1000) && time <= wall)
    }
    #expect(observations[0].events.map(\.kind) == [.syn, .retransmission])
    #expect(observations[1].events.isEmpty)
    guard case .running = observations[2].outcome else {
      Issue.record("\(observations[2].outcome)")
      return
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed }, arguments: [-5, 0])
  func `a budget of nothing plays nothing`(seconds: Int) throws {
    let measurement = try Laboratory.play(
      [Case(.connect, in: Bench.snapshot())], for: .seconds(seconds),
      executable: Bench.executable)
    #expect(
      measurement.observations.map(\.outcome)
        == [.notPlayed(because: "the budget was over before it could begin")])
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `SIGINT ends the waiting and keeps what is there`() throws {
    var sent = false
    let start = Clock.monotonic.now
    let measurement = try Laboratory.play(
      [Case(.connect, in: Bench.snapshot())], for: .seconds(10), executable: Bench.executable
    ) { elapsed in
      if elapsed > .milliseconds(400), !sent {
        sent = true
        pthread_kill(pthread_self(), SIGINT)
      }
    }
    #expect(Clock.monotonic.now - start < .seconds(2))
    #expect(measurement.stoppedBy == .interrupt)
    let observation = try #require(measurement.observations.first)
    #expect(observation.events.map(\.kind) == [.syn])
    guard case .running = observation.outcome else {
      Issue.record("\(observation.outcome)")
      return
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `options set late count from the last activity`() throws {
    var late = Case(.idle, in: Bench.snapshot(), options: Self.keepalive)
    late.optionsSetAfter = .milliseconds(1500)
    late.options[.keepCount] = 1
    let measurement = try Laboratory.play(
      [late], for: .seconds(5), executable: Bench.executable)
    expect(try #require(measurement.observations.first), asModelled: late)
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `an option the kernel refuses is told with its name`() throws {
    let wrong = Case(.connect, in: Bench.snapshot(), options: SocketOptions([.synCount: 500]))
    let measurement = try Laboratory.play(
      [wrong], for: .seconds(1), executable: Bench.executable)
    #expect(
      measurement.observations.map(\.outcome)
        == [.notPlayed(because: "setsockopt TCP_SYNCNT to 500: EINVAL")])
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `a setting the sandbox does not take is told with the reason`() throws {
    let measurement = try Laboratory.play(
      [Case(.connect, in: Bench.snapshot([.tcpSynRetries: 0]))], for: .milliseconds(400),
      executable: Bench.executable)
    #expect(measurement.observations.first?.notCopied[.tcpSynRetries] == "EINVAL")
  }
}
