import NetAddress
import Randomness
import Testing

@testable import TCPModel

/// An address that moved after keepalive probes to its old owner were answered.
struct MovedAfterAnswersTests {
  private static func experiment(
    _ entry: NeighbourEntry, idle: Int, interval: Int, count: Int = 3, userTimeout: Int = 0,
    set: [String: Int] = [:], at tick: TickRate? = TickRate(hertz: 100)
  ) -> Experiment {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18), tickRate: tick)
    for (name, value) in set { snapshot[.neighbour(name, .v4)] = .value(.number(value)) }
    var experiment = Experiment(
      .movedAddress, in: snapshot,
      options: SocketOptions([
        .keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count,
        .userTimeout: userTimeout,
      ]), family: .v4, path: Path(roundTrip: .zero ... .milliseconds(1)))
    (experiment.client, experiment.neighbourEntry) = (.idle, entry)
    return experiment
  }

  /// The next probe leaves an interval after the one that was answered, however soon that was.
  @Test func `moved address: after an answered probe the next one is an interval away`() throws {
    let timeline = Timeline(of: Self.experiment(.stale, idle: 10, interval: 75))
    #expect(timeline.branches.map(\.circumstance) == [.noAnsweredProbe, .answeredProbes])
    let ranges = timeline.branches.map(\.range)
    #expect(ranges.map { Int($0.earliest.components.seconds) } == [85, 86])
    #expect(ranges.map { Int($0.latest.components.seconds) / 5 * 5 } == [90, 155])
    #expect(timeline.withoutAnsweredProbes.branches == [timeline.branches[0]])
  }

  @Test func `moved address: where the idle time is as long answers make no difference`() {
    let timeline = Timeline(of: Self.experiment(.reachable, idle: 10, interval: 10))
    #expect(Set(timeline.branches.map(\.circumstance)) == [nil])
  }

  /// Its own timer asks then, and what that depends on is not certain.
  @Test func `moved address: an entry that is hardly believed is not known beside answered probes`()
  {
    let timeline = Timeline(
      of: Self.experiment(
        .reachable, idle: 10, interval: 75, set: ["base_reachable_time_ms": 5000]))
    guard case .unknown(let reason) = timeline.ends else {
      Issue.record("\(timeline.ends)")
      return
    }
    #expect(reason.contains("base_reachable_time_ms"))
  }

  /// Every phase, every moment at which the peer was heard last, and every segment that may be the first to
  /// make the entry asked are followed fire by fire.
  @Test(arguments: 1...80)
  func `moved address: what is told is what every moment of the last answer leads to`(seed: Int)
    throws
  {
    var dice = Dice(seed: seed * 1_000_000)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }
    let tick = try #require(TickRate(hertz: 100))
    let entry = seed % 4 == 0 ? NeighbourEntry.stale : .reachable
    let idle = pick(1...3)
    var play = Play(
      idle: idle * 100, interval: pick(idle + 1...9) * 100, count: pick(1...4),
      userTimeout: seed % 3 == 0 ? pick(1...3000) : 0, delay: pick(0...1) * 100,
      requests: pick(0...4), retransmit: [50, 51, 100, 130][pick(0...3)])
    let base = pick(4...20) * 100
    if entry == .reachable { play.believed = base / 2...base / 2 + base - 1 }
    let experiment = Self.experiment(
      entry, idle: idle, interval: play.interval / 100, count: play.count,
      userTimeout: play.userTimeout * 10,
      set: [
        "delay_first_probe_time": play.delay / 100, "ucast_solicit": play.requests,
        "mcast_resolicit": 0, "retrans_time_ms": play.retransmit * 10,
        "base_reachable_time_ms": base * 10,
      ], at: tick)
    let wheel = try KernelRules(of: experiment.snapshot).wheel(at: tick)
    let longest = max(play.interval, play.believed?.upperBound ?? 0)
    for start in 0..<wheel.granularity(of: longest) { play.run(from: start, on: wheel) }
    let told = Timeline(of: experiment).branches.filter { $0.circumstance == .answeredProbes }
    #expect(Set(told.map { $0.events.map(\.kind) }) == Set(play.seen.keys), "\(play)")
    // How late the entry's own timer is decides nothing but which moments are taken along.
    let slack = play.believed.map { wheel.granularity(of: $0.upperBound) * 2 } ?? 0
    for branch in told {
      let seen = try #require(play.seen[branch.events.map(\.kind)])
      for (event, range) in zip(branch.events, seen) {
        let (earliest, latest) = (tick.duration(range.lowerBound), tick.duration(range.upperBound))
        #expect(event.range.earliest <= earliest && latest <= event.range.latest, "\(play)")
        #expect(event.range.earliest >= earliest - tick.duration(slack), "\(play)")
        #expect(event.range.latest <= latest + tick.duration(slack), "\(play)")
      }
    }
  }
}

/// The keepalive timer and the neighbour's, followed on their own; jiffies.
private struct Play {
  let idle, interval, count, userTimeout: Int
  let delay, requests, retransmit: Int
  /// For how long the entry is believed; nil where it is stale.
  var believed: ClosedRange<Int>?
  /// When each event of a course comes after the last sign of life.
  private(set) var seen: [[Timeline.EventKind]: [ClosedRange<Int>]] = [:]

  init(
    idle: Int, interval: Int, count: Int, userTimeout: Int, delay: Int, requests: Int,
    retransmit: Int
  ) {
    (self.idle, self.interval, self.count) = (idle, interval, count)
    (self.userTimeout, self.delay, self.requests) = (userTimeout, delay, requests)
    self.retransmit = retransmit
  }

  mutating func run(from start: Int, on wheel: TimerWheel) {
    let first = wheel.fire(after: interval, at: start)
    var fires = [first]
    // Between which moments the last was heard, by the number of fires and the segment.
    var heards: [[Int]: ClosedRange<Int>] = [:]
    for heard in start...(first - idle) {
      fires.removeLast(fires.count - 1)
      while userTimeout > 0
        ? fires.count < 2 || (fires.last ?? 0) - heard < userTimeout : fires.count <= count
      {
        fires.append(wheel.fire(after: interval, at: fires.last ?? 0))
      }
      for asking in askingSegments(fires, heard, on: wheel) {
        let range = heards[[fires.count, asking]] ?? heard...heard
        heards[[fires.count, asking]] = min(range.lowerBound, heard)...max(range.upperBound, heard)
      }
    }
    for (key, heard) in heards {
      while fires.count > key[0] { fires.removeLast() }
      while fires.count < key[0] {
        fires.append(wheel.fire(after: interval, at: fires.last ?? 0))
      }
      for isNeighbourFirst in [false, true] {
        note(follow(fires, key[1], isNeighbourFirst, on: wheel), heard)
      }
    }
  }

  /// The probes that may be the first to make the entry asked; the end stands for none.
  private func askingSegments(_ fires: [Int], _ heard: Int, on wheel: TimerWheel) -> [Int] {
    guard let believed else { return [0] }
    let first = wheel.fire(after: believed.lowerBound, at: heard)
    let last = wheel.fire(after: believed.upperBound, at: heard)
    return fires.indices.filter { segment in
      let isEnd = segment + 1 == fires.count
      return (isEnd || first <= fires[segment]) && (segment == 0 || fires[segment - 1] <= last)
    }
  }

  private func follow(
    _ fires: [Int], _ asking: Int, _ isNeighbourFirst: Bool, on wheel: TimerWheel
  ) -> [(Timeline.EventKind, Int)] {
    var requests: [Int] = []
    var failed = Int.max
    if asking + 1 < fires.count {
      failed = wheel.fire(after: delay, at: fires[asking])
      for _ in 0..<self.requests {
        requests.append(failed)
        failed = wheel.fire(after: retransmit, at: failed)
      }
    }
    var events: [(Timeline.EventKind, Int)] = []
    for (segment, fire) in fires.enumerated() {
      let before = requests.filter { $0 < fire || isNeighbourFirst && $0 == fire }
      events += before.map { (.neighbourProbe, $0) }
      requests.removeFirst(before.count)
      if segment + 1 == fires.count { return events + [(.giveUp, fire)] }
      if failed < fire || isNeighbourFirst && failed == fire {
        return events + [(.neighbourProbe, fire), (.newOwner, fire)]
      }
      events.append((.keepaliveProbe, fire))
    }
    return events
  }

  private mutating func note(_ events: [(Timeline.EventKind, Int)], _ heard: ClosedRange<Int>) {
    let times = events.map { ($0.1 - heard.upperBound)...($0.1 - heard.lowerBound) }
    seen[events.map(\.0)] = zip(seen[events.map(\.0)] ?? times, times).map {
      min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
    }
  }
}
