import TCPModel
import Testing

@testable import Laboratory

struct ScriptTests {
  private func snapshot(_ changes: [SysctlKey: Reading] = [:]) -> SettingsSnapshot {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    for (key, reading) in changes { snapshot[key] = reading }
    return snapshot
  }

  @Test func `a script crosses the pipe unchanged`() throws {
    var short = Case(.connect, in: snapshot())
    short.outage = .seconds(2)
    let cases = [
      Case(.connect, in: snapshot()), short,
      Case(
        .idle, in: snapshot([.tcpSynRetries: .value(1)]), options: SocketOptions([.keepalive: 1])),
      Case(.send, in: snapshot(), family: .v6, path: Path(segments: 3)),
    ]
    let script = Script(cases, deadline: .seconds(5))
    var copy = Script(deadline: .zero)
    for order in script.orders {
      let goesOn = try copy.take(try Order(parsing: order.line))
      #expect(goesOn == (order != .start))
    }
    #expect(copy.orders == script.orders)
    #expect(copy.settings.count == 2)
    #expect(copy.cases.map(\.settings) == [0, 0, 1, 0])
    #expect(copy.cases.map(\.outage) == [nil, .seconds(2), nil, nil])
  }

  @Test func `only what a namespace has of its own is copied`() throws {
    let settings = try #require(
      Script([Case(.connect, in: snapshot())], deadline: .zero).settings.first)
    #expect(settings[.tcpSynRetries] == "6")
    #expect(settings[SysctlKey("net.ipv4.neigh.default.gc_thresh1")] == nil)
    #expect(settings[SysctlKey("net.ipv4.ip_local_port_range")] == "32768 60999")
  }

  @Test func `what was not readable is not written`() throws {
    let denied = snapshot([.tcpSynRetries: .denied("EACCES"), .tcpRetries2: .absent])
    let settings = try #require(
      Script([Case(.connect, in: denied)], deadline: .zero).settings.first)
    #expect(settings[.tcpSynRetries] == nil && settings[.tcpRetries2] == nil)
  }

  @Test(arguments: ["sysctl net.ipv4.tcp_sack 1", "case 0 0 connect ipv4 1 0 endless"])
  func `an order out of place is refused`(line: String) throws {
    var script = Script(deadline: .zero)
    let order = try Order(parsing: line)
    #expect(throws: MalformedLine.self) { try script.take(order) }
  }

  @Test func `a case that cannot be played is noted with the reason`() {
    var cases = [Case(.timeWait, in: snapshot()), Case(.connect, in: snapshot())]
    cases[0].outage = .seconds(1)
    let record = Record(of: cases, playing: Script(cases, deadline: .zero))
    let outcomes = record.finished(at: nil, otherwise: "gone").map(\.outcome)
    #expect(
      outcomes == [
        .notPlayed(because: "a peer that comes back is played with connect, idle and send"),
        .notPlayed(because: "gone"),
      ])
  }

  @Test func `a report on a case that is over or unknown is refused`() throws {
    let cases = [Case(.connect, in: snapshot())]
    var record = Record(of: cases, playing: Script(cases, deadline: .zero))
    try record.take(.ended(number: 0, errno: "ETIMEDOUT", after: .zero))
    #expect(throws: MalformedLine.self) {
      try record.take(.event(number: 0, Observation.Event(.syn, at: .zero)))
    }
    #expect(throws: MalformedLine.self) {
      try record.take(.begun(number: 5, at: .seconds(1)))
    }
  }
}
