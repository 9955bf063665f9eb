import TCPModel
import Testing

struct ExplainTests {
  private static let rangeFields: Set<String> = ["earliest_seconds", "latest_seconds", "ends"]
  private static let fields =
    rangeFields.union([
      "schema_version", "tool", "version", "command", "host", "scenario", "errno", "events",
      "branches", "nominal_seconds",
    ])

  private func explain(_ arguments: String...) throws -> JSON {
    let run = try Run.tool(["explain"] + arguments + ["--from", Machine.stock, "--json"])
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.complaint == "")
    return try run.json
  }

  /// The model's own answer for the same settings.
  private func timeline(
    _ scenario: Scenario, _ options: [SocketOption: Int] = [:], kernel: String = "6.18.44",
    hertz: Int? = nil, path: Path = Path(), _ sysctls: [SysctlKey: Int] = [:]
  ) throws -> Timeline {
    var snapshot = try Machine.snapshot(of: try Machine.stockText)
    let release = try #require(KernelVersion(kernel))
    if kernel != "6.18.44" { snapshot = snapshot.moved(to: release) }
    snapshot.tickRate = hertz.flatMap { TickRate(hertz: $0) }
    for (key, value) in sysctls { snapshot[key] = .value(.number(value)) }
    return Timeline(
      of: Experiment(scenario, in: snapshot, options: SocketOptions(options), path: path))
  }

  private func expect(
    _ answer: JSON, is timeline: Timeline, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let range = try #require(timeline.range)
    #expect(answer["ends"].string == "always", sourceLocation: location)
    #expect(
      answer["earliest_seconds"].number == range.earliest.seconds, sourceLocation: location)
    #expect(answer["latest_seconds"].number == range.latest.seconds, sourceLocation: location)
    #expect(
      answer["nominal_seconds"].number == timeline.exactEnd?.seconds, sourceLocation: location)
    #expect(answer["errno"].string == timeline.errno, sourceLocation: location)
    #expect(
      answer["branches"].array.count == timeline.branches.count, sourceLocation: location)
    let events = answer["events"].array
    #expect(
      events.map(\.["kind"].string) == timeline.events.map(\.kind.rawValue),
      sourceLocation: location)
    #expect(
      events.map(\.["earliest_seconds"].number)
        == timeline.events.map { $0.range.earliest.seconds }, sourceLocation: location)
    #expect(
      events.map(\.["latest_seconds"].number) == timeline.events.map { $0.range.latest.seconds },
      sourceLocation: location)
  }

  @Test func `explain: a tick that is named is that of every kernel`() throws {
    let run = try Run.tool(
      "explain", "connect", "--json", "--kernel", "4.19", "--kernel", "6.1", "--hz", "1000")
    let ticks = try run.json["timelines"].array.map { $0["host"]["hz"].number }
    #expect(ticks == [1000, 1000])
  }

  @Test func `explain: the promised fields are there and the numbers are the model's`() throws {
    let connect = try explain("connect")
    #expect(connect.names.isSuperset(of: Self.fields))
    #expect(connect["command"].string == "explain")
    #expect(connect["scenario"].string == "connect")
    #expect(connect["host"].names.isSuperset(of: ["kernel", "hz", "netns", "source"]))
    #expect(connect["host"]["kernel"].string == "6.18.44")
    #expect(connect["host"]["hz"].isNull)
    for event in connect["events"].array {
      #expect(event.names.isSuperset(of: Self.rangeFields.union(["kind"])))
    }
    for branch in connect["branches"].array {
      #expect(branch.names.isSuperset(of: Self.rangeFields.union(["share", "events"])))
    }
    try expect(connect, is: try timeline(.connect))
    try expect(try explain("send"), is: try timeline(.send))
    try expect(
      try explain("idle", "--option", "SO_KEEPALIVE"), is: try timeline(.idle, [.keepalive: 1]))
  }

  /// Scenario, and the errno the program sees.
  @Test(arguments: [
    ("neighbour", "EHOSTUNREACH"), ("accept", nil), ("zero-window", "ETIMEDOUT"), ("close", nil),
    ("fin-wait", nil), ("time-wait", nil),
  ])
  func `explain: every scenario is explained`(name: String, errno: String?) throws {
    // A new network namespace shows nothing of the neighbour table, so the capture has nothing.
    let text =
      try Machine.stockText
      + ["app_solicit = 0", "mcast_solicit = 3", "retrans_time_ms = 1000"].map {
        "net.ipv4.neigh.default.\($0)\n"
      }.joined()
    let run = try Run.tool("explain", name, "--from", "-", "--hz", "250", "--json", input: text)
    #expect(run.code == 0, "\(run.complaint)")
    let answer = try run.json
    #expect(answer.names.isSuperset(of: Self.fields))
    #expect(answer["errno"].string == errno)
    var snapshot = try Machine.snapshot(of: text)
    snapshot.tickRate = TickRate(hertz: 250)
    let scenario = try #require(Scenario(rawValue: name))
    try expect(answer, is: Timeline(of: Experiment(scenario, in: snapshot)))
    let report = try Run.tool("explain", name, "--from", "-", "--hz", "250", input: text).output
    #expect(report.contains(errno ?? (name == "time-wait" ? "is free after" : "is dropped after")))
  }

  @Test func `explain: a peer that dies later is given up later`() throws {
    var snapshot = try Machine.snapshot(of: try Machine.stockText)
    snapshot.tickRate = TickRate(hertz: 250)
    snapshot[.tcpRetries2] = .value(7)
    var experiment = Experiment(.zeroWindow, in: snapshot)
    experiment.receiverFate = .dies(after: .seconds(10))
    let answer = try explain(
      "zero-window", "--after-death", "10s", "--set", "tcp_retries2=7", "--hz", "250")
    try expect(answer, is: Timeline(of: experiment))
    // Measured on 6.18: 197.4 to 197.6 s.
    #expect(try #require(answer["earliest_seconds"].number) < 197.4)
    #expect(try #require(answer["latest_seconds"].number) > 197.6)
    let wrong = try Run.tool(
      "explain", "zero-window", "--after-death", "10", "--from", Machine.stock)
    #expect(wrong.code == 2)
    #expect(wrong.complaint.contains("--after-death"))
  }

  @Test func `explain: idle without keepalive never ends`() throws {
    for arguments in [[], ["--option", "TCP_USER_TIMEOUT=5000"], ["--option", "SO_KEEPALIVE=0"]] {
      let run = try Run.tool(["explain", "idle", "--from", Machine.stock, "--json"] + arguments)
      let idle = try run.json
      #expect(idle.names.isSuperset(of: Self.fields))
      #expect(idle["ends"].string == "never")
      #expect(idle["earliest_seconds"].isNull)
      #expect(idle["latest_seconds"].isNull)
      #expect(idle["errno"].isNull)
      #expect(idle["nominal_seconds"].isNull)
      #expect(idle["events"].array.isEmpty)
      #expect(idle["branches"].array.isEmpty)
    }
    let text = try Run.tool("explain", "idle", "--from", Machine.stock)
    #expect(text.output.contains("Never ends"))
  }

  @Test func `explain: probes without a pause between them end with the user timeout`() throws {
    let answer = try explain(
      "idle", "--set", "tcp_keepalive_intvl=0", "--set", "tcp_keepalive_time=10", "--option",
      "SO_KEEPALIVE", "--option", "TCP_USER_TIMEOUT=30000", "--hz", "250")
    #expect(answer["ends"].string == "always")
    #expect(answer["nominal_seconds"].number == 30)
  }

  @Test func `explain: what-if options change what is simulated`() throws {
    try expect(
      try explain("connect", "--set", "tcp_syn_retries=2", "--hz", "250"),
      is: try timeline(.connect, hertz: 250, [.tcpSynRetries: 2]))
    try expect(
      try explain(
        "connect", "--set", "net.ipv4.tcp_syn_retries=2", "--set",
        "tcp_syn_linear_timeouts=0", "--hz", "1000"),
      is: try timeline(
        .connect, hertz: 1000, [.tcpSynRetries: 2, .tcpSynLinearTimeouts: 0]))
    try expect(
      try explain("connect", "--option", "TCP_SYNCNT=2", "--hz", "100"),
      is: try timeline(.connect, [.synCount: 2], hertz: 100))
    try expect(
      try explain("send", "--option", "tcp_user_timeout=30000", "--rtt", "20ms", "--hz", "250"),
      is: try timeline(
        .send, [.userTimeout: 30_000], hertz: 250,
        path: Path(roundTrip: .milliseconds(20)...(.milliseconds(20)))))
    try expect(
      try explain("close", "--segments", "0", "--hz", "250"),
      is: try timeline(.close, hertz: 250, path: Path(segments: 0)))
    try expect(
      try explain("send", "--rtt", "1ms..20ms", "--segments", "3", "--hz", "250"),
      is: try timeline(
        .send, hertz: 250,
        path: Path(roundTrip: .milliseconds(1)...(.milliseconds(20)), segments: 3)))
    try expect(
      try explain("send", "--rto", "204ms", "--hz", "250"),
      is: try timeline(
        .send, hertz: 250, path: Path(retransmissionTimeout: .milliseconds(204))))
  }

  /// Measured on 6.18 at 250 ticks: retries, linear timeouts, seconds.
  @Test(arguments: [(1, 0, 3.0), (2, 0, 7), (3, 0, 15), (1, 4, 3), (2, 4, 7), (3, 4, 19)])
  func `explain: a connect takes as long as was measured`(
    retries: Int, linear: Int, seconds: Double
  ) throws {
    let answer = try explain(
      "connect", "--set", "tcp_syn_retries=\(retries)", "--set",
      "tcp_syn_linear_timeouts=\(linear)", "--hz", "250")
    let latest = try #require(answer["latest_seconds"].number)
    let earliest = try #require(answer["earliest_seconds"].number)
    #expect(earliest >= seconds)
    #expect(latest <= seconds * 1.1)
  }

  @Test func `explain: several kernels give timelines, one below the other`() throws {
    let run = try Run.tool(
      "explain", "connect", "--from", Machine.stock, "--kernel", "5.15", "--kernel", "6.18",
      "--json")
    let answer = try run.json
    let timelines = answer["timelines"].array
    // The stock settings are of 6.18.44, which stays itself when 6.18 is asked for.
    #expect(timelines.map(\.["host"]["kernel"].string) == ["5.15", "6.18.44"])
    #expect(!answer["scenario"].isPresent)
    try expect(try #require(timelines.first), is: try timeline(.connect, kernel: "5.15"))
    try expect(try #require(timelines.last), is: try timeline(.connect, kernel: "6.18"))
    let latest = timelines.compactMap(\.["latest_seconds"].number)
    try #require(latest.count == 2)
    #expect(latest[0] < latest[1])
    let text = try Run.tool(
      "explain", "connect", "--from", Machine.stock, "--kernel", "5.15", "--kernel", "6.18")
    #expect(text.output.contains("Linux 5.15"))
    #expect(text.output.contains("Linux 6.18"))
  }

  @Test(arguments: [("connect", "tcp_syn_retries"), ("send", "tcp_retries2")])
  func `explain: a setting that is not known leaves the end unknown`(scenario: String, key: String)
    throws
  {
    let text = try BadCaptureTests.stock(with: "net.ipv4.\(key)", nil)
    let run = try Run.tool("explain", scenario, "--from", "-", "--json", input: text)
    #expect(run.code == 0)
    #expect(try run.json["ends"].string == "unknown")
    #expect(try run.json["ends_because"].string?.contains(key) == true)
    #expect(try run.json["earliest_seconds"].isNull)
    #expect(try run.json["latest_seconds"].isNull)
  }

  @Test func `explain: what decides it, what would change it and what is seen are told`() throws {
    let connect = try explain("connect", "--hz", "250")
    #expect(connect["decided_by"].array.compactMap(\.string).first?.contains("count") == true)
    #expect(connect["epoll_events"].array.map(\.string) == ["IN", "OUT", "ERR", "HUP", "RDHUP"])
    let changes = connect["changes"].array
    let retries = try #require(
      changes.first { $0["setting"].string == "net.ipv4.tcp_syn_retries" })
    #expect(retries["value"].number == 6)
    for (step, value) in [("down", 5), ("up", 7)] {
      let changed = try timeline(.connect, hertz: 250, [.tcpSynRetries: value])
      #expect(retries[step]["value"].number == Double(value))
      #expect(retries[step]["latest_seconds"].number == changed.range?.latest.seconds)
    }
    let close = try explain("close", "--hz", "250")
    #expect(close["epoll_events"].array.isEmpty)
    #expect(close["program_sees"].string != nil)
    #expect(!close["traps"].array.isEmpty)
  }

  @Test func `explain: the range of a first timeout may be simulated to its ends`() throws {
    for rto in ["4ms", "120s"] {
      #expect(try explain("send", "--rto", rto, "--hz", "250")["ends"].string == "always")
    }
    #expect(try explain("send", "--rto", "1ms")["ends"].string == "always")
  }

  @Test func `explain: families and stale entries are told apart`() throws {
    let text =
      try Machine.stockText
      + [
        "app_solicit = 0", "mcast_solicit = 3", "retrans_time_ms = 1000", "ucast_solicit = 3",
        "mcast_resolicit = 0", "delay_first_probe_time = 5",
      ].flatMap { line in
        ["ipv4", "ipv6"].map { "net.\($0).neigh.default.\(line)\n" }
      }.joined()
    func run(_ arguments: String...) throws -> Run {
      try Run.tool(
        ["explain", "neighbour", "--from", "-", "--hz", "250"] + arguments, input: text)
    }
    let both = try run("-4", "-6", "--json").json["timelines"].array
    #expect(both.map(\.["family"].string) == ["ipv4", "ipv6"])
    let stale = try run("--stale", "--json").json
    // Measured on 6.18: 14.26 to 14.42 s.
    #expect(try #require(stale["earliest_seconds"].number) <= 14.26)
    #expect(try #require(stale["latest_seconds"].number) >= 14.42)
    #expect(stale["errno"].string == "EHOSTUNREACH")
    #expect(try run("--stale").output.contains("stale entry"))
  }

  /// What the FIN alone changes: it is a lone segment, which gets a late loss probe.
  @Test func `explain: a FIN alone is retransmitted later`() throws {
    let alone = try explain("close", "--segments", "0", "--hz", "250")
    let withData = try explain("close", "--hz", "250")
    let (first, second) = (
      alone["events"][1]["earliest_seconds"].number,
      withData["events"][1]["earliest_seconds"].number
    )
    #expect(try #require(first) > 0.4)
    #expect(try #require(second) < 0.3)
  }

  @Test(arguments: ["refused", "no-route", "rejected", "restarted"])
  func `explain: an outcome without a timer is explained`(name: String) throws {
    let run = try Run.tool("explain", name, "--from", Machine.stock, "--json")
    let causes = try run.json["causes"].array
    #expect(run.code == 0)
    #expect(run.complaint == "")
    #expect(!causes.isEmpty)
    for cause in causes {
      #expect(cause.names.isSuperset(of: ["cause", "errno", "when", "epoll_events"]))
    }
    let text = try Run.tool("explain", name, "--from", Machine.stock)
    #expect(text.output.hasPrefix("\(name): "))
    guard name == "restarted" else { return }
    let probe = try timeline(.idle, [.keepalive: 1]).events.first?.range
    let noticed = try #require(causes.first { $0["when"].string?.contains("probe") == true })
    #expect(noticed["earliest_seconds"].number == probe?.earliest.seconds)
    #expect(noticed["latest_seconds"].number == probe?.latest.seconds)
  }

  @Test(arguments: [
    (["connect", "--stale"], "neighbour"), (["tcp_retries2", "--stale"], "neighbour"),
    (["TCP_SYNCNT", "--after-death", "2s"], "zero-window"),
    (["tcp_tw_recycle", "--rtt", "1ms"], "no"),
    (["connect", "--segments", "3"], "send and close"),
    (["zero-window", "--segments", "3"], "send"),
    (["connect", "--rto", "1s"], "send, zero-window, close and fin-wait"),
    (["restarted", "--rto", "1s"], "send"),
    (["restarted", "--kernel", "6.1", "--kernel", "6.18"], "one"),
    (["refused", "--set", "tcp_retries2=3"], "refused"),
    (["no-route", "--rtt", "1ms"], "no-route"),
    (["rejected", "--kernel", "6.1"], "rejected"),
    (["send", "--rto", "1ms", "--hz", "250"], "4 ms to 120 s"),
    (["send", "--rto", "1us"], "1 ms to 120 s"), (["send", "--rto", "200s"], "to 120 s"),
    (["send", "--rto", "20s", "--set", "tcp_rto_max_ms=10000"], "to 10 s"),
    (["close", "--rto", "20s", "--option", "TCP_RTO_MAX_MS=5000"], "to 5 s"),
    (["tcp_retries2", "--rto", "300s", "--kernel", "6.1"], "to 120 s"),
    (["send", "--after-death", "2s"], "zero-window"),
    (["send", "--segments", "0"], "1 to 1000"), (["connect", "--scale", "cubic"], "cubic"),
    (["connect", "--option", "TCP_RTO_MAX_MS=2000", "--kernel", "6.1"], "6.15"),
    (["conect"], "connect"), (["refusd"], "refused"),
  ])
  func `explain: what has no meaning is refused`(arguments: [String], part: String) throws {
    let run = try Run.tool(["explain", "--from", Machine.stock] + arguments)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains(part), "\(run.complaint)")
  }
}
