import Glibc
import Linux
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// Cases run with real sockets, held against the model; skipped where namespaces are forbidden.
struct LiveTests {
  static let keepalive = SocketOptions([
    .keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 3,
  ])

  /// Short cases of every kind; the longest takes four and a half seconds.
  static let experiments: [Experiment] = AddressFamily.allCases.flatMap { family in
    let few = Bench.snapshot([.tcpSynRetries: 1, .tcpSynLinearTimeouts: 4, .tcpRetries2: 1])
    let plain = Bench.snapshot([.tcpEarlyRetrans: 0, .tcpRetries2: 1])
    return [
      Experiment(.connect, in: few, family: family),
      Experiment(.connect, in: few, options: SocketOptions([.userTimeout: 1500]), family: family),
      Experiment(.connect, in: plain, options: SocketOptions([.synCount: 1]), family: family),
      Experiment(.idle, in: few, options: keepalive, family: family),
      Experiment(
        .idle, in: few, options: keepalive.overridden(by: SocketOptions([.userTimeout: 1500])),
        family: family),
      Experiment(.send, in: few, options: SocketOptions([.userTimeout: 1000]), family: family),
      Experiment(.send, in: few, family: family),
      Experiment(.send, in: few, family: family, path: Path(segments: 3)),
      Experiment(.send, in: plain, family: family),
    ]
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: what happens is what the model says`() throws {
    try check(try Laboratory.run(Self.experiments, for: .seconds(8), executable: Bench.executable))
  }

  @Test(.enabled("user 65534 gets no namespaces here") { Bench.isAllowedToNobody })
  func `live: a user without rights sees the same`() throws {
    try check(
      try Laboratory.run(
        Self.experiments, for: .seconds(8), executable: Bench.executable, wrapper: Bench.nobody))
  }

  @Test(
    .enabled("namespaces are refused here") { Bench.isAllowed },
    .enabled("no C compiler or no seccomp here") { Confine.isPossible })
  func `live: where no tap is allowed, segments are counted`() throws {
    let wrapper = try #require(Confine.wrapper(.packets))
    try check(
      try Laboratory.run(
        Self.experiments, for: .seconds(8), executable: Bench.executable, wrapper: wrapper))
  }

  private func check(_ measurement: Measurement) throws {
    #expect(measurement.observations.count == Self.experiments.count)
    #expect(measurement.stoppedBy == nil)
    #expect(measurement.mishap == nil)
    for (experiment, observation) in zip(Self.experiments, measurement.observations) {
      expect(observation, asModelled: experiment)
    }
  }

  private func expect(_ observation: Observation, asModelled experiment: Experiment) {
    Bench.expect(observation, asModelled: experiment)
    #expect(observation.notCopied.keys.allSatisfy { !$0.rawValue.hasPrefix("net.ipv4.tcp_") })
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: a hundred experiments take as long as one`() throws {
    let experiments = (0..<100).map { number in
      Experiment(
        .connect, in: Bench.snapshot([.tcpSynLinearTimeouts: number % 5]),
        options: SocketOptions([.userTimeout: 1]))
    }
    let start = KernelClock.monotonic.now
    let measurement = try Laboratory.run(
      experiments, for: .seconds(6), executable: Bench.executable)
    #expect(KernelClock.monotonic.now - start < .seconds(3))
    for (experiment, observation) in zip(experiments, measurement.observations) {
      expect(observation, asModelled: experiment)
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: what has not ended when the budget is over is running`() throws {
    let experiments = [
      Experiment(.connect, in: Bench.snapshot()), Experiment(.idle, in: Bench.snapshot()),
      Experiment(.timeWait, in: Bench.snapshot()),
    ]
    var calls: [Duration] = []
    let start = KernelClock.monotonic.now
    let measurement = try Laboratory.run(
      experiments, for: .milliseconds(1300), executable: Bench.executable
    ) { calls.append($0) }
    let wall = KernelClock.monotonic.now - start
    #expect(wall >= .milliseconds(1300))
    #expect(wall < .milliseconds(1500))
    #expect(calls.count >= 4)
    #expect(calls == calls.sorted())
    let observations = measurement.observations
    for observation in observations.prefix(2) {
      guard case .running(let time) = observation.outcome else {
        Issue.record("\(observation.outcome)")
        continue
      }
      #expect(time > .milliseconds(1000))
      #expect(time <= wall)
    }
    #expect(observations[0].events.map(\.kind) == [.syn, .retransmission])
    #expect(observations[1].events.isEmpty)
    guard case .running = observations[2].outcome else {
      Issue.record("\(observations[2].outcome)")
      return
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed }, arguments: [-5, 0])
  func `live: a budget of nothing runs nothing`(seconds: Int) throws {
    let measurement = try Laboratory.run(
      [Experiment(.connect, in: Bench.snapshot())], for: .seconds(seconds),
      executable: Bench.executable)
    #expect(
      measurement.observations.map(\.outcome)
        == [.notRun(because: "the budget was over before it could begin")])
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: SIGINT ends the waiting and keeps what is there`() throws {
    var sent = false
    let start = KernelClock.monotonic.now
    let measurement = try Laboratory.run(
      [Experiment(.connect, in: Bench.snapshot())], for: .seconds(10), executable: Bench.executable
    ) { elapsed in
      if elapsed > .milliseconds(400), !sent {
        sent = true
        pthread_kill(pthread_self(), SIGINT)
      }
    }
    #expect(KernelClock.monotonic.now - start < .seconds(2))
    #expect(measurement.stoppedBy == .interrupt)
    let observation = try #require(measurement.observations.first)
    #expect(observation.events.map(\.kind) == [.syn])
    guard case .running = observation.outcome else {
      Issue.record("\(observation.outcome)")
      return
    }
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: options set late count from the last activity`() throws {
    var late = Experiment(.idle, in: Bench.snapshot(), options: Self.keepalive)
    late.optionsSetAfter = .milliseconds(1500)
    late.options[.keepCount] = 1
    let measurement = try Laboratory.run(
      [late], for: .seconds(5), executable: Bench.executable)
    expect(try #require(measurement.observations.first), asModelled: late)
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: an option the kernel refuses is told with its name`() throws {
    let wrong = Experiment(.connect, in: Bench.snapshot(), options: SocketOptions([.synCount: 500]))
    let measurement = try Laboratory.run(
      [wrong], for: .seconds(1), executable: Bench.executable)
    #expect(
      measurement.observations.map(\.outcome)
        == [.notRun(because: "setsockopt TCP_SYNCNT to 500: EINVAL")])
  }

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `live: a setting the sandbox does not take is told with the reason`() throws {
    let measurement = try Laboratory.run(
      [Experiment(.connect, in: Bench.snapshot([.tcpSynRetries: 0]))], for: .milliseconds(400),
      executable: Bench.executable)
    #expect(measurement.observations.first?.notCopied[.tcpSynRetries] == "EINVAL")
  }
}
