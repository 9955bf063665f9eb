import Testing

@testable import TCPModel

/// What one look at a timer tells of a scenario that is under way.
struct TimelineProgressTests {
  private static let tick = TickRate(hertz: 250) ?? TickRate.common[1]

  static let cases: [(Scenario, SocketOptions)] = [
    (.send, SocketOptions()), (.send, SocketOptions([.userTimeout: 30_000])),
    (.connect, SocketOptions()), (.connect, SocketOptions([.synCount: 2])),
    (.idle, SocketOptions([.keepalive: 1])),
    (.idle, SocketOptions([.keepalive: 1, .keepIdle: 60, .keepInterval: 10, .keepCount: 3])),
    (.idle, SocketOptions([.keepalive: 1, .keepIdle: 60, .userTimeout: 200_000])),
  ]

  private func experiment(_ scenario: Scenario, _ options: SocketOptions) -> Experiment {
    let snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: Self.tick)
    var experiment = Experiment(scenario, in: snapshot, options: options)
    experiment.path.retransmissionTimeout = .milliseconds(204)
    return experiment
  }

  /// Those that the timeline is made of.
  private func simulations(_ experiment: Experiment, _ rules: KernelRules) throws
    -> [any TimerSimulation]
  {
    switch experiment.scenario {
    case .idle: return [try KeepaliveProbe(of: experiment, at: Self.tick)]
    case .connect:
      let limits = try SYNRetransmission.Limits(of: experiment, under: rules)
      return [SYNRetransmission(of: experiment, within: limits, at: Self.tick)]
    default:
      let retries = try experiment.setting(.tcpRetries2)
      let limits = try DataRetransmission.Limits(
        of: experiment, retries, actingAs: retries.value, under: rules)
      return try DataRetransmission.simulations(
        of: experiment, within: limits, under: rules, at: Self.tick)
    }
  }

  @Test(arguments: cases)
  func `progress: in whatever phase one looks, the beginning and the end lie in the ranges`(
    scenario: Scenario, options: SocketOptions
  ) throws {
    let experiment = experiment(scenario, options)
    let rules = try KernelRules(of: experiment.snapshot)
    let timeline = Timeline(of: experiment, under: rules)
    var looks = 0
    for simulation in try simulations(experiment, rules) {
      for phase in stride(from: 0, to: 4096, by: 97) {
        var trace = EventTrace()
        simulation.run(from: phase, on: rules.wheel(at: Self.tick), into: &trace)
        let times = zip(trace.kinds, trace.times).filter { $0.0 != .lossProbe }.map {
          Self.tick.duration($0.1 - phase)
        }
        let end = try #require(times.last)
        for count in times.indices {
          let before = count == 0 ? .zero : times[count - 1]
          for part in [0.01, 0.5, 0.99] {
            let now = before + (times[count] - before) * part
            let progress = try #require(
              timeline.progress(after: count, next: times[count] - now, under: rules))
            let (since, rest) = (
              try #require(progress.since), try #require(progress.remaining.range)
            )
            let isRight =
              since.earliest <= now && now <= since.latest && rest.earliest <= end - now
              && end - now <= rest.latest
            #expect(isRight, "\(phase), \(count): \(now) in \(since), \(end - now) in \(rest)")
            looks += 1
          }
        }
      }
    }
    #expect(looks > 100)
  }

  @Test(arguments: cases)
  func `progress: the nearer the end, the less is left`(scenario: Scenario, options: SocketOptions)
    throws
  {
    let experiment = experiment(scenario, options)
    let rules = try KernelRules(of: experiment.snapshot)
    let timeline = Timeline(of: experiment, under: rules)
    let left = (0..<20).compactMap {
      timeline.progress(after: $0, next: .milliseconds(1), under: rules)?.remaining.range?.latest
    }
    #expect(left == left.sorted(by: >))
    #expect(left.count > 2)
  }

  @Test func `progress: what should have ended has none`() throws {
    let experiment = experiment(.connect, SocketOptions([.synCount: 1]))
    let rules = try KernelRules(of: experiment.snapshot)
    let timeline = Timeline(of: experiment, under: rules)
    #expect(timeline.progress(after: 40, next: .seconds(1), under: rules) == nil)
  }

  @Test func `progress: what never ends does not end`() throws {
    let experiment = experiment(.idle, SocketOptions())
    let rules = try KernelRules(of: experiment.snapshot)
    let timeline = Timeline(of: experiment, under: rules)
    let progress = try #require(timeline.progress(after: 1, next: .seconds(1), under: rules))
    #expect(progress.remaining.ends == .never)
    #expect(progress.since == nil)
  }
}
