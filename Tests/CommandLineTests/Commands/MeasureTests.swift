import Foundation
import TemporaryFolders
import Testing

/// Measuring runs: they work with real sockets, and say what they saw.
struct MeasureTests {
  private static let keepalive = [
    "--option", "TCP_KEEPIDLE=1", "--option", "TCP_KEEPINTVL=1", "--option", "TCP_KEEPCNT=2",
  ]

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: an outage is outlived or not, as the model says`() throws {
    let run = try Run.tool(
      ["measure", "idle", "send", "--outage", "500ms", "--budget", "5s", "--json"]
        + Self.keepalive)
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0)
    #expect(measurements.count == 2)
    for measurement in measurements {
      #expect(measurement["status"].string == "confirmed", "\(run.output)")
      #expect(measurement["outage_seconds"].number == 0.5)
      #expect(measurement["measured_seconds"].isNull)
      #expect(try #require(measurement["resumed_after_seconds"].number) < 1)
    }
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: an outage that kills is told with its end`() throws {
    let run = try Run.tool(
      ["measure", "idle", "--outage", "1500ms", "--budget", "5s"] + Self.keepalive)
    #expect(run.code == 0)
    #expect(run.output.contains("predicted 3"))
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("survives outages of up to 1.02 s"))
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: what has no outage says so`() throws {
    let run = try Run.tool(
      "measure", "connect", "--option", "TCP_USER_TIMEOUT=1", "--budget", "4s", "--json")
    let measurement = try run.json["measurements"][0]
    #expect(measurement["status"].string == "confirmed")
    #expect(measurement["outage_seconds"].isNull)
    #expect(measurement["resumed_after_seconds"].isNull)
  }

  private static let grid = """
    schema: 1
    cases:
      - scenario: connect
        sysctls: { tcp_syn_retries: [1], tcp_syn_linear_timeouts: [0, 4] }
        options: { TCP_USER_TIMEOUT: [unset, 500] }
    """

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: every combination of a grid is run`() throws {
    let run = try Run.tool(
      "measure", "--grid", "-", "--budget", "5s", "--format", "csv", input: Self.grid)
    let rows = run.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(run.code == 0, "\(run.complaint)")
    #expect(rows.count == 5, "\(run.complaint)")
    #expect(Set(rows.map(\.count)).count == 1)
    let status = try #require(rows[0].firstIndex(of: "status"))
    #expect(rows.dropFirst().allSatisfy { $0[status] == "confirmed" }, "\(run.output)")
    #expect(Set(rows.dropFirst().map { "\($0[4]) \($0[5])" }).count == 4)
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: what is emitted for a profile is run and held against it`() throws {
    let folder = try TemporaryFolder()
    let profile = """
      schema: 1
      name: quick
      sysctls: { net.ipv4.tcp_keepalive_time: { value: 1 } }
      allow_below_rfc: true
      path: { rtt: 0.1ms }
      connections:
        - name: all
          sets: { SO_KEEPALIVE: 1, TCP_KEEPIDLE: 1 }
          can_set: [TCP_KEEPINTVL, TCP_KEEPCNT, TCP_USER_TIMEOUT, TCP_SYNCNT]
          levers: [socket]
          objectives:
            connect: { within: 4s, survive: 1s }
            idle: { within: 6s, survive: 2s }
      """
    let file = try folder.write("quick.yaml", profile)
    let run = try Run.tool(
      "measure", "--profile", file, "--full", "--json")
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(measurements.map(\.["scenario"].string) == ["connect", "connect", "idle", "idle"])
    for measurement in measurements {
      #expect(measurement["status"].string == "confirmed")
      #expect(measurement["settings"].string == "planned")
      #expect(measurement["connections"].string == "all")
    }
    #expect(measurements.compactMap(\.["outage_seconds"].number) == [1, 2])
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: devices that forget are met with and without keepalive`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "behind.yaml",
      """
      schema: 1
      name: behind
      middleboxes:
        nat: { idle_timeout: 20s, on_expiry: drop, tcp_keepalive_counts: yes }
        proxy: { idle_timeout: 60s, on_expiry: close, tcp_keepalive_counts: no }
      path: { rtt: 0.1ms, middleboxes: [nat, proxy] }
      connections:
        - name: all
          sets: { SO_KEEPALIVE: 1, TCP_KEEPIDLE: 10, TCP_KEEPINTVL: 10, TCP_KEEPCNT: 3 }
          levers: []
      """)
    let run = try Run.tool("measure", "--profile", file, "--budget", "8s", "--json")
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    let rehearsals = measurements.filter { $0["rehearsal"].bool == true }
    #expect(rehearsals.count == 5)
    let (nat, proxy) = (rehearsals.prefix(4), rehearsals.suffix(1))
    #expect(nat.allSatisfy { $0["middlebox"]["name"].string == "nat" })
    #expect(nat.compactMap(\.["middlebox"]["lost_probes"].number) == [0, 0, 1, 2])
    #expect(nat.map(\.["ends"].string) == ["always", "never", "always", "always"])
    #expect(nat.dropFirst().map(\.["status"].string) == Array(repeating: "confirmed", count: 3))
    #expect(nat[3]["errno"].string == "ETIMEDOUT")
    #expect(proxy.last?["middlebox"]["on_expiry"].string == "close")
    #expect(proxy.last?["status"].string == "confirmed", "\(run.output)")
    #expect(proxy.last?["errno"].isNull == true)
    let text = try Run.tool("measure", "--profile", file, "--budget", "8s").output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("behind nat, one probe lost"), "\(text)")
    #expect(text.contains("lives on, a probe was answered at"), "\(text)")
    #expect(text.contains("closed at 2.5"), "\(text)")
  }

  private static let all = [
    "connect", "neighbour", "accept", "idle", "send", "zero-window", "close", "fin-wait",
    "time-wait", "moved-address",
  ]

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: without a scenario all are run, within the budget`() throws {
    let clock = ContinuousClock()
    var run: Run?
    let time = try clock.measure { run = try Run.tool("measure", "--budget", "4s", "--json") }
    let measurements = try #require(run).json["measurements"].array
    #expect(time < .seconds(4.7))
    #expect(Set(measurements.compactMap(\.["scenario"].string)) == Set(Self.all))
    #expect(measurements.allSatisfy { $0["status"].string != "outside" }, "\(run?.output ?? "")")
    let confirmed = measurements.filter { $0["status"].string == "confirmed" }
    // Nobody is there for IPv4 and IPv6, and what is rehearsed with short options.
    #expect(
      confirmed.compactMap(\.["scenario"].string).sorted()
        == ["fin-wait", "idle", "neighbour", "neighbour"])
    let timeWait = measurements.last { $0["scenario"].string == "time-wait" }
    #expect(timeWait?["status"].string == "not-run")
    #expect(timeWait?["reason"].string == "first event at 60 s")
  }

  @Test(
    .enabled(if: Machine.allowsNamespaces, "namespaces are refused here"),
    arguments: ["neighbour", "accept", "zero-window", "close", "fin-wait"], ["-4", "-6"])
  func `measure: what ends soon ends as predicted`(scenario: String, family: String) throws {
    let settings = [
      "net.ipv4.neigh.default.retrans_time_ms=300", "net.ipv6.neigh.default.retrans_time_ms=300",
      "net.ipv4.tcp_synack_retries=0", "net.ipv4.tcp_retries2=1", "net.ipv4.tcp_orphan_retries=1",
      "net.ipv4.tcp_fin_timeout=1",
    ]
    let run = try Run.tool(
      ["measure", scenario, family, "--budget", "5s", "--json"]
        + settings.flatMap { ["--set", $0] })
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(measurements.count == 1, "\(run.output) \(run.complaint)")
    #expect(measurements[0]["status"].string == "confirmed", "\(run.output)")
    #expect(measurements[0]["family"].string == (family == "-4" ? "ipv4" : "ipv6"))
  }

  @Test(.enabled(if: Machine.allowsNamespacesToNobody, "user 65534 gets no namespaces here"))
  func `measure: a user without rights runs all too`() throws {
    let run = try Run.tool("measure", "-6", "--budget", "3s", "--json", wrapper: Machine.nobody)
    let measurements = try run.json["measurements"].array
    #expect(run.code == 0)
    #expect(Set(measurements.compactMap(\.["scenario"].string)) == Set(Self.all))
    let confirmed = measurements.filter { $0["status"].string == "confirmed-so-far" }
    #expect(
      Set(confirmed.compactMap(\.["scenario"].string)).isSuperset(
        of: ["connect", "neighbour", "accept", "send", "zero-window", "close"]), "\(run.output)")
  }

  @Test(arguments: [
    (["measure", "send", "--grid", "-"], "exclude each other"),
    (["measure", "send", "--profile", "server"], "exclude each other"),
    (["measure", "--full", "--budget", "5s"], "exclude each other"),
    (["measure", "--kernel", "6.1"], "running kernel"),
    (["measure", "connect", "--again", "101"], "--again 101: 0 to 100 times"),
    (["measure", "connect", "--again=-1"], "--again -1: 0 to 100 times"),
    (["measure", "--socket-facts", "--again", "1"], "only the options of its output go with it"),
    (["measure", "--grid", "/nowhere/grid.yaml"], "cannot read the grid /nowhere/grid.yaml"),
    (["measure", "--profile", "servr"], "server"),
  ])
  func `measure: what goes together with nothing is refused`(arguments: [String], reason: String)
    throws
  {
    let run = try Run.tool(arguments, input: Self.grid)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains(reason), "\(run.complaint)")
  }

  /// What this kernel lacks is left out; everything else ends within the budget.
  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: every scenario of the grid does on this kernel what the model says`() throws {
    let run = try Run.tool(
      "measure", "--grid", Machine.fixture("grid.yaml"), "--budget", "40s", "--again", "3", "--json"
    )
    let measurements = try run.json["measurements"].array
    let leftOut = try run.json["left_out"].array.compactMap(\.["cases"].number)
    #expect(measurements.count + Int(leftOut.reduce(0, +)) >= 215)
    #expect(Set(measurements.compactMap(\.["scenario"].string)).count >= 7)
    for measurement in measurements {
      #expect(measurement["status"].string == "confirmed", "\(measurement)")
      #expect(try #require(measurement["run_again"].number) <= 3)
    }
    #expect(run.code == 0)
  }

  /// The budget is the longest it may take, not how long it takes.
  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: it is over when every case has ended`() throws {
    let start = ContinuousClock.now
    let run = try Run.tool(
      "measure", "accept", "--set", "tcp_synack_retries=0", "--budget", "30s", "--json")
    let measurement = try run.json["measurements"][0]
    #expect(measurement["status"].string == "confirmed")
    #expect(measurement["errno"].isNull)
    #expect(measurement["segments"].number == 1)
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: captured settings are run by the rules of this kernel`() throws {
    let text =
      try Machine.stockText.split(separator: "\n").filter {
        !$0.contains("tcp_rto_m") && !$0.contains("syn_linear")
      }.joined(separator: "\n").replacingOccurrences(of: "6.18.44", with: "4.14.0") + "\n"
    let run = try Run.tool(
      "measure", "connect", "--from", "-", "--set", "tcp_syn_retries=1", "--budget", "8s",
      "--json", input: text)
    #expect(run.code == 0, "\(run.output) \(run.complaint)")
    #expect(try run.json["measurements"][0]["status"].string == "confirmed")
  }

  @Test(.enabled(if: Machine.allowsNamespaces, "namespaces are refused here"))
  func `measure: more segments than a new connection may send are not run`() throws {
    let run = try Run.tool("measure", "send", "--segments", "11", "--budget", "2s")
    #expect(run.code == 2)
    #expect(run.output.contains("no more than 10 segments"))
  }
}
