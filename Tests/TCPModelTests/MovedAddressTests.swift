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

  /// Of so many, the first hundreds are written down.
  @Test(arguments: [100, 5_000, 200_000])
  func `moved address: requests by the hundred thousand are followed and not all listed`(
    requests: Int
  ) throws {
    let timeline = Timeline(
      of: experiment(
        .idle, set: ["ucast_solicit": requests, "retrans_time_ms": 10],
        with: [.keepalive: 1, .keepIdle: 30_000, .keepInterval: 30_000, .keepCount: 2]))
    #expect(timeline.ends == .always)
    // The last of them is still to be waited for, and then the segment after it.
    #expect(timeline.nominalEnd == .seconds(60_000))
    #expect(timeline.branches.allSatisfy { ($0.listed != nil) == (requests > 300) })
    #expect(timeline.branches.allSatisfy { $0.events.count <= 310 })
    let probes = timeline.nominalEvents.count { $0.kind == .neighbourProbe }
    #expect(probes == min(requests, 299) + 1)
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

  /// Nobody is asked anew: the client gives up in whatever phase it would with a peer that is gone.
  @Test(arguments: ClientActivity.allCases, [100, 250])
  func `moved address: where the new owner is never found the client ends as it would anyway`(
    client: ClientActivity, hertz: Int
  ) throws {
    let moved = experiment(
      client, .reachable,
      set: [
        "base_reachable_time_ms": 500, "ucast_solicit": 0, "mcast_solicit": 0, "mcast_resolicit": 0,
      ], with: Self.keepalive, hertz: hertz)
    var gone = moved
    gone.scenario = client.scenario
    let (one, other) = (Timeline(of: moved), Timeline(of: gone))
    #expect(one.events.last?.kind == .giveUp)
    #expect(try #require(one.range) == #require(other.range))
  }

  /// Hundreds of segments leave before the old owner is asked.
  @Test func `moved address: no segment is passed over that may find the new owner`() throws {
    let timeline = Timeline(
      of: experiment(
        .send, set: ["delay_first_probe_time": 400],
        with: [.userTimeout: 86_400_000, .rtoMax: 1000], hertz: 100))
    let range = try #require(timeline.range)
    #expect(timeline.branches.allSatisfy { $0.events.last?.kind == .newOwner })
    #expect(range.earliest > .seconds(403) && range.latest < .seconds(450))
    #expect(timeline.branches.allSatisfy { $0.events.count >= EventTrace.mostTimes })
  }

  /// Every time for which a confirmation may be believed, in every phase, whichever of two timers in one
  /// jiffy is first, leads to what is told, and to no less.
  @Test(arguments: ClientActivity.allCases, [(100, 1000, 0), (100, 600, 1), (250, 300, 1)])
  func `moved address: what is told is what every time leads to that the kernel draws`(
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
    let wheel = rules.wheel(at: tick)
    let set = try #require(try MovedAddress.client(of: experiment, under: rules))
    let times = try #require(try MovedAddress.reachableTimes(of: experiment, at: tick))
    var ends: [[Timeline.EventKind]: TimeRange] = [:]
    for client in try set.simulations(tick) {
      for neighbour in try MovedAddress.Neighbour.all(of: experiment, under: rules, at: tick) {
        let bounds = try MovedAddress.ClientBounds(
          of: client, beside: neighbour, believing: times, on: wheel)
        func moved(_ doubt: MovedAddress.Doubt) -> MovedAddress {
          MovedAddress(of: experiment, client, doubt, within: bounds)
        }
        let period = moved(.before(segment: 0, within: times)).period(on: wheel)
        for start in 0..<max(period, 64) {
          for (kinds, end) in runs(
            client.simulation, times, neighbour.delay, from: start, on: wheel, moved)
          {
            let range = TimeRange(tick.duration(end - start), tick.duration(end - start))
            ends[kinds] = ends[kinds]?.union(range) ?? range
          }
        }
      }
    }
    let timeline = Timeline(of: experiment, under: rules)
    let opening = timeline.branches.first?.events.first.map { [$0.kind] } ?? []
    let isOpened = client != .idle && timeline.branches.first?.events.first?.range.latest == .zero
    let told = timeline.branches.map { branch in
      CourseAndEnd(kinds: branch.events.map(\.kind), end: branch.range)
    }
    let all = ends.map { CourseAndEnd(kinds: (isOpened ? opening : []) + $0.key, end: $0.value) }
    #expect(Set(told) == Set(all))
  }

  /// What comes of every time that the kernel may draw, from one start.
  private func runs(
    _ client: any TimerSimulation, _ times: ClosedRange<Int>, _ delay: Int, from start: Int,
    on wheel: TimerWheel, _ moved: (MovedAddress.Doubt) -> MovedAddress
  ) -> [([Timeline.EventKind], Int)] {
    var sent = EventTrace()
    client.run(from: start, on: wheel, into: &sent)
    var found: [([Timeline.EventKind], Int)] = []
    func note(_ doubt: MovedAddress.Doubt) {
      var simulation = moved(doubt)
      for isNeighbourFirst in [false, true] {
        simulation.isNeighbourFirst = isNeighbourFirst
        var trace = EventTrace()
        simulation.run(from: start, on: wheel, into: &trace)
        if let end = trace.times.last { found.append((trace.kinds, end)) }
      }
    }
    for time in times {
      let doubt = wheel.fire(after: time, at: start)
      let segments = Set([
        sent.times.count { $0 < doubt }, sent.times.count { $0 <= doubt },
      ])
      for segment in segments { note(.before(segment: segment, within: 0...Int(Int32.max))) }
      if time <= delay { note(.after(time)) }
    }
    return found
  }
}

private struct CourseAndEnd: Hashable {
  let kinds: [Timeline.EventKind]
  let end: TimeRange
}
