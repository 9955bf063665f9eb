import Testing

@testable import TCPModel

/// Numbers that a capture may have, however far beyond what a kernel takes: every scenario under every
/// release that is modelled.
struct ExtremeValuesTests {
  private static let numbers = [
    Int.min, Int(Int32.min) - 1, Int(Int32.min), -1, 0, 1, Int(Int32.max), Int(Int32.max) + 1,
    Int.max,
  ]
  private static let hertz = [24, 100, 250, 300, 1000, 1200]

  /// Simulates, and expects an order in whatever comes of it.
  private func check(_ experiment: Experiment) {
    let timeline = Timeline(of: experiment)
    for event in timeline.branches.flatMap(\.events) {
      #expect(.zero <= event.range.earliest, "\(experiment.scenario)")
      #expect(event.range.earliest <= event.range.latest, "\(experiment.scenario)")
    }
  }

  @Test(arguments: Scenario.allCases)
  func `extremes: all sysctls at once, and each by itself`(scenario: Scenario) {
    for (place, kernel) in KernelRules.releases.enumerated() {
      let defaults = SettingsSnapshot.defaults(
        of: kernel, tickRate: TickRate(hertz: Self.hertz[place % Self.hertz.count]))
      let number = Self.numbers[place % Self.numbers.count]
      var all = defaults
      for (turn, key) in scenario.sysctls.enumerated() where defaults[key] != .absent {
        all[key] = .value(.number(number))
        // Each key has its turn at every fourth release.
        guard turn % 4 == place % 4 else { continue }
        var one = defaults
        one[key] = .value(.number(number))
        check(Experiment(scenario, in: one, options: SocketOptions([.keepalive: 1])))
      }
      check(Experiment(scenario, in: all, options: SocketOptions([.keepalive: 1])))
    }
  }

  /// Millions of retransmissions, after each of the first timeouts that a wide path has.
  @Test(arguments: [KernelVersion(6, 6), KernelVersion(6, 18)], [24, 1000])
  func `extremes: a user timeout of weeks is simulated within the budget`(
    kernel: KernelVersion, hertz: Int
  ) {
    let options = SocketOptions([.userTimeout: Int(Int32.max), .rtoMax: 1000])
    var experiment = Experiment(
      .send, in: .defaults(of: kernel, tickRate: TickRate(hertz: hertz)), options: options)
    experiment.path = Path(roundTrip: .microseconds(1)...Duration.seconds(8760 * 3600))
    let start = ContinuousClock.now
    let timeline = Timeline(of: experiment)
    // Tests are built without optimization, and run beside others.
    #expect(ContinuousClock.now - start < .seconds(60))
    #expect(timeline.ends == .always)
    let week = Duration.seconds(604_800)
    #expect(timeline.range.map { $0.earliest > week * 3 } == true)
  }

  @Test(arguments: Scenario.allCases, numbers)
  func `extremes: options that no kernel takes are unknown where they decide`(
    scenario: Scenario, number: Int
  ) {
    let snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: 250))
    for option in SocketOption.all {
      var options = SocketOptions([.keepalive: 1])
      options[option] = number
      let experiment = Experiment(scenario, in: snapshot, options: options)
      check(experiment)
      guard option.decides(scenario), CInt(exactly: number) == nil else { continue }
      guard case .unknown(let reason) = Timeline(of: experiment).ends else {
        Issue.record("\(option) = \(number) is known")
        continue
      }
      #expect(reason.contains("\(option) = \(number)"))
    }
  }
}
