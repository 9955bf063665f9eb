import TCPModel
import Testing

@testable import Advisor

struct MeasurementRequestTests {
  private func request(_ scenario: Scenario, _ options: SocketOptions = SocketOptions()) throws
    -> MeasurementRequest
  {
    MeasurementRequest(
      .current, group: "pool",
      experiment: Experiment(scenario, in: try Host.stock().snapshot, options: options))
  }

  @Test(arguments: [5, 10, 60])
  func `measurement request: keepalive of hours is rehearsed within the budget`(budget: Int) throws
  {
    let host = try Host.stock()
    let requests = try request(.idle, SocketOptions([.keepalive: 1])).rehearsed(
      within: .seconds(budget), on: host)
    #expect(requests.map(\.isRehearsal) == [false, true])
    let rehearsal = try #require(requests.last)
    let timeline = Timeline(of: rehearsal.experiment, under: host.rules)
    #expect(try #require(timeline.range).latest < .seconds(budget))
    #expect(rehearsal.experiment.options[.keepalive] == 1)
    #expect(timeline.events.contains { $0.kind == .keepaliveProbe })
  }

  @Test func `measurement request: a rehearsal with a user timeout ends by that timeout`() throws {
    let host = try Host.stock()
    let options = SocketOptions([.keepalive: 1, .userTimeout: 30_000, .keepIdle: 60])
    let requests = try request(.idle, options).rehearsed(within: .seconds(10), on: host)
    let rehearsal = try #require(requests.last)
    #expect(rehearsal.isRehearsal)
    #expect(rehearsal.experiment.options[.userTimeout] ?? 0 > 0)
    let end = try #require(Timeline(of: rehearsal.experiment, under: host.rules).range)
    #expect(end.latest < .seconds(10))
  }

  @Test
  func `measurement request: what shows something in time, or never does, is not rehearsed`() throws
  {
    let host = try Host.stock()
    let short = SocketOptions([.keepalive: 1, .keepIdle: 2])
    for request in [
      try request(.connect), try request(.send), try request(.idle), try request(.idle, short),
    ] {
      #expect(request.rehearsed(within: .seconds(10), on: host).map(\.isRehearsal) == [false])
    }
  }

  @Test func `measurement request: a budget too short for one probe rehearses nothing`() throws {
    let requests = try request(.idle, SocketOptions([.keepalive: 1])).rehearsed(
      within: .seconds(2), on: try Host.stock())
    #expect(requests.map(\.isRehearsal) == [false])
  }

  @Test
  func `measurement request: what is planned is measured too, where it differs from what is`()
    throws
  {
    let host = try Host.stock()
    let advice = Advice(
      for: [.server], on: host, baselines: [try Host(defaultsOf: host.rules.release)])
    let requests = advice.requests(within: .seconds(10))
    let names = requests.map {
      "\($0.phase) \($0.experiment.scenario)\($0.isRehearsal ? " rehearsed" : "")"
    }
    #expect(
      Set(names) == [
        "current connect", "current idle", "current idle rehearsed", "current send",
        "planned idle", "planned idle rehearsed",
      ])
    #expect(names.count == Set(names).count)
    #expect(
      requests.filter { $0.experiment.scenario == .idle }.allSatisfy {
        $0.experiment.options[.keepalive] == 1
      })
    let planned = requests.filter { $0.phase == .planned }
    #expect(planned.allSatisfy { $0.experiment.snapshot[.tcpKeepaliveTime] != .value(7200) })
  }

  @Test
  func `measurement request: an outage is not rehearsed: only its own times outlive it`() throws {
    var idle = try request(.idle)
    idle.experiment.options[.keepalive] = 1
    let host = try Host.stock()
    #expect(idle.rehearsed(within: .seconds(10), on: host).count == 2)
    idle.experiment.outage = .seconds(60)
    #expect(idle.rehearsed(within: .seconds(10), on: host).count == 1)
  }

  // Timelines under a program's own deadline.

  @Test
  func `measurement request: a deadline ends what would go on, and keeps what ends before`() throws
  {
    let timeline = Timeline(of: try request(.connect).experiment)
    let limited = timeline.limited(to: .seconds(10), roundTrip: .milliseconds(1))
    #expect(limited.ends == .always)
    #expect(limited.errno == nil)
    #expect(limited.range?.latest == .seconds(10))
    #expect(limited.range?.earliest == .seconds(10))
    #expect(limited.nominalEnd == .seconds(10))
    #expect(limited.events.dropLast().allSatisfy { $0.range.latest < .seconds(10) })
    #expect(limited.events.last?.kind == .giveUp)
    let last = try #require(limited.events.dropLast().last)
    #expect(limited.survives == last.range.earliest)

    let late = timeline.limited(to: .seconds(600), roundTrip: .milliseconds(1))
    #expect(late.branches == timeline.branches)
    #expect(late.errno == timeline.errno)
  }

  @Test func `measurement request: a deadline ends what nothing else would`() throws {
    let limited = Timeline.never(.idle).limited(to: .seconds(5), roundTrip: .zero)
    #expect(limited.ends == .always)
    #expect(limited.range == TimeRange(.seconds(5), .seconds(5)))
    #expect(limited.survives == .zero)
    #expect(limited.errno == nil)
  }

  @Test
  func `measurement request: an answer that comes after the deadline does not count`() throws {
    let timeline = Timeline(of: try request(.connect).experiment)
    let segment = try #require(timeline.events.dropFirst(3).first).range
    let roundTrip = Duration.milliseconds(100)
    let just = timeline.limited(
      to: segment.latest + roundTrip + .milliseconds(1), roundTrip: roundTrip)
    let late = timeline.limited(to: segment.latest + roundTrip, roundTrip: roundTrip)
    #expect(try #require(just.survives) == segment.earliest)
    #expect(try #require(late.survives) < segment.earliest)
  }
}
