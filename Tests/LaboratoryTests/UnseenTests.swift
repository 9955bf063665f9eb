import Advisor
import Glibc
import Linux
import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

/// The scenarios beside `connect`, `idle` and `send`, run with real sockets and held against the
/// model.
struct UnseenTests {
  /// Far below a second, and not just below a whole granule of the timer wheel, where a timer that
  /// is handled late by one tick is armed for one granule more.
  private static let quick = 300

  private static func experiments(_ family: AddressFamily) -> [Experiment] {
    closing(family) + windows(family) + neighbours(family) + accepting(family)
      + moved(family)
  }

  private static func experiment(
    _ scenario: Scenario, _ family: AddressFamily, _ sysctls: [SysctlKey: Int] = [:],
    _ options: [SocketOption: Int] = [:], segments: Int = 1
  ) -> Experiment {
    Experiment(
      scenario, in: Bench.snapshot(sysctls), options: SocketOptions(options), family: family,
      path: Path(segments: segments))
  }

  private static func closing(_ family: AddressFamily) -> [Experiment] {
    let orphans = [0, 1, 3].flatMap { segments in
      [
        experiment(.close, family, [.tcpOrphanRetries: 1], segments: segments),
        experiment(
          .close, family, [.tcpOrphanRetries: 1, .tcpEarlyRetrans: 0], segments: segments),
        experiment(.close, family, [:], [.userTimeout: 1000], segments: segments),
      ]
    }
    let second = OutageTests.hasRTOMax ? [experiment(.close, family, [.tcpRtoMaxMs: 1000])] : []
    let waits = [
      experiment(.finWait, family, [.tcpFinTimeout: 1]),
      experiment(.finWait, family, [.tcpFinTimeout: 61]),
      experiment(.finWait, family, [:], [.linger2: 2]),
      experiment(.finWait, family, [:], [.linger2: 62]),
      experiment(.finWait, family, [:], [.linger2: -1]),
    ]
    return orphans + second + [experiment(.close, family, [.tcpOrphanRetries: 2])] + waits
  }

  private static func windows(_ family: AddressFamily) -> [Experiment] {
    let few: [SysctlKey: Int] = [.tcpRetries2: 2]
    let stalls: [(ReceiverFate, [SocketOption: Int])] = [
      (.dies(after: .zero), [:]), (.dies(after: .zero), [.userTimeout: 500]),
      (.dies(after: .seconds(1)), [:]), (.diesAtWorstMoment, [:]),
      (.diesAtWorstMoment, [.userTimeout: 1500]), (.survives, [.userTimeout: 1000]),
    ]
    return stalls.map { stall, options in
      var experiment = experiment(.zeroWindow, family, few, options)
      experiment.receiverFate = stall
      return experiment
    }
  }

  private static func accepting(_ family: AddressFamily) -> [Experiment] {
    [
      experiment(.accept, family, [.tcpSynackRetries: 0]),
      experiment(.accept, family, [.tcpSynackRetries: 1]),
      experiment(.accept, family, [:], [.synCount: 1]),
      experiment(.accept, family, [.tcpSynackRetries: 1], [.deferAccept: 1]),
    ]
  }

  private static func neighbours(_ family: AddressFamily) -> [Experiment] {
    func experiment(
      _ probes: Int, every milliseconds: Int, synRetries: Int = 6, _ entry: NeighbourEntry = .none
    ) -> Experiment {
      var experiment = Self.experiment(
        .neighbour, family,
        [
          .neighbour("mcast_solicit", family): probes,
          .neighbour("retrans_time_ms", family): milliseconds,
          // Not when a SYN is due: a tick may pass between the two timers.
          .neighbour("delay_first_probe_time", family): 2,
          .neighbour("ucast_solicit", family): 1, .tcpSynRetries: synRetries,
          .tcpSynLinearTimeouts: 0,
        ])
      experiment.neighbourEntry = entry
      return experiment
    }
    return [
      experiment(1, every: quick), experiment(3, every: quick), experiment(2, every: 1000),
      experiment(3, every: 1000, synRetries: 1), experiment(2, every: quick, .stale),
    ]
  }

  /// An address that moved: its entry is believed for half a second to one and a half, asked after
  /// one, and has failed 0.9 s later.
  private static func moved(_ family: AddressFamily) -> [Experiment] {
    ClientActivity.allCases.flatMap { client in
      [NeighbourEntry.stale, .reachable].map { entry in
        var experiment = Self.experiment(
          .movedAddress, family,
          [
            .neighbour("base_reachable_time_ms", family): 1000,
            .neighbour("delay_first_probe_time", family): 1,
            .neighbour("retrans_time_ms", family): quick,
          ], [.keepalive: 1, .keepIdle: 1, .keepInterval: 1])
        (experiment.client, experiment.neighbourEntry) = (client, entry)
        return experiment
      }
    }
  }

  static let experiments = AddressFamily.allCases.flatMap(experiments)

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `unseen: what ends unseen ends as the model says`() throws {
    try check(
      try Laboratory.run(Self.experiments, for: .seconds(9), executable: Bench.executable))
  }

  @Test(.enabled("user 65534 gets no namespaces here") { Bench.isAllowedToNobody })
  func `unseen: a user without rights sees it too`() throws {
    try check(
      try Laboratory.run(
        Self.experiments, for: .seconds(9), executable: Bench.executable, wrapper: Bench.nobody))
  }

  private func check(_ measurement: Measurement) throws {
    let host = try Host(Bench.snapshot())
    for (experiment, observation) in zip(Self.experiments, measurement.observations) {
      let comparison = Comparison(
        observation, of: MeasurementRequest(.current, group: "", experiment: experiment), on: host)
      let isUntold = [.finWait, .timeWait, .close].contains(experiment.scenario)
      if isUntold { #expect(observation.lastSeen != nil, "\(experiment.scenario)") }
      #expect(
        comparison.status == .confirmed,
        """
        \(experiment.scenario) \(experiment.family) \(experiment.options.sorted) \(experiment.path.segments) \(experiment.receiverFate) \
        \(experiment.neighbourEntry) \(experiment.client) \(observation.outcome) \(observation.events) \
        \(comparison.timeline.branches.map { $0.events.map(\.range) })
        """)
    }
  }
}
