import NetAddress
import Observations
import TCPModel
import Testing

@testable import Laboratory

struct SandboxJobTests {
  private func snapshot(_ changes: [SysctlKey: SysctlReading] = [:]) -> SettingsSnapshot {
    var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
    for (key, reading) in changes { snapshot[key] = reading }
    return snapshot
  }

  @Test func `sandbox job: a job crosses the pipe unchanged`() throws {
    var short = Experiment(.connect, in: snapshot())
    short.outage = .seconds(2)
    let experiments = [
      Experiment(.connect, in: snapshot()), short,
      Experiment(
        .idle, in: snapshot([.tcpSynRetries: .value(1)]), options: SocketOptions([.keepalive: 1])),
      Experiment(.send, in: snapshot(), family: .v6, path: Path(segments: 3)),
    ]
    let job = SandboxJob(experiments, deadline: .seconds(5))
    var copy = SandboxJob(deadline: .zero)
    for command in job.commands {
      let goesOn = try copy.take(try SandboxCommand(parsing: command.line))
      #expect(goesOn == (command != .start))
    }
    #expect(copy.commands == job.commands)
    #expect(copy.settings.count == 2)
    #expect(copy.experiments.map(\.settings) == [0, 0, 1, 0])
    #expect(copy.experiments.map(\.outage) == [nil, .seconds(2), nil, nil])
  }

  @Test func `sandbox job: only what a namespace has of its own is copied`() throws {
    let settings = try #require(
      SandboxJob([Experiment(.connect, in: snapshot())], deadline: .zero).settings.first)
    #expect(settings[.tcpSynRetries] == "6")
    #expect(settings[SysctlKey("net.ipv4.neigh.default.gc_thresh1")] == nil)
    #expect(settings[SysctlKey("net.ipv4.ip_local_port_range")] == "32768 60999")
  }

  @Test func `sandbox job: what was not readable is not written`() throws {
    let denied = snapshot([.tcpSynRetries: .denied("EACCES"), .tcpRetries2: .absent])
    let settings = try #require(
      SandboxJob([Experiment(.connect, in: denied)], deadline: .zero).settings.first)
    #expect(settings[.tcpSynRetries] == nil)
    #expect(settings[.tcpRetries2] == nil)
  }

  @Test(arguments: ["sysctl net.ipv4.tcp_sack 1", "case 0 0 connect ipv4 1 0 endless"])
  func `sandbox job: a command out of place is refused`(line: String) throws {
    var job = SandboxJob(deadline: .zero)
    let command = try SandboxCommand(parsing: line)
    #expect(throws: MalformedLine.self) { try job.take(command) }
  }

  @Test func `sandbox job: a case that cannot be run is noted with the reason`() {
    var experiments = [Experiment(.timeWait, in: snapshot()), Experiment(.connect, in: snapshot())]
    experiments[0].outage = .seconds(1)
    let recorder = ObservationRecorder(
      of: experiments, for: SandboxJob(experiments, deadline: .zero))
    let outcomes = recorder.finished(at: nil, otherwise: "gone").map(\.outcome)
    #expect(
      outcomes == [
        .notRun(because: "a peer that comes back is run with connect, idle and send"),
        .notRun(because: "gone"),
      ])
  }

  @Test func `sandbox job: a report on a case that is over or unknown is refused`() throws {
    let experiments = [Experiment(.connect, in: snapshot())]
    var recorder = ObservationRecorder(
      of: experiments, for: SandboxJob(experiments, deadline: .zero))
    try recorder.take(.ended(number: 0, errno: "ETIMEDOUT", after: .zero))
    #expect(throws: MalformedLine.self) {
      try recorder.take(.event(number: 0, Observation.Event(.syn, at: .zero)))
    }
    #expect(throws: MalformedLine.self) {
      try recorder.take(.begun(number: 5, at: .seconds(1)))
    }
  }
}
