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
    #expect(timeline.branches.map(\.circumstance) == [.afterTraffic, .afterAnsweredProbe])
    let earliest = timeline.branches.map { $0.events.map(\.range.earliest.components.seconds) }
    #expect(earliest == [[1, 4, 7], [3, 6, 9]])
    #expect(timeline.exactEnd == nil)
    #expect(timeline.afterTraffic.branches == [timeline.branches[0]])
    #expect(try #require(timeline.range).latest < .seconds(10))
  }

  @Test(arguments: [(3, 3, 2), (60, 10, 3), (7200, 75, 9)])
  func `answered probes: none tells anything new where the idle time is as long`(
    idle: Int, interval: Int, count: Int
  ) {
    let timeline = timeline(idle, interval, count)
    #expect(timeline.branches.map(\.circumstance) == [nil])
    #expect(timeline.afterTraffic == timeline)
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
    #expect(timeline.branches.map(\.circumstance) == [.afterAnsweredProbe, .afterTraffic])
    #expect(timeline.branches.map(\.range.earliest.components.seconds) == [6, 7])
    #expect(timeline.branches.map { $0.events.count } == [2, 3])
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
}
