import TCPModel
import Testing

/// What makes two experiments one.
struct ExperimentSignatureTests {
  private func signature(_ experiment: Experiment) throws -> ExperimentSignature {
    ExperimentSignature(of: experiment, under: try KernelRules(of: experiment.snapshot))
  }

  private func experiment(_ scenario: Scenario, setAfter time: Duration = .zero) -> Experiment {
    var experiment = Experiment(
      scenario, in: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250)),
      options: SocketOptions([.keepalive: 1, .keepIdle: 60, .synCount: 3]))
    experiment.optionsSetAfter = time
    return experiment
  }

  @Test func `experiment signature: when options are set counts where the scenario looks at it`()
    throws
  {
    let late = Duration.seconds(3)
    #expect(
      try signature(experiment(.idle)) != signature(experiment(.idle, setAfter: late)))
    #expect(
      try signature(experiment(.idle, setAfter: late))
        == signature(experiment(.idle, setAfter: late)))
    #expect(
      try signature(experiment(.connect)) == signature(experiment(.connect, setAfter: late)))
  }

  /// After a probe that was answered, silence begins no sooner than the answer comes.
  @Test func `experiment signature: the shortest round trip counts for an idle connection`() throws
  {
    var (short, long) = (experiment(.idle), experiment(.idle))
    short.path.roundTrip = .milliseconds(1)...Duration.milliseconds(100)
    long.path.roundTrip = .milliseconds(90)...Duration.milliseconds(100)
    #expect(Timeline(of: short) != Timeline(of: long))
    #expect(try signature(short) != signature(long))
  }

  /// Under the settings of the oldest of a signature, whose keys the newer ones may not all have.
  @Test(arguments: [
    SocketOptions([.keepalive: 1]), SocketOptions([.keepalive: 1, .userTimeout: 7000]),
    SocketOptions([.keepalive: 1, .rtoMax: 5000, .linger2: 90, .deferAccept: 5]),
  ])
  func `experiment signature: releases of one signature have one timeline`(options: SocketOptions)
    throws
  {
    for scenario in Scenario.allCases {
      var known: [ExperimentSignature: Timeline] = [:]
      for release in KernelRules.releases {
        var experiment = Experiment(
          scenario, in: .defaults(of: release, tickRate: TickRate(hertz: 250)), options: options)
        experiment.receiverFate = .dies(after: .zero)
        let (signature, timeline) = (try signature(experiment), Timeline(of: experiment))
        #expect(known[signature] ?? timeline == timeline, "\(scenario) on \(release)")
        known[signature] = timeline
      }
      #expect(known.count < KernelRules.releases.count, "\(scenario)")
    }
  }
}
