import NetAddress
import TCPModel
import Testing

@testable import Advisor

struct SensitivityTests {
  private func experiment(
    _ scenario: Scenario, _ options: [SocketOption: Int] = [:], _ values: [SysctlKey: Int] = [:],
    kernel: KernelVersion = KernelVersion(6, 18)
  ) -> Experiment {
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 250))
    for (key, value) in values { snapshot[key] = .value(.number(value)) }
    return Experiment(scenario, in: snapshot, options: SocketOptions(options))
  }

  private func sensitivities(_ experiment: Experiment) -> [Setting: Sensitivity] {
    let all = Sensitivity.all(of: experiment, timeline: Timeline(of: experiment))
    return Dictionary(uniqueKeysWithValues: all.map { ($0.setting, $0) })
  }

  @Test(arguments: Scenario.allCases)
  func `sensitivity: a step is the scenario simulated with that one value`(scenario: Scenario)
    throws
  {
    let experiment = experiment(scenario, scenario == .idle ? [.keepalive: 1] : [:])
    let all = sensitivities(experiment)
    #expect(all.isEmpty == (scenario == .timeWait))
    for (setting, sensitivity) in all {
      for step in [sensitivity.down, sensitivity.up].compactMap({ $0 }) {
        var changed = experiment
        switch setting {
        case .sysctl(let key): changed.snapshot[key] = .value(.number(step.value))
        case .option(let option): changed.options[option] = step.value
        }
        let whole = Timeline(of: changed)
        #expect(step.timeline.timeToEnd == whole.timeToEnd)
        #expect(step.timeline.errno == whole.errno)
        #expect(step.timeline.branches.map(\.range) == whole.branches.map(\.range))
        #expect(step.timeline.branches.map(\.share) == whole.branches.map(\.share))
        #expect(step.value != sensitivity.value)
      }
    }
  }

  /// On a path of so many round trips courses are bounded only, an end alone otherwise than all events.
  @Test func `sensitivity: a step that changes nothing on a wide path ends as what is`() {
    var experiment = experiment(.movedAddress)
    experiment.path = Path(roundTrip: .milliseconds(1) ... .milliseconds(300))
    let timeline = Timeline(of: experiment)
    let simulator = StepSimulator(of: experiment, timeline)
    // Both modes send loss probes, one of them early retransmissions as well.
    let same = simulator.step(to: 4) { $0.snapshot[.tcpEarlyRetrans] = .value(.number(4)) }
    #expect(same.timeline == timeline)
    let other = simulator.step(to: 0) { $0.snapshot[.tcpEarlyRetrans] = .value(.number(0)) }
    #expect(other.timeline.timeToEnd != timeline.timeToEnd)
  }

  /// Setting, value, one step down, one step up.
  @Test(
    arguments: [
      (SysctlKey.tcpSynRetries, 6, 5, 7), (.tcpSynRetries, 1, nil, 2),
      (.tcpSynRetries, 127, 126, nil), (.tcpRtoMaxMs, 120_000, 60_000, nil),
      (.tcpRtoMaxMs, 1000, nil, 2000), (.tcpSynLinearTimeouts, 0, nil, 1),
    ] as [(SysctlKey, Int, Int?, Int?)])
  func `sensitivity: steps stay within what the kernel accepts`(
    key: SysctlKey, value: Int, down: Int?, up: Int?
  ) throws {
    let all = sensitivities(experiment(.connect, [:], [key: value]))
    let sensitivity = try #require(all[.sysctl(key)])
    #expect(sensitivity.value == value)
    #expect(sensitivity.down?.value == down)
    #expect(sensitivity.up?.value == up)
  }

  /// Scenario, options, key, value below which there is none that somebody would want, and whether
  /// there is one.
  @Test(
    arguments: [
      (.idle, [.keepalive: 1], .tcpKeepaliveIntvl, 1, nil),
      (.idle, [.keepalive: 1], .tcpKeepaliveTime, 1, nil),
      (.idle, [.keepalive: 1], .tcpKeepaliveTime, -20, nil),
      (.idle, [.keepalive: 1], .tcpKeepaliveIntvl, 2, 1),
      (.idle, [.keepalive: 1], .tcpKeepaliveProbes, 1, nil),
      (.send, [:], .tcpRetries2, 1, nil), (.send, [:], .tcpRetries2, 2, 1),
      (.accept, [:], .tcpSynackRetries, 1, nil),
      (.finWait, [:], .tcpFinTimeout, 1, nil),
      (.neighbour, [:], .neighbour("mcast_solicit", .v4), 1, nil),
      (.neighbour, [:], .neighbour("retrans_time_ms", .v4), 1, nil),
      // Zero is eight retries, no linear timeouts, nobody asked: all of them are in use.
      (.close, [:], .tcpOrphanRetries, 1, 0), (.connect, [:], .tcpSynLinearTimeouts, 1, 0),
      (.neighbour, [:], .neighbour("app_solicit", .v4), 1, 0),
    ] as [(Scenario, [SocketOption: Int], SysctlKey, Int, Int?)])
  func `sensitivity: no step leads to what nobody would set`(
    scenario: Scenario, options: [SocketOption: Int], key: SysctlKey, value: Int, down: Int?
  ) throws {
    let all = sensitivities(experiment(scenario, options, [key: value]))
    let sensitivity = try #require(all[.sysctl(key)])
    #expect(sensitivity.down?.value == down)
    #expect(sensitivity.up != nil)
  }

  @Test func `sensitivity: a mode that is on can only be off`() throws {
    let all = sensitivities(experiment(.close, [:], [.tcpSack: 1]))
    let sensitivity = try #require(all[.sysctl(.tcpSack)])
    #expect(sensitivity.down?.value == 0)
    #expect(sensitivity.up == nil)
  }

  @Test func `sensitivity: what a kernel does not look at in a scenario is no setting of it`()
    throws
  {
    let old = sensitivities(experiment(.accept))
    #expect(old[.sysctl(.tcpRtoMaxMs)] == nil)
    let new = sensitivities(experiment(.accept, kernel: KernelVersion(6, 19)))
    #expect(new[.sysctl(.tcpRtoMaxMs)]?.option == .rtoMax)
  }

  @Test func `sensitivity: deferring is tried with a value that people set`() throws {
    let unset = try #require(sensitivities(experiment(.accept))[.option(.deferAccept)])
    #expect(unset.down?.value == 10)
    #expect(unset.up == nil)
    #expect(unset.down?.timeline.acceptance?.timeouts == 4)
    let set = sensitivities(experiment(.accept, [.deferAccept: 10]))[.option(.deferAccept)]
    #expect(set?.down?.timeline.acceptance?.timeouts == 3)
    #expect(set?.up?.timeline.acceptance?.timeouts == 5)
  }

  @Test func `sensitivity: an option stands in the place of its sysctl`() throws {
    let plain = sensitivities(experiment(.connect))
    #expect(plain[.option(.synCount)] == nil)
    #expect(plain[.sysctl(.tcpSynRetries)]?.option == .synCount)
    let set = sensitivities(experiment(.connect, [.synCount: 3]))
    #expect(set[.sysctl(.tcpSynRetries)] == nil)
    #expect(set[.option(.synCount)]?.down?.value == 2)
    let listener = sensitivities(experiment(.accept))
    #expect(listener[.sysctl(.tcpSynackRetries)]?.option == .synCount)
  }

  @Test func `sensitivity: an unset user timeout is tried around the end`() throws {
    let timeout = try #require(sensitivities(experiment(.connect))[.option(.userTimeout)])
    #expect(timeout.value == nil)
    // 131 s is the end: what is shorter ends it, what is longer does nothing.
    #expect(timeout.down?.value == 100_000)
    #expect(timeout.up?.value == 200_000)
    let timeline = Timeline(of: experiment(.connect))
    #expect(timeout.down?.timeline.timeToEnd != timeline.timeToEnd)
    #expect(timeout.up?.timeline.timeToEnd == timeline.timeToEnd)
    #expect(timeout.isFelt(in: timeline))
  }

  @Test func `sensitivity: only SO_KEEPALIVE ends an idle connection that has none`() throws {
    let idle = experiment(.idle)
    let felt = sensitivities(idle).filter { $0.value.isFelt(in: Timeline(of: idle)) }
    #expect(felt.map(\.key) == [.option(.keepalive)])
  }

  @Test func `sensitivity: neighbours are asked of their own family alone`() throws {
    var connect = experiment(.neighbour)
    connect.family = .v6
    let keys = sensitivities(connect).keys.map(\.description).filter { $0.contains("neigh") }
    #expect(!keys.isEmpty)
    #expect(keys.allSatisfy { $0.hasPrefix("net.ipv6.") })
  }

  @Test func `sensitivity: what a kernel lacks is not proposed`() throws {
    let old = sensitivities(experiment(.connect, kernel: KernelVersion(6, 1)))
    #expect(old[.sysctl(.tcpSynLinearTimeouts)] == nil)
    #expect(old[.option(.rtoMax)] == nil)
    #expect(old[.sysctl(.tcpSynRetries)] != nil)
  }
}

extension Sensitivity {
  /// Whether a step changes when the scenario ends.
  fileprivate func isFelt(in timeline: Timeline) -> Bool {
    [down, up].contains { step in step.map { $0.timeline.timeToEnd != timeline.timeToEnd } ?? false
    }
  }
}
