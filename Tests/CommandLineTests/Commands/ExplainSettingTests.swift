import TCPModel
import Testing

struct ExplainSettingTests {
  private static let head: Set<String> = [
    "$schema", "schema_version", "tool", "version", "command", "host",
  ]
  private static let sysctlFields: Set<String> = [
    "key", "meaning", "unit", "minimum", "maximum", "default", "defaults", "since", "removed",
    "scope", "per_namespace_since", "new_namespace", "takes_effect", "read_back", "value", "status",
    "devices", "scenarios", "traps", "prefer", "provenance",
  ]
  private static let optionFields: Set<String> = [
    "name", "level", "number", "unit", "minimum", "maximum", "unset_reads", "inherited", "since",
    "status", "meaning", "outside_range", "remark", "stands_for", "scenarios", "traps", "prefer",
  ]

  private func explain(_ arguments: String..., from capture: Bool = true) throws -> JSON {
    let source = capture ? ["--from", Machine.stock, "--hz", "250"] : []
    let run = try Run.tool(["explain"] + arguments + source + ["--json"])
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.complaint == "", "\(run.complaint)")
    return try run.json
  }

  private func expectParts(_ part: JSON) {
    for row in part["scenarios"].array {
      #expect(
        row.names == [
          "scenario", "family", "options", "earliest_seconds", "latest_seconds", "ends",
          "ends_because", "accepted",
        ])
      #expect(row["scenario"].string.flatMap(Scenario.init(rawValue:)) != nil)
    }
    for pitfall in part["traps"].array {
      #expect(pitfall.names == ["id", "sentence", "source", "counts_here"])
      #expect(pitfall["counts_here"].bool != nil)
    }
  }

  @Test(arguments: SysctlCatalog.all.map(\.key.rawValue))
  func `explain: every sysctl is explained`(key: String) throws {
    let answer = try explain(key)
    #expect(answer.names == Self.head.union(["sysctl"]))
    let sysctl = answer["sysctl"]
    #expect(sysctl.names == Self.sysctlFields)
    #expect(sysctl["key"].string == key)
    #expect(sysctl["removed"].isNull)
    expectParts(sysctl)
  }

  @Test(arguments: SocketOptionInfo.all.map(\.name))
  func `explain: every option is explained`(name: String) throws {
    let answer = try explain(name)
    #expect(answer.names == Self.head.union(["option"]))
    #expect(answer["option"].names == Self.optionFields)
    #expect(answer["option"]["name"].string == name)
    expectParts(answer["option"])
  }

  @Test func `explain: the value of this host is shown`() throws {
    let answer = try explain("tcp_retries2", from: false)
    let path = "/proc/sys/net/ipv4/tcp_retries2"
    #expect(
      answer["sysctl"]["value"].string
        == (try Run.shell("cat \(path)")).lines.first.map { String($0) })
    #expect(answer["sysctl"]["status"].string == "value")
    #expect(answer["host"]["source"].string == "/proc/sys")
  }

  @Test(arguments: ["tcp_retries2", "net.ipv4.tcp_retries2", "net/ipv4/tcp_retries2"])
  func `explain: a sysctl has several spellings`(name: String) throws {
    #expect(try explain(name)["sysctl"]["key"].string == "net.ipv4.tcp_retries2")
  }

  /// As written, what it is; in small letters a sysctl of the same name comes first.
  @Test(arguments: [
    ("TCP_USER_TIMEOUT", "option"), ("tcp_user_timeout", "option"), ("So_KeepAlive", "option"),
    ("tcp_notsent_lowat", "sysctl"), ("TCP_NOTSENT_LOWAT", "option"),
    ("tcp_thin_linear_timeouts", "sysctl"), ("TCP_THIN_LINEAR_TIMEOUTS", "option"),
  ])
  func `explain: an option may be written in any letters`(name: String, kind: String) throws {
    let answer = try explain(name)
    #expect(answer[kind].isPresent)
    let explained = answer[kind][kind == "option" ? "name" : "key"].string ?? ""
    #expect(explained.uppercased().hasSuffix(name.uppercased()))
  }

  @Test func `explain: a name of both neighbour tables explains both`() throws {
    let answers = try explain("mcast_solicit")["explanations"].array
    #expect(
      answers.map(\.["sysctl"]["key"].string)
        == ["net.ipv4.neigh.default.mcast_solicit", "net.ipv6.neigh.default.mcast_solicit"])
    #expect(answers.allSatisfy { $0["host"].isPresent })
  }

  @Test func `explain: a device's own neighbour setting is explained`() throws {
    let text =
      try Machine.stockText
      + ["app_solicit = 0", "mcast_solicit = 5", "retrans_time_ms = 1000"].map {
        "net.ipv4.neigh.eth0/100.\($0)\n"
      }.joined()
    for name in ["net.ipv4.neigh.eth0/100.mcast_solicit", "net/ipv4/neigh/eth0.100/mcast_solicit"] {
      let run = try Run.tool("explain", name, "--from", "-", "--hz", "250", "--json", input: text)
      let sysctl = try run.json["sysctl"]
      #expect(sysctl["key"].string == "net.ipv4.neigh.eth0/100.mcast_solicit")
      #expect(sysctl["value"].string == "5")
      #expect(sysctl["default"].string == "3")
      let neighbour = sysctl["scenarios"][0]
      #expect(try #require(neighbour["earliest_seconds"].number) > 5)
    }
    let live = try explain("net.ipv4.neigh.lo.mcast_solicit", from: false)["sysctl"]
    #expect(live["value"].string != nil)
    #expect(live["status"].string == "value")
  }

  @Test func `explain: several kernels give explanations, one below the other`() throws {
    let answer = try explain(
      "tcp_syn_linear_timeouts", "--kernel", "3.10", "--kernel", "5.4", "--kernel", "6.18")
    let each = answer["explanations"].array
    #expect(each.map(\.["host"]["kernel"].string) == ["3.10", "5.4", "6.18.44"])
    #expect(each.map(\.["sysctl"]["status"].string) == ["absent", "absent", "value"])
    #expect(each.map(\.["sysctl"]["default"].string) == [nil, nil, "4"])
    let text = try Run.tool(
      "explain", "tcp_syn_linear_timeouts", "--from", Machine.stock, "--kernel", "5.4")
    #expect(text.output.contains("absent: Linux 5.4 does not have it"))
  }

  /// A sysctl, a release, and what a new network namespace begins with there.
  @Test(arguments: [
    ("tcp_syn_retries", "3.10", "shared", "sees the same"),
    ("tcp_syn_retries", "4.14", "default", "starts with the default"),
    ("tcp_keepalive_time", "3.10", "shared", "sees the same"),
    ("tcp_fastopen", "4.14", "shared", "sees the same"),
    ("tcp_tw_reuse", "3.10", "shared", "sees the same"),
    ("tcp_tw_reuse", "4.14", "default", "starts with the default"),
    ("tcp_rmem", "6.18", "copied", "copies the value"),
    ("tcp_rmem", "4.14", "shared", "sees the same"),
    ("somaxconn", "3.10", "default", "starts with the default"),
    ("tcp_max_orphans", "6.18", "shared", "sees the same"),
  ])
  func `explain: a new namespace begins as the release has it`(
    name: String, kernel: String, value: String, text: String
  ) throws {
    let sysctl = try explain(name, "--kernel", kernel)["sysctl"]
    #expect(sysctl["new_namespace"].string == value)
    #expect(sysctl["scope"].string == (value == "shared" ? "machine" : "namespace"))
    let run = try Run.tool("explain", name, "--from", Machine.stock, "--kernel", kernel)
    #expect(run.output.contains("new namespace  \(text)"), "\(run.output)")
  }

  @Test func `explain: whatever decides a time is explained on old kernels too`() throws {
    let keys = Set(Scenario.allCases.flatMap(\.sysctls)).map(\.rawValue).sorted()
    for name in keys + SocketOption.all.map(\.name) {
      let kernels = ["3.10", "5.4", "6.18"].flatMap { ["--kernel", $0] }
      let run = try Run.tool(["explain", name, "--from", Machine.stock] + kernels)
      #expect(run.code == 0)
      #expect(run.complaint == "")
      #expect(run.output.hasPrefix(name))
      #expect(run.output.contains("Linux 3.10,"))
      #expect(run.output.contains("Linux 5.4,"))
    }
  }

  @Test func `explain: what-if values are explained`() throws {
    let sysctl = try explain("tcp_retries2", "--set", "tcp_retries2=3")["sysctl"]
    #expect(sysctl["value"].string == "3")
    #expect(sysctl["default"].string == "15")
    let counted = sysctl["traps"].array.filter { $0["counts_here"].bool == true }
    #expect(counted.contains { $0["id"].string == "retries2-below-rfc" })
    let option = try explain("TCP_USER_TIMEOUT", "--option", "TCP_USER_TIMEOUT=5000")["option"]
    let connects = option["scenarios"].array.filter { $0["scenario"].string == "connect" }
    #expect(connects.map { $0["options"]["TCP_USER_TIMEOUT"].number } == [nil, 5000])
    #expect(try #require(connects.last?["latest_seconds"].number) < 6)
  }

  @Test func `explain: an option says what it stands for and what an unset one reads`() throws {
    let option = try explain("TCP_KEEPIDLE")["option"]
    #expect(option["stands_for"].string == "net.ipv4.tcp_keepalive_time")
    #expect(option["unset_reads"].number == 7200)
    #expect(option["inherited"].bool == true)
    #expect(option["level"].string == "IPPROTO_TCP")
    #expect(option["number"].number == 4)
    #expect(option["minimum"].number == 1)
    #expect(option["maximum"].number == 32767)
    let linger = try explain("SO_LINGER")["option"]
    #expect(linger["unset_reads"].isNull)
    #expect(linger["minimum"].isNull)
    #expect(linger["scenarios"].array.isEmpty)
    #expect(linger["remark"].string != nil)
  }

  /// Name, removed in, without effect since.
  @Test(arguments: [
    ("tcp_tw_recycle", String?.some("4.12"), String?.none),
    ("net.ipv4.tcp_tw_recycle", "4.12", nil),
    ("net.ipv4.tcp_adv_win_scale", nil, "6.6"), ("net/dccp/default/seq_window", "6.16", nil),
  ])
  func `explain: what became of a retired sysctl is told`(
    name: String, removed: String?, ineffective: String?
  )
    throws
  {
    let sysctl = try explain(name)["sysctl"]
    #expect(sysctl["removed"].string == removed)
    #expect(sysctl["ineffective_since"].string == ineffective)
    #expect(sysctl["note"].string != nil)
    if removed != nil { #expect(sysctl["status"].string == "absent") }
    let text = try Run.tool("explain", name, "--from", Machine.stock)
    #expect(text.code == 0)
    #expect(text.output.contains(removed ?? ineffective ?? "?"))
  }

  @Test func `explain: everything that can be explained is listed`() throws {
    let run = try Run.tool("explain", "--list", "--json")
    let answer = try run.json
    #expect(answer.names == Self.head.union(["scenarios", "outcomes", "sysctls", "options"]))
    #expect(answer["scenarios"].array.map(\.["name"].string) == Scenario.allCases.map(\.rawValue))
    #expect(answer["sysctls"].array.count == SysctlCatalog.all.count)
    #expect(answer["options"].array.count == SocketOptionInfo.all.count)
    #expect(answer["options"].array.allSatisfy { $0["summary"].string?.isEmpty == false })
    let text = try Run.tool("explain", "--list").output
    for name in ["connect", "net.ipv4.tcp_retries2", "TCP_USER_TIMEOUT"] {
      #expect(text.contains("  \(name): "))
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `explain: a setting that could not be read is explained as far as it goes`() throws {
    let text = try BadCaptureTests.stock(with: "net.ipv4.tcp_retries2", nil)
    let run = try Run.tool("explain", "tcp_retries2", "--from", "-", "--json", input: text)
    #expect(run.code == 0)
    let sysctl = try run.json["sysctl"]
    #expect(sysctl["status"].string == "absent")
    #expect(sysctl["value"].isNull)
    #expect(sysctl["scenarios"].array.isEmpty)
    #expect(!sysctl["traps"].array.isEmpty)
  }
}
