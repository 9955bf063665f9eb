import NetAddress
import Testing

@testable import TCPModel

/// An address that moved to another host, of which the client is not told.
struct MovedAddressTests {
  private func experiment(
    _ client: ClientActivity, _ entry: NeighbourEntry = .stale, set: [String: Int] = [:],
    with options: [SocketOption: Int] = [:], hertz: Int = 1000,
    family: AddressFamily = .v4
  ) -> Experiment {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: TickRate(hertz: hertz))
    snapshot[.tcpEarlyRetrans] = .value(0)
    for (name, value) in set { snapshot[.neighbour(name, family)] = .value(.number(value)) }
    var experiment = Experiment(
      .movedAddress, in: snapshot, options: SocketOptions(options), family: family,
      path: Path(retransmissionTimeout: .milliseconds(200)))
    (experiment.client, experiment.neighbourEntry) = (client, entry)
    return experiment
  }

  private static let keepalive: [SocketOption: Int] = [
    .keepalive: 1, .keepIdle: 10, .keepInterval: 10, .keepCount: 6,
  ]

  /// Five seconds of delay after the first segment, three of requests, and then the next segment
  /// (net/core/neighbour.c).
  @Test(arguments: [
    (ClientActivity.connect, 11_000, nil), (.send, 12_600, "ECONNRESET"),
    (.idle, 20_000, "ECONNRESET"),
  ])
  func `moved address: a stale entry fails, and the next segment finds the new owner`(
    client: ClientActivity, milliseconds: Int, errno: String?
  ) throws {
    let timeline = Timeline(of: experiment(client, with: Self.keepalive))
    #expect(timeline.nominalEnd == .milliseconds(milliseconds))
    #expect(timeline.errno == errno)
    #expect(timeline.events.last?.kind == .newOwner)
    #expect(timeline.nominalEvents.count { $0.kind == .neighbourProbe } == 4)
    let range = try #require(timeline.range)
    #expect(range.earliest >= .milliseconds(milliseconds))
    #expect(range.latest <= .milliseconds(milliseconds * 9 / 8))
  }

  /// Believed for 15 to 45 s, then asked with the next segment, and lost 8 s after that.
  /// - Parameter seconds: the exact times of the segments that may find the new owner.
  @Test(arguments: [
    (ClientActivity.connect, [35.0, 67.0]), (.send, [51.0, 102.2]), (.idle, [30, 40, 50, 60]),
  ])
  func `moved address: a reachable entry is believed for a random time first`(
    client: ClientActivity, seconds: [Double]
  ) throws {
    let timeline = Timeline(of: experiment(client, .reachable, with: Self.keepalive))
    let found = timeline.branches.filter { $0.events.last?.kind == .newOwner }.map(\.range)
    for range in found {
      #expect(
        seconds.contains { range.earliest >= .seconds($0) && range.latest < .seconds($0 * 1.13) })
    }
    for time in seconds {
      #expect(found.contains { $0.earliest >= .seconds(time) && $0.latest < .seconds(time * 1.13) })
    }
    // What an exact timer leads to is not the same for all times that the kernel draws.
    #expect(timeline.exactEnd == nil)
  }

  /// A connect that is believed to lead somewhere until its SYNs are used up never finds it.
  @Test func `moved address: a connect may give up before the entry does`() throws {
    let timeline = Timeline(of: experiment(.connect, .reachable))
    let last = try #require(timeline.branches.last)
    #expect(last.events.last?.kind == .giveUp)
    #expect(timeline.errno(of: last) == "ETIMEDOUT")
    let first = try #require(timeline.branches.first)
    #expect(timeline.errno(of: first) == nil)
  }

  @Test(arguments: [
    (ClientActivity.send, [SocketOption.userTimeout: 6000]),
    (.idle, [.keepalive: 1, .keepIdle: 5, .keepInterval: 1, .keepCount: 3]),
  ])
  func `moved address: short limits of the client end before the entry`(
    client: ClientActivity, options: [SocketOption: Int]
  ) {
    let timeline = Timeline(of: experiment(client, with: options))
    #expect(timeline.errno == "ETIMEDOUT")
    #expect(timeline.branches.allSatisfy { $0.events.last?.kind == .giveUp })
  }

  @Test func `moved address: an idle client without keepalive learns nothing`() {
    #expect(Timeline(of: experiment(.idle)).ends == .never)
  }

  @Test func `moved address: without requests to all, nobody finds the new owner`() {
    let timeline = Timeline(of: experiment(.send, set: ["mcast_solicit": 0]))
    #expect(timeline.errno == "ETIMEDOUT")
    #expect(timeline.nominalEnd == Timeline(of: send).nominalEnd)
  }

  private var send: Experiment {
    var send = experiment(.send)
    send.scenario = .send
    return send
  }

  @Test func `moved address: a program that resolves may know more`() {
    guard
      case .unknown(let reason) = Timeline(
        of: experiment(.send, set: ["app_solicit": 1])
      ).ends
    else {
      Issue.record("it is known")
      return
    }
    #expect(reason.contains("app_solicit"))
  }

  /// Requests to all while the old address is in doubt: found by the fourth, at 8 s, and used by the
  /// segment after it. For ARP an answer counts a second after the doubt began (`locktime`): six
  /// requests within it are in vain, and the segment asks once more.
  @Test(arguments: [
    (AddressFamily.v4, 1000, 20.0), (.v6, 1000, 20), (.v4, 200, 20), (.v6, 200, 20),
  ])
  func `moved address: requests to all find the new owner before the entry fails`(
    family: AddressFamily, interval: Int, seconds: Double
  ) {
    let timeline = Timeline(
      of: experiment(
        .idle, set: ["mcast_resolicit": 3, "retrans_time_ms": interval], with: Self.keepalive,
        family: family))
    #expect(timeline.nominalEnd == .seconds(seconds))
    let probes = timeline.nominalEvents.count { $0.kind == .neighbourProbe }
    #expect(probes == (family == .v4 && interval == 200 ? 7 : 4))
  }

  /// The times that are simulated lead to all that every time in between leads to.
  @Test(arguments: ClientActivity.allCases, [(100, 1000, 0), (100, 600, 1), (250, 300, 1)])
  func `moved address: a few of the times that the kernel draws stand for all`(
    client: ClientActivity, how: (hertz: Int, base: Int, delay: Int)
  ) throws {
    var experiment = experiment(
      client, .reachable,
      set: [
        "base_reachable_time_ms": how.base, "delay_first_probe_time": how.delay,
        "retrans_time_ms": 300,
      ], with: [.keepalive: 1, .keepIdle: 1, .keepInterval: 1, .keepCount: 9], hertz: how.hertz)
    (experiment.snapshot[.tcpRetries2], experiment.snapshot[.tcpSynRetries]) = (
      .value(3), .value(2)
    )
    let rules = try KernelRules(of: experiment.snapshot)
    let tick = try #require(TickRate(hertz: how.hertz))
    let set = try #require(try MovedAddress.client(of: experiment, under: rules))
    let neighbour = try #require(
      try MovedAddress.Neighbour.all(of: experiment, under: rules, at: tick).first)
    let times = try MovedAddress.reachableTimes(of: experiment, at: tick)
    let all = try set.simulations(tick).flatMap { client in
      let bounds = MovedAddress.ClientBounds(of: client, on: rules.wheel(at: tick))
      return times.flatMap {
        MovedAddress.all(of: experiment, client, neighbour, believedFor: $0, bounds)
      }
    }
    let branches = PhaseSweep.branches(
      of: all, at: tick, on: rules.wheel(at: tick), .ends)
    let timeline = Timeline(of: experiment, under: rules)
    #expect(Set(branches.map(\.courseAndEnd)) == Set(timeline.branches.map(\.courseAndEnd)))
    #expect(all.count > 50)
  }
}

extension Timeline.Branch {
  fileprivate struct CourseAndEnd: Hashable {
    let kinds: [Timeline.EventKind]
    let end: TimeRange
  }

  fileprivate var courseAndEnd: CourseAndEnd {
    CourseAndEnd(kinds: events.map(\.kind), end: range)
  }
}
