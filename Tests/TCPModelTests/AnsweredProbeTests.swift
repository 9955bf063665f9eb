import Randomness
import Testing

@testable import TCPModel

/// Keepalive probes that are answered, and a peer that dies after one of them.
struct AnsweredProbeTests {
  private func timeline(
    _ idle: Int, _ interval: Int, _ count: Int, userTimeout: Int = 0, after: Duration = .zero
  ) -> Timeline {
    var experiment = Experiment(
      .idle,
      in: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000)),
      options: SocketOptions([
        .keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count,
        .userTimeout: userTimeout,
      ]))
    experiment.optionsSetAfter = after
    return Timeline(of: experiment)
  }

  /// Measured with 1 s and 3 s: a probe every 3 s while the peer answers.
  @Test func `answered probes: a peer is noticed an interval later where one was answered last`()
    throws
  {
    let timeline = timeline(1, 3, 2)
    #expect(timeline.branches.map(\.circumstance) == [.noAnsweredProbe, .answeredProbes])
    let earliest = timeline.branches.map { $0.events.map(\.range.earliest.components.seconds) }
    #expect(earliest == [[1, 4, 7], [1, 4, 7]])
    #expect(timeline.branches.map(\.range.latest.components.seconds) == [7, 9])
    #expect(timeline.afterAnswer?.map(\.range.earliest.components.seconds) == [9])
    #expect(timeline.exactEnd == nil)
    #expect(timeline.withoutAnsweredProbes.branches == [timeline.branches[0]])
    #expect(try #require(timeline.range).latest < .seconds(10))
  }

  @Test(arguments: [(3, 3, 2), (60, 10, 3), (7200, 75, 9)])
  func `answered probes: none tells anything new where the idle time is as long`(
    idle: Int, interval: Int, count: Int
  ) {
    let timeline = timeline(idle, interval, count)
    #expect(timeline.branches.map(\.circumstance) == [nil])
    #expect(timeline.withoutAnsweredProbes == timeline)
  }

  @Test
  func `answered probes: there are none before options that are set late, or without a count`() {
    #expect(timeline(1, 3, 2, after: .seconds(2)).branches.map(\.circumstance) == [nil])
    var none = Experiment(
      .idle, in: .defaults(of: KernelVersion(6, 18), tickRate: TickRate(hertz: 1000)),
      options: SocketOptions([.keepalive: 1, .keepIdle: 1]))
    none.snapshot[.tcpKeepaliveProbes] = .value(0)
    #expect(Timeline(of: none).branches.map(\.circumstance) == [nil])
  }

  /// The user timeout counts from the answer: at 6 s two intervals have gone, and one probe is out.
  @Test func `answered probes: a user timeout counts from the last answer`() {
    let timeline = timeline(1, 3, 9, userTimeout: 4500)
    let known = timeline.branches.filter { $0.circumstance == .answeredProbes }
    #expect(Set(known.map { $0.events.count }) == [2, 3])
    #expect(timeline.afterAnswer?.map { $0.events.count } == [2])
    #expect(timeline.afterAnswer?.map(\.range.earliest.components.seconds) == [6])
    // What was heard last may be up to two seconds later: from then on it takes anything from the user
    // timeout to an interval more.
    let range = known.map(\.range).union
    #expect(
      range.map { $0.earliest >= .milliseconds(4500) && $0.earliest < .milliseconds(4600) } ?? false
    )
    #expect(
      range.map { $0.latest >= .milliseconds(7450) && $0.latest < .milliseconds(7600) } ?? false)
  }

  @Test(arguments: [
    (0, 0...0), (1, 0...0), (3, 1...1), (4, 1...1), (7, 2...2), (8, 2...3), (9, 3...3),
  ])
  func `answered probes: so many leave before a time`(seconds: Int, count: ClosedRange<Int>) {
    let probes = AnsweredProbes(
      first: TimeRange(.seconds(1), .seconds(1)), apart: TimeRange(.seconds(3), .milliseconds(3500))
    )
    #expect(probes.count(before: .seconds(seconds)) == count)
  }

  @Test func `answered probes: without a pause between them they have no number`() {
    let probes = AnsweredProbes(
      first: TimeRange(.zero, .zero), apart: TimeRange(.zero, .milliseconds(1)))
    #expect(probes.count(before: .seconds(1)).upperBound == 1000)
    let never = AnsweredProbes(first: TimeRange(.zero, .zero), apart: TimeRange(.zero, .zero))
    #expect(never.count(before: .seconds(Int64.max / 2)) == 1...1)
    #expect(probes.events(1000).count == EventTrace.mostTimes + 1)
  }

  /// Between an interval and its lateness the device forgets or does not.
  @Test(arguments: [ForgettingBox.Expiry.drop, .reset])
  func `answered probes: whether a device forgets between them may be left to the timers`(
    expiry: ForgettingBox.Expiry
  ) throws {
    let outlook = timeline(10, 100, 3).behind(
      ForgettingBox(memory: .milliseconds(100_100), expiry: expiry))
    #expect(outlook.lives == nil)
    #expect(outlook.timeToEnd.ends == .maybeNever)
    let range = try #require(outlook.timeline.range)
    // The first probe is answered; the next one is late.
    let earliest = expiry == .reset ? 110 : 410
    #expect((earliest..<earliest + 10).contains(Int(range.earliest.components.seconds)))
    #expect(range.latest >= range.earliest)
    for branch in outlook.timeline.branches {
      #expect(branch.events.allSatisfy { $0.range.earliest <= $0.range.latest })
    }
  }

  @Test func `answered probes: a device that answers them closes when it likes`() {
    let outlook = timeline(5, 30, 3).behind(
      ForgettingBox(memory: .seconds(60), expiry: .close, countsKeepalive: false))
    #expect(outlook.lives == false)
    let probes = outlook.timeline.branches.flatMap(\.probes).map(
      \.range.earliest.components.seconds)
    #expect(probes == [5, 35])
  }

  /// The timer is followed fire by fire, for each phase and each moment at which the last was heard.
  @Test(arguments: 1...60)
  func `answered probes: what is told is what every moment of the last traffic leads to`(seed: Int)
    throws
  {
    var dice = Dice(seed: seed * 1_000_000)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &dice) }
    let tick = try #require(TickRate(hertz: [100, 250][pick(0...1)]))
    let (idle, interval) = (pick(1...3), pick(4...9))
    let (count, userTimeout) = (pick(1...3), seed % 3 == 0 ? 0 : pick(1...30_000))
    var experiment = Experiment(
      .idle, in: .defaults(of: KernelVersion(6, 18), tickRate: tick),
      options: SocketOptions([
        .keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count,
        .userTimeout: userTimeout,
      ]))
    experiment.path = Path(roundTrip: .zero ... .milliseconds(1))
    let wheel = try KernelRules(of: experiment.snapshot).wheel(at: tick)
    let wait = interval * tick.hertz
    let limit = tick.jiffies(.milliseconds(userTimeout))
    var seen: [Int: [ClosedRange<Int>]] = [:]
    for start in 0..<wheel.granularity(of: wait) {
      let first = wheel.fire(after: wait, at: start)
      for heard in start...(first - idle * tick.hertz) {
        var fires = [first]
        while userTimeout > 0
          ? fires.count < 2 || (fires.last ?? 0) - heard < limit : fires.count <= count
        {
          fires.append(wheel.fire(after: wait, at: fires.last ?? 0))
        }
        let times = fires.map { ($0 - heard)...($0 - heard) }
        seen[fires.count] = zip(seen[fires.count] ?? times, times).map {
          min($0.lowerBound, $1.lowerBound)...max($0.upperBound, $1.upperBound)
        }
      }
    }
    let told = Timeline(of: experiment).branches.filter { $0.circumstance == .answeredProbes }
    #expect(Set(told.map { $0.events.count }) == Set(seen.keys))
    for branch in told {
      let ranges = try #require(seen[branch.events.count]).map {
        TimeRange(tick.duration($0.lowerBound), tick.duration($0.upperBound))
      }
      #expect(branch.events.map(\.range) == ranges, "\(idle) \(interval) \(count) \(userTimeout)")
    }
  }
}
