import Advisor
import Glibc
import Linux
import TCPModel
import Testing

@testable import Laboratory

/// The scenarios beside `connect`, `idle` and `send`, played with real sockets and held against the
/// model.
struct UnseenTests {
  /// Far below a second, and not just below a whole granule of the timer wheel, where a timer that
  /// is handled late by one tick is armed for one granule more.
  private static let quick = 300

  private static func cases(_ family: Case.Family) -> [Case] {
    closing(family) + windows(family) + neighbours(family) + accepting(family)
  }

  private static func play(
    _ scenario: Scenario, _ family: Case.Family, _ sysctls: [SysctlKey: Int] = [:],
    _ options: [SocketOption: Int] = [:], segments: Int = 1
  ) -> Case {
    Case(
      scenario, in: Bench.snapshot(sysctls), options: SocketOptions(options), family: family,
      path: Path(segments: segments))
  }

  private static func closing(_ family: Case.Family) -> [Case] {
    let orphans = [0, 1, 3].flatMap { segments in
      [
        play(.close, family, [.tcpOrphanRetries: 1], segments: segments),
        play(.close, family, [.tcpOrphanRetries: 1, .tcpEarlyRetrans: 0], segments: segments),
        play(.close, family, [:], [.userTimeout: 1000], segments: segments),
      ]
    }
    let second = OutageTests.hasRTOMax ? [play(.close, family, [.tcpRtoMaxMs: 1000])] : []
    let waits = [
      play(.finWait, family, [.tcpFinTimeout: 1]), play(.finWait, family, [.tcpFinTimeout: 61]),
      play(.finWait, family, [:], [.linger2: 2]), play(.finWait, family, [:], [.linger2: 62]),
      play(.finWait, family, [:], [.linger2: -1]),
    ]
    return orphans + second + [play(.close, family, [.tcpOrphanRetries: 2])] + waits
  }

  private static func windows(_ family: Case.Family) -> [Case] {
    let few: [SysctlKey: Int] = [.tcpRetries2: 2]
    let stalls: [(Stall, [SocketOption: Int])] = [
      (.peerDies(after: .zero), [:]), (.peerDies(after: .zero), [.userTimeout: 500]),
      (.peerDies(after: .seconds(1)), [:]), (.peerDiesAtWorstMoment, [:]),
      (.peerDiesAtWorstMoment, [.userTimeout: 1500]), (.peerLives, [.userTimeout: 1000]),
    ]
    return stalls.map { stall, options in
      var play = play(.zeroWindow, family, few, options)
      play.stall = stall
      return play
    }
  }

  private static func accepting(_ family: Case.Family) -> [Case] {
    [
      play(.accept, family, [.tcpSynackRetries: 0]), play(.accept, family, [.tcpSynackRetries: 1]),
      play(.accept, family, [:], [.synCount: 1]),
      play(.accept, family, [.tcpSynackRetries: 1], [.deferAccept: 1]),
    ]
  }

  private static func neighbours(_ family: Case.Family) -> [Case] {
    func play(
      _ probes: Int, every milliseconds: Int, synRetries: Int = 6, _ entry: NeighbourEntry = .none
    ) -> Case {
      var play = Self.play(
        .neighbour, family,
        [
          .neighbour("mcast_solicit", family): probes,
          .neighbour("retrans_time_ms", family): milliseconds,
          // Not when a SYN is due: a tick may pass between the two timers.
          .neighbour("delay_first_probe_time", family): 2,
          .neighbour("ucast_solicit", family): 1, .tcpSynRetries: synRetries,
          .tcpSynLinearTimeouts: 0,
        ])
      play.neighbourEntry = entry
      return play
    }
    return [
      play(1, every: quick), play(3, every: quick), play(2, every: 1000),
      play(3, every: 1000, synRetries: 1), play(2, every: quick, .stale),
    ]
  }

  static let cases = Case.Family.allCases.flatMap(cases)

  @Test(.enabled("namespaces are refused here") { Bench.isAllowed })
  func `what ends unseen ends as the model says`() throws {
    try check(
      try Laboratory.play(Self.cases, for: .seconds(9), executable: Bench.executable))
  }

  @Test(.enabled("a sandbox of user 65534 is refused here") { Bench.isAllowedToNobody })
  func `a user without rights sees it too`() throws {
    try check(
      try Laboratory.play(
        Self.cases, for: .seconds(9), executable: Bench.executable, wrapper: Bench.nobody))
  }

  private func check(_ measurement: Measurement) throws {
    let host = try Host(Bench.snapshot())
    for (play, observation) in zip(Self.cases, measurement.observations) {
      let comparison = Comparison(
        observation, of: Trial(.current, connections: "", play: play), on: host)
      #expect(
        comparison.status == .confirmed,
        """
        \(play.scenario) \(play.family) \(play.options.sorted) \(play.path.segments) \(play.stall) \
        \(play.neighbourEntry) \(observation.outcome) \(observation.events) \
        \(comparison.timeline.branches.map { $0.events.map(\.range) })
        """)
    }
  }
}
