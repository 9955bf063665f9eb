import TCPModel
import Testing

/// What is said to end a scenario.
struct EndReasonTests {
  private func timeline(
    _ scenario: Scenario, _ options: [SocketOption: Int] = [:], set: [SysctlKey: Int] = [:],
    hertz: Int? = 1000
  ) -> Timeline {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: hertz.flatMap(TickRate.init))
    for (key, value) in set { snapshot[key] = .value(.number(value)) }
    return Timeline(of: Experiment(scenario, in: snapshot, options: SocketOptions(options)))
  }

  /// facts on connect: with up to two retries the time is used up before the count of linear ones;
  /// otherwise the fire that meets the count meets the time as well, but for a long user timeout.
  @Test(
    arguments: [
      (6, 4, 0, [.retransmissions, .retransmissionTime]),
      (3, 4, 0, [.retransmissions, .retransmissionTime]), (2, 4, 0, .retransmissionTime),
      (1, 4, 0, .retransmissionTime), (6, 0, 0, [.retransmissions, .retransmissionTime]),
      (1, 1, 0, [.retransmissions, .retransmissionTime]), (6, 4, 10_000, .userTimeout),
      (1, 4, 10_000, .retransmissions),
    ] as [(Int, Int, Int, Timeline.EndReasons)])
  func `end reasons: a connect is ended by its count, its time or the user timeout`(
    retries: Int, linear: Int, userTimeout: Int, endReasons: Timeline.EndReasons
  ) {
    let timeline = timeline(
      .connect, userTimeout > 0 ? [.userTimeout: userTimeout] : [:],
      set: [.tcpSynRetries: retries, .tcpSynLinearTimeouts: linear])
    #expect(timeline.branches.allSatisfy { $0.endReasons == endReasons }, "\(timeline.branches)")
  }

  @Test(
    arguments: [
      (.accept, [:], .retransmissions), (.idle, [.keepalive: 1], .probes),
      (.idle, [.keepalive: 1, .userTimeout: 5000], .userTimeout),
      (.send, [:], .retransmissionTime), (.send, [.userTimeout: 5000], .userTimeout),
      (.close, [:], .retransmissionTime), (.close, [.userTimeout: 5000], .userTimeout),
      (.zeroWindow, [:], .probes), (.zeroWindow, [.userTimeout: 5000], .userTimeout),
      (.neighbour, [:], .neighbourProbes), (.neighbour, [.userTimeout: 1500], .userTimeout),
      (.finWait, [:], .lifetime), (.timeWait, [:], .lifetime),
    ] as [(Scenario, [SocketOption: Int], Timeline.EndReasons)])
  func `end reasons: every scenario says what ends it`(
    scenario: Scenario, options: [SocketOption: Int], endReasons: Timeline.EndReasons
  ) {
    for hertz in [100, 250, 1000, nil] {
      let timeline = timeline(scenario, options, hertz: hertz)
      #expect(timeline.endReasons == endReasons, "\(timeline.branches.map(\.endReasons))")
      #expect(timeline.branches.allSatisfy { !$0.endReasons.isEmpty })
    }
  }

  /// Scenario, options, sysctls, and what decides: limit, settings, count, seconds.
  @Test(
    arguments: [
      (
        .connect, [:], [.tcpSynLinearTimeouts: 4], .retransmissions,
        ["net.ipv4.tcp_syn_retries": 6, "net.ipv4.tcp_syn_linear_timeouts": 4], 10, nil
      ),
      (.connect, [.synCount: 2], [:], .retransmissionTime, ["TCP_SYNCNT": 2], 2, 7),
      (.connect, [.userTimeout: 10_000], [:], .userTimeout, ["TCP_USER_TIMEOUT": 10_000], nil, 10),
      (
        .accept, [:], [.tcpSynackRetries: 3], .retransmissions,
        ["net.ipv4.tcp_synack_retries": 3], 3, nil
      ),
      (
        .idle, [.keepalive: 1, .keepCount: 3], [:], .probes,
        [
          "TCP_KEEPCNT": 3, "net.ipv4.tcp_keepalive_time": 7200,
          "net.ipv4.tcp_keepalive_intvl": 75,
        ], 3, nil
      ),
      (.send, [:], [.tcpRetries2: 8], .retransmissionTime, ["net.ipv4.tcp_retries2": 8], 8, 102.2),
      (.close, [:], [:], .retransmissionTime, ["net.ipv4.tcp_orphan_retries": 0], 8, 102.2),
      (
        .close, [:], [.tcpRtoMaxMs: 1000], .retransmissionTimeAtMaximum,
        ["net.ipv4.tcp_orphan_retries": 0], 0, 0.2
      ),
      (.finWait, [.linger2: 150], [:], .lifetime, ["TCP_LINGER2": 150], nil, 120),
      (.finWait, [.linger2: -1], [:], .lifetime, ["TCP_LINGER2": -1], nil, 0),
      (.finWait, [:], [.tcpFinTimeout: 0], .leastLifetime, [:], nil, nil),
      (.timeWait, [:], [:], .lifetime, [:], nil, 60),
    ]
      as [(
        Scenario, [SocketOption: Int], [SysctlKey: Int], Timeline.EndReason.Limit, [String: Int],
        Int?, Double?
      )])
  func `end reasons: a limit says which settings it comes from, and what they come to`(
    scenario: Scenario, options: [SocketOption: Int], sysctls: [SysctlKey: Int],
    limit: Timeline.EndReason.Limit, settings: [String: Int], count: Int?, seconds: Double?
  ) throws {
    let decisive = timeline(scenario, options, set: sysctls).decisiveLimits
    let reason = try #require(decisive.first { $0.limit == limit }, "\(decisive)")
    let named = reason.settings.map { ($0.setting.description, $0.value) }
    #expect(Dictionary(uniqueKeysWithValues: named) == settings)
    #expect(reason.count == count)
    #expect(reason.time == seconds.map { .milliseconds(Int($0 * 1000)) })
  }

  /// ARP's failure makes TCP look at limits that are used up.
  @Test func `end reasons: what ARP sets off is ended by both`() {
    let timeline = timeline(
      .neighbour, set: [.tcpSynRetries: 2, .tcpSynLinearTimeouts: 0], hertz: 250)
    #expect(
      timeline.endReasons == [.neighbourProbes, .retransmissions],
      "\(timeline.branches)")
    #expect(timeline.errno == "ETIMEDOUT")
  }

  @Test func `end reasons: a deadline ends what would last longer`() {
    let connect = timeline(.connect)
    #expect(connect.limited(to: .seconds(10), roundTrip: .zero).endReasons == .deadline)
    #expect(
      connect.limited(to: .seconds(133), roundTrip: .zero).endReasons
        == connect.endReasons.union(.deadline))
    #expect(connect.limited(to: .seconds(600), roundTrip: .zero).endReasons == connect.endReasons)
    #expect(timeline(.idle).limited(to: .seconds(10), roundTrip: .zero).endReasons == .deadline)
  }
}
