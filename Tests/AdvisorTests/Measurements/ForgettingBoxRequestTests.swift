import Observations
import TCPModel
import Testing

@testable import Advisor

/// What is measured behind the devices that a profile names.
struct ForgettingBoxRequestTests {
  private static func requests(
    _ onExpiry: Middlebox.Expiry, counts: Bool = true, sets options: SocketOptions
  ) throws -> [MeasurementRequest] {
    let box = Middlebox(
      name: "box", idleTimeout: .seconds(20), onExpiry: onExpiry, tcpKeepaliveCounts: counts,
      checkedOn: nil, source: nil, location: .sample)
    let profile = Profile.sample(
      "a", .sample(sets: options, canSet: [], middleboxes: [box], levers: []))
    let plan = try PortablePlan(for: [profile], kernels: [KernelVersion(6, 18)])
    return plan.requests(on: try Host.stock())
  }

  private static func keepalive(_ idle: Int, _ interval: Int, _ count: Int) -> SocketOptions {
    SocketOptions([.keepalive: 1, .keepIdle: idle, .keepInterval: interval, .keepCount: count])
  }

  private static func lives(_ request: MeasurementRequest, on host: Host) -> Bool? {
    request.experiment.box.flatMap {
      Timeline(of: request.experiment, under: host.rules).behind($0).lives
    }
  }

  /// Measured behind NAT that forgets after 20 s: 10/10/3 dies after one lost probe, 10/5/3 lives.
  @Test(arguments: [
    (10, 10, [false, true, false, false]), (10, 5, [false, true, true, false]),
    (5, 5, [false, true, true, true]), (30, 5, [false, false, false, false]),
    // What was answered is asked again an interval later, not the idle time.
    (5, 17, [false, true, false, false]), (5, 30, [false, false, false, false]),
  ])
  func `forgetting box: a rehearsal lives or dies as the real case does`(
    idle: Int, interval: Int, lives: [Bool]
  ) throws {
    let host = try Host.stock()
    let requests = try Self.requests(.drop, sets: Self.keepalive(idle, interval, 3))
    #expect(requests.map(\.experiment.scenario) == [.send, .idle, .idle, .idle])
    #expect(requests.compactMap { $0.experiment.box?.lostSegments } == [0, 0, 1, 2])
    #expect(requests.map { Self.lives($0, on: host) } == lives)
    for request in requests {
      let both = request.rehearsed(within: .seconds(10), on: host)
      #expect(both.map(\.isRehearsal) == [false, true])
      let rehearsal = try #require(both.last)
      #expect(Self.lives(rehearsal, on: host) == Self.lives(request, on: host))
      #expect(rehearsal.middlebox == "box")
      guard request.experiment.scenario == .idle else { continue }
      #expect(try #require(rehearsal.timeToEnd(on: host).range).latest < .seconds(10))
    }
  }

  @Test func `forgetting box: within the budget it is measured as it is`() throws {
    let host = try Host.stock()
    for request in try Self.requests(.drop, sets: Self.keepalive(10, 5, 3)) {
      #expect(request.rehearsed(within: .seconds(60), on: host).map(\.isRehearsal) == [false])
    }
  }

  @Test func `forgetting box: without keepalive the silence alone is measured`() throws {
    let requests = try Self.requests(.reset, sets: SocketOptions())
    #expect(requests.map(\.experiment.scenario) == [.send])
  }

  @Test func `forgetting box: a layer-7 device ends what probes keep awake`() throws {
    let host = try Host.stock()
    let requests = try Self.requests(.close, counts: false, sets: Self.keepalive(5, 5, 3))
    #expect(requests.map(\.experiment.scenario) == [.idle])
    let box = try #require(requests.first?.experiment.box)
    let outlook = Timeline(of: requests[0].experiment, under: host.rules).behind(box)
    #expect(outlook.lives == false)
    #expect(outlook.timeline.errno == nil)
    #expect(outlook.timeline.range?.earliest == .seconds(20))
    // Those at 5, 10 and 15 s; the fourth may come late.
    let probes = outlook.timeline.events.count { $0.kind == .keepaliveProbe }
    #expect((3...4).contains(probes))
  }

  @Test func `forgetting box: a reset ends it at the probe that comes too late`() throws {
    let host = try Host.stock()
    let requests = try Self.requests(.reset, sets: Self.keepalive(10, 10, 3))
    let lost = try #require(requests.first { $0.experiment.box?.lostSegments == 1 })
    let box = try #require(lost.experiment.box)
    let outlook = Timeline(of: lost.experiment, under: host.rules).behind(box)
    #expect(outlook.lives == false)
    #expect(Set(outlook.timeline.branches.map(\.errno)) == ["ECONNRESET"])
    let range = try #require(outlook.timeline.range)
    #expect(range.earliest >= .seconds(20))
    #expect(range.latest < .seconds(21))
  }

  @Test func `forgetting box: what lives against the prediction is outside, and so is what dies`()
    throws
  {
    let host = try Host.stock()
    let requests = try Self.requests(.drop, sets: Self.keepalive(10, 10, 3))
    let lived = Observation(outcome: .outlived(resumedAfter: .milliseconds(20_100)))
    let late = requests[2]
    let end = try #require(Timeline(of: late.experiment, under: host.rules).range)
    let died = Observation(outcome: .ended(errno: "ETIMEDOUT", after: end.earliest))
    #expect(Comparison(lived, of: late, on: host).status.isOutside)
    #expect(Comparison(died, of: late, on: host).status == .confirmed)
    #expect(Comparison(died, of: late, on: host).timeToEnd.ends == .always)
    let known = requests[1]
    #expect(Comparison(died, of: known, on: host).status.isOutside)
    #expect(Comparison(lived, of: known, on: host).status == .confirmed)
    #expect(Comparison(lived, of: known, on: host).timeToEnd.ends == .never)
  }
}
