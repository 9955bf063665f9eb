import NetAddress
import Testing

@testable import TCPModel

/// What must hold for whatever settings the kernel accepts.
struct TimelinePropertyTests {
  @Test(arguments: 1...270)
  func `timeline: ranges are ranges and events come in order`(seed: Int) {
    let experiment = Experiment.random(seed)
    let timeline = Timeline(of: experiment)
    if case .unknown(let reason) = timeline.ends {
      let isOld = experiment.snapshot.kernel.map { $0 < KernelVersion(5, 4) } ?? false
      // Two thousand million requests, a tick apart, are told to be too many.
      let asksOnAndOn =
        experiment.number(.neighbour("ucast_solicit", experiment.family)) ?? 0 > 1_000_000
      if !isOld, !asksOnAndOn { Issue.record("\(experiment.scenario): \(reason)") }
      return
    }
    #expect(timeline.branches.isEmpty == (timeline.ends == .never))
    for branch in timeline.branches {
      #expect(branch.events.last?.kind.isEnd == true)
      #expect(branch.survives <= branch.range.latest)
      #expect(!branch.endReasons.isEmpty)
      for (event, next) in zip(branch.events, branch.events.dropFirst()) {
        #expect(event.range.earliest <= event.range.latest)
        #expect(event.range.earliest <= next.range.earliest)
        #expect(event.range.latest <= next.range.latest)
      }
    }
    if timeline.ends == .always, timeline.branches.allSatisfy({ $0.share != nil }) {
      let total = timeline.branches.compactMap(\.share).reduce(0, +)
      #expect(abs(total - 1) < 1e-9)
    }
  }

  /// The two ends of what the kernel takes, for every setting and option, one after the other.
  @Test(
    arguments: Scenario.allCases,
    [("3.10", 100), ("4.14", 250), ("4.19.78", 1000), ("5.15", 300), ("6.18", 250), ("7.1", 1000)])
  func `timeline: no value that the kernel takes is a trap`(scenario: Scenario, host: (String, Int))
    throws
  {
    let kernel = try #require(KernelVersion(host.0))
    let defaults = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: host.1))
    for key in scenario.sysctls {
      guard let range = SysctlCatalog[key]?.range else { continue }
      for value in [range.lowerBound, 0, 1, range.upperBound] where range.contains(value) {
        var snapshot = defaults
        snapshot[key] = .value(.number(value))
        for entry in [NeighbourEntry.none, .stale] {
          var experiment = Experiment(
            scenario, in: snapshot, options: SocketOptions([.keepalive: 1]))
          experiment.neighbourEntry = entry
          check(experiment)
          if scenario != .neighbour { break }
        }
      }
    }
    for option in SocketOption.all where option.decides(scenario) {
      for value in [option.range.lowerBound, option.range.upperBound] {
        var options = SocketOptions([.keepalive: 1])
        options[option] = value
        check(Experiment(scenario, in: defaults, options: options))
      }
    }
  }

  private func check(_ experiment: Experiment) {
    let timeline = Timeline(of: experiment)
    guard let range = timeline.range else { return }
    #expect(range.earliest <= range.latest)
    #expect(range.earliest >= .zero)
  }

  /// More retries never end earlier.
  @Test(arguments: [100, 250, 300, 1000])
  func `timeline: more retries or time never end earlier`(hertz: Int) throws {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    for (scenario, key, counts) in [
      (Scenario.connect, SysctlKey.tcpSynRetries, [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 64, 127]),
      (.send, .tcpRetries2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 40, 255]),
      (.idle, .tcpKeepaliveTime, [0, 1, 5, 60, 600, 7200, 86_400, 2_000_000]),
      (.idle, .tcpKeepaliveIntvl, [0, 1, 2, 10, 75, 600, 86_400]),
      (.idle, .tcpKeepaliveProbes, [0, 1, 2, 3, 9, 50, 255]),
      (.accept, .tcpSynackRetries, [0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 50]),
      (.zeroWindow, .tcpRetries2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 40, 255]),
      (.close, .tcpOrphanRetries, [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 40, 255]),
      (.finWait, .tcpFinTimeout, [-1, 0, 1, 2, 10, 30, 59, 60]),
      (.finWait, .tcpFinTimeout, [61, 62, 65, 70, 90, 120, 3600, 2_000_000]),
      (.neighbour, .neighbour("mcast_solicit", .v4), [1, 2, 3, 5, 10, 100, 100_000]),
      (.neighbour, .neighbour("retrans_time_ms", .v4), [0, 1, 10, 250, 1000, 5000, 600_000]),
    ] {
      var last = TimeRange(.zero, .zero)
      for count in counts {
        snapshot[key] = .value(.number(count))
        let experiment = Experiment(scenario, in: snapshot, options: SocketOptions([.keepalive: 1]))
        let range = try #require(Timeline(of: experiment).range)
        #expect(range.earliest >= last.earliest)
        #expect(range.latest >= last.latest)
        last = range
      }
    }
  }
}
