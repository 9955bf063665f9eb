import Advisor
import NetAddress
import Reports
import TCPModel
import Testing

/// What `explain` prints of scenarios, and of outcomes that no timer decides.
struct ScenarioTextTests {
  private let layout = TextLayout(isColoured: false)

  private func snapshot(hertz: Int? = 250, _ values: [SysctlKey: Int] = [:]) -> SettingsSnapshot {
    var snapshot = SettingsSnapshot.defaults(
      of: KernelVersion(6, 18), tickRate: hertz.flatMap { TickRate(hertz: $0) })
    for (key, value) in values { snapshot[key] = .value(.number(value)) }
    return snapshot
  }

  private func text(_ experiment: Experiment) -> String {
    ScenarioReport(ScenarioExplanation(of: experiment), scale: .auto).document.text(layout)
  }

  @Test(arguments: Scenario.allCases)
  func `scenario text: every scenario is told`(scenario: Scenario) throws {
    let options = SocketOptions(scenario == .idle ? [.keepalive: 1] : [:])
    let text = text(Experiment(scenario, in: snapshot(), options: options))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try expectSnapshot(text, named: "scenario-\(scenario.rawValue).txt")
  }

  @Test func `scenario text: branches are told as a person would`() throws {
    let experiment = Experiment(.send, in: snapshot(hertz: 1000, [.tcpRetries2: 4]))
    try expectSnapshot(text(experiment), named: "scenario-send-branches.txt")
    let summary = Timeline(of: experiment).summary
    #expect(summary == "13–13.6 s, or 6.61–6.62 s if timers fire late (13 of 100 cases)")
  }

  @Test func `scenario text: what never ends and what nobody knows is told`() throws {
    let never = text(Experiment(.idle, in: snapshot()))
    try expectSnapshot(never, named: "scenario-idle-never.txt")
    #expect(never.contains("Never ends"))
    #expect(never.contains("SO_KEEPALIVE"))
    let nothing = SettingsSnapshot(source: "a file", kernel: nil, tickRate: nil, readings: [:])
    let unknown = text(Experiment(.connect, in: nothing))
    try expectSnapshot(unknown, named: "scenario-connect-unknown.txt")
    #expect(unknown.contains("Unknown, because a file does not name its kernel release"))
  }

  @Test func `scenario text: what came before is told beside the end`() throws {
    let options = SocketOptions([.keepalive: 1, .keepIdle: 10, .keepInterval: 100, .keepCount: 3])
    let text = text(Experiment(.idle, in: snapshot(), options: options))
    try expectSnapshot(text, named: "scenario-idle-circumstances.txt")
    #expect(text.contains("probes answered before"))
  }

  /// Where probes were answered before, the next one is further away.
  @Test(arguments: [(10, 100, true), (100, 10, false)])
  func `scenario text: what is assumed of an address that moved is told`(
    idle: Int, interval: Int, isAssumed: Bool
  ) {
    let options = SocketOptions([.keepalive: 1, .keepIdle: idle, .keepInterval: interval])
    var moved = Experiment(.movedAddress, in: snapshot(), options: options)
    moved.client = .idle
    let text = text(moved)
    #expect(text.contains("no probe answered before") == isAssumed)
    #expect(text.contains("or the new owner of its address") == isAssumed)
    moved.client = .send
    #expect(!self.text(moved).contains("answered before"))
  }

  @Test func `scenario text: what the peer did is told beside the end`() throws {
    let options = SocketOptions([.deferAccept: 100])
    let experiment = Experiment(.accept, in: snapshot(), options: options)
    let summary = "63.6–65.7 s if no ACK came, 249–253 s if one came and then nothing"
    let timeline = Timeline(of: experiment)
    #expect(timeline.summary == summary)
    #expect(timeline.text == summary)
    #expect(timeline.lanes().map(\.label) == ["no ACK came", "ACK came, then nothing"])
    let text = text(experiment)
    #expect(text.contains("  ending after 63.6–65.7 s if no ACK came\n"))
    #expect(text.contains("  ending after 249–253 s if an ACK came and then nothing\n"))
    #expect(!text.contains("exact"))
    // Two timeouts of deferring are over long before five retries are.
    let short = Experiment(.accept, in: snapshot(), options: SocketOptions([.deferAccept: 3]))
    #expect(Timeline(of: short).summary == "63.6–65.7 s")
    let words = self.text(short).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("after 63.6–65.7 s; 63 s if every timer were exact"), "\(words)")
  }

  /// Seconds, and what the first sentence says of a client that lives.
  @Test(arguments: [
    (1, "one timeout of the SYN-ACK, 1–1.04 s"), (3, "2 timeouts of the SYN-ACK, 3.02–3.05 s"),
    (10, "4 timeouts of the SYN-ACK, 15.2–15.5 s"), (30, "5 timeouts of the SYN-ACK, 31.3–31.7 s"),
  ])
  func `scenario text: a live client comes before one that is gone`(seconds: Int, time: String)
    throws
  {
    let options = SocketOptions([.deferAccept: seconds])
    let wide = TextLayout(isColoured: false, width: 500)
    let experiment = Experiment(.accept, in: snapshot(), options: options)
    let text = ScenarioReport(ScenarioExplanation(of: experiment), scale: .auto).document.text(wide)
    let live = "A live client that sends nothing is accepted after \(time)"
    let gone = "A half-open connection whose client is gone is dropped after 63.6–65.7 s"
    let lines = text.split(separator: "\n")
    let first = try #require(lines.firstIndex { $0.hasPrefix(live) })
    let second = try #require(lines.firstIndex { $0.hasPrefix(gone) })
    #expect(first < second)
    #expect(text.contains("TCP_DEFER_ACCEPT = \(seconds) s"))
    #expect(text.contains("  TCP_DEFER_ACCEPT    \(seconds) → "))
  }

  /// Of a course of thousands of events the first hundreds stand there, and the end.
  @Test(arguments: [
    (Scenario.neighbour, "mcast_solicit"), (.movedAddress, "ucast_solicit"),
  ])
  func `scenario text: where events are left out, that is said`(scenario: Scenario, name: String) {
    let note = "Events that only repeat are not all listed."
    let experiments = [3, 2_000].map { requests in
      let values = [name: requests, "retrans_time_ms": 8]
      var experiment = Experiment(
        scenario,
        in: snapshot(.init(uniqueKeysWithValues: values.map { (.neighbour($0, .v4), $1) })))
      experiment.client = .connect
      return experiment
    }
    let texts = experiments.map { text($0).split(separator: "\n") }
    #expect(!texts[0].contains(Substring(note)))
    #expect(texts[1].contains { $0.drop { $0 == " " } == note })
    #expect((300..<1500).contains(texts[1].count))
    let comparison = ScenarioComparison(
      experiments.map { ScenarioExplanation(of: $0) }, scale: .auto)
    #expect(comparison.document.text(layout).contains(note))
  }

  @Test func `scenario text: kernels that see the same share a column and a lane`() throws {
    let host = snapshot()
    let releases = [KernelVersion(5, 15), KernelVersion(6, 1), KernelVersion(6, 18)]
    let hosts = releases.map { release in
      var moved = host.moved(to: release)
      moved.tickRate = host.tickRate
      return moved
    }
    let explanations = hosts.map {
      ScenarioExplanation(
        of: Experiment(.accept, in: $0, options: SocketOptions([.deferAccept: 100])))
    }
    let text = ScenarioComparison(explanations, scale: .auto).document.text(layout)
    try expectSnapshot(text, named: "comparison-shared.txt")
    #expect(text.contains("Linux 5.15, 6.1, 6.18"))
    // Lane and list: each branch is told once.
    for end in ["63.6–65.7 s", "249–253 s"] {
      #expect(text.split(separator: "×").dropFirst().count { $0.contains(end) } <= 2)
    }
    #expect(!text.contains("tcp_rto_max_ms"))
    let connects = hosts.map { ScenarioExplanation(of: Experiment(.connect, in: $0)) }
    let partly = ScenarioComparison(connects, scale: .auto).document.text(layout)
    #expect(partly.contains("Linux 5.15, 6.1  Linux 6.18"))
    #expect(partly.contains("tcp_syn_linear_timeouts"))
  }

  @Test func `scenario text: branches of several round trips are told apart by the RTO`() throws {
    let path = Path(roundTrip: .milliseconds(1) ... .milliseconds(200))
    let experiment = Experiment(.send, in: snapshot(hertz: 1000, [.tcpRetries2: 3]), path: path)
    let labels = Timeline(of: experiment).lanes().map(\.label)
    #expect(labels == ["RTO 480–600 ms", "RTO 201–209 ms", "RTO 208–495 ms"])
    let text = text(experiment)
    #expect(labels.allSatisfy { text.contains(", \($0)\n") })
    #expect(!text.contains("exact"))
  }

  @Test func `scenario text: a user timeout is named where it decides`() throws {
    let options = SocketOptions([.userTimeout: 13_000])
    let path = Path(retransmissionTimeout: .milliseconds(204))
    try expectSnapshot(
      text(Experiment(.send, in: snapshot(), options: options, path: path)),
      named: "scenario-send-user-timeout.txt")
  }

  @Test func `scenario text: kernels and families stand side by side`() throws {
    let host = snapshot()
    let kernels = [KernelVersion(5, 4), KernelVersion(6, 1), KernelVersion(6, 18)].map {
      ScenarioExplanation(of: Experiment(.connect, in: host.moved(to: $0)))
    }
    let comparison = ScenarioComparison(kernels, scale: .auto).document.text(layout)
    try expectSnapshot(comparison, named: "comparison-kernels.txt")
    let families = AddressFamily.allCases.map {
      ScenarioExplanation(of: Experiment(.neighbour, in: host, family: $0))
    }
    let both = ScenarioComparison(families, scale: .auto).document.text(layout)
    try expectSnapshot(both, named: "comparison-families.txt")
  }

  @Test(arguments: ImmediateFailure.allCases)
  func `scenario text: outcomes without a timer are told`(outcome: ImmediateFailure) throws {
    let probe = TimeRange(.seconds(7200), .seconds(7331))
    let text = OutcomeReport(outcome, firstProbe: probe).document.text(layout)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    try expectSnapshot(text, named: "outcome-\(outcome.rawValue).txt")
    #expect(text.contains("2 h–2 h 3 min") == (outcome == .restarted))
  }

  /// Kernel, scenario, what is set, and what is said to decide.
  @Test(
    arguments: [
      ("4.14", .finWait, [.linger2: 90], [:], "tcp_fin_timeout = 60 s."),
      ("6.18", .finWait, [.linger2: 150], [:], "TCP_LINGER2 = 150 s, cut to 120 s."),
      ("6.18", .finWait, [:], [.tcpFinTimeout: 0], "three and a half retransmission timeouts"),
      ("6.18", .finWait, [:], [.tcpFinTimeout: 70], "tcp_fin_timeout = 70 s."),
      ("6.18", .close, [:], [.tcpRtoMaxMs: 1000], "none once the timeout has reached its maximum"),
      ("6.18", .close, [:], [:], "tcp_orphan_retries = 0, which acts as 8"),
      ("4.19", .zeroWindow, [:], [.tcpRetries2: 3], "tcp_retries2 = 3 and one more"),
      ("6.18", .zeroWindow, [:], [.tcpRetries2: 3], "tcp_retries2 = 3 probes"),
      ("4.19.70", .connect, [.userTimeout: 5000], [:], "a SYN in every tick"),
      ("6.18", .connect, [.userTimeout: 5000], [:], "TCP_USER_TIMEOUT = 5000 ms"),
      ("6.18", .connect, [:], [.tcpSynRetries: 1], "tcp_syn_retries = 1 stands for, 3 s; linear"),
      ("6.1", .connect, [:], [:], "tcp_syn_retries = 6 stands for, 127 s."),
      ("6.18", .accept, [:], [:], "the count: tcp_synack_retries = 5."),
      ("6.18", .accept, [.synCount: 2], [:], "the count: TCP_SYNCNT = 2."),
      ("6.18", .idle, [.keepalive: 1, .keepCount: 3], [:], "TCP_KEEPCNT = 3 probes"),
      ("6.18", .idle, [.keepalive: 1, .userTimeout: 1], [:], "the number of probes is ignored"),
      ("6.18", .send, [:], [.tcpRetries2: 8], "tcp_retries2 = 8 stands for, 102 s"),
      ("6.18", .timeWait, [:], [:], "60 s (TCP_TIMEWAIT_LEN); no setting changes it"),
      // Since 4.19.209 the sum of a connect begins with a second again.
      ("4.19.100", .connect, [:], [.tcpSynRetries: 6], "tcp_syn_retries = 6 stands for, 25.4 s."),
      ("4.19.250", .connect, [:], [.tcpSynRetries: 6], "tcp_syn_retries = 6 stands for, 127 s."),
      // The count is used up before the user timeout is over.
      ("4.19.70", .connect, [.userTimeout: 600_000], [:], "the count: tcp_syn_retries = 6."),
      ("4.19.250", .connect, [.userTimeout: 600_000], [:], "the count: tcp_syn_retries = 6."),
      // 30 s are five timeouts, as many as there are without; 60 s are six.
      ("6.18", .accept, [.deferAccept: 30], [:], "the count: tcp_synack_retries = 5."),
      ("6.18", .accept, [.deferAccept: 60], [:], "tcp_synack_retries = 5, or TCP_DEFER_ACCEPT"),
    ] as [(String, Scenario, [SocketOption: Int], [SysctlKey: Int], String)])
  func `scenario text: what decides is named`(
    kernel: String, scenario: Scenario, options: [SocketOption: Int], sysctls: [SysctlKey: Int],
    part: String
  ) throws {
    var host = snapshot().moved(to: try #require(KernelVersion(kernel)))
    for (key, value) in sysctls { host[key] = .value(.number(value)) }
    let experiment = Experiment(scenario, in: host, options: SocketOptions(options))
    let decision = Timeline(of: experiment).decision.joined(separator: " ")
    #expect(decision.contains(part), "\(decision)")
  }

  @Test
  func `scenario text: what decides on some round trips is told apart from what decides on others`()
  {
    var host = snapshot()
    host[.tcpFinTimeout] = .value(3)
    let path = Path(roundTrip: .milliseconds(1) ... .milliseconds(600))
    #expect(
      Timeline(of: Experiment(.finWait, in: host, path: path)).decision == [
        "Decided by tcp_fin_timeout = 3 s.",
        "Or by three and a half retransmission timeouts, the least there is.",
      ])
  }

  @Test(arguments: [40, 60, 80, 120], Scenario.allCases)
  func `scenario text: no line is wider than the terminal`(width: Int, scenario: Scenario) {
    let layout = TextLayout(isColoured: false, width: width)
    let experiments = [KernelVersion(5, 4), KernelVersion(6, 1), KernelVersion(6, 18)].map {
      kernel in
      ScenarioExplanation(
        of: Experiment(
          scenario, in: snapshot().moved(to: kernel), options: SocketOptions([.keepalive: 1])))
    }
    let texts =
      experiments.map { ScenarioReport($0, scale: .auto).document.text(layout) }
      + [ScenarioComparison(experiments, scale: .auto).document.text(layout)]
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test func `scenario text: a number keeps its unit`() {
    let text = Document(
      .paragraph("a connect that takes as long as 15 min 37 s and a bit, or 12 ms, or 3 h")
    ).text(TextLayout(isColoured: false, width: 40))
    for line in text.split(separator: "\n") {
      #expect(line.last?.isNumber == false, "\(line)")
    }
  }
}
