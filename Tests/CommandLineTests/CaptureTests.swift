import Foundation
import TemporaryFolders
import Testing

/// What was captured is believed, whichever release, terminal or editor it went through.
struct CaptureTests {
  private func path(_ name: String) -> String { Machine.fixture("Captures/\(name)") }

  private func explain(_ topic: String, _ name: String, _ arguments: String...) throws -> JSON {
    let run = try Run.tool(["explain", topic, "--from", path(name), "--json"] + arguments)
    #expect(run.code == 0, "\(run.complaint)")
    return try run.json
  }

  private func text(_ topic: String, _ name: String, _ arguments: String...) throws -> String {
    let run = try Run.tool(["explain", topic, "--from", path(name)] + arguments)
    #expect(run.code == 0, "\(run.complaint)")
    return run.output.split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test func `capture: Linux 3.10 prints -1 for tcp_notsent_lowat`() throws {
    let answer = try explain("idle", "centos7-3.10.txt", "--option", "SO_KEEPALIVE")
    #expect(answer["host"]["kernel"].string == "3.10.0-1160.118.1.el7.x86_64")
    #expect(answer["host"]["read_as"].string == "sysctl -a text")
    #expect(answer["host"]["remarks"].array.isEmpty)
    #expect(answer["host"]["assumed"].names.isEmpty)
    #expect(answer["nominal_seconds"].number == 7875)
    let sysctl = try explain("tcp_notsent_lowat", "centos7-3.10.txt")["sysctl"]
    #expect(sysctl["value"].string == "-1")
  }

  @Test func `capture: Linux 4.14 takes 300 probes, and never counts so far`() throws {
    let answer = try explain("idle", "appliance-4.14.txt", "--option", "SO_KEEPALIVE")
    #expect(answer["ends"].string == "never")
    #expect(
      try text("idle", "appliance-4.14.txt", "--option", "SO_KEEPALIVE").contains("eight bits"))
    // The rest is judged.
    #expect(try explain("send", "appliance-4.14.txt")["ends"].string == "always")
    let check = try Run.tool("check", "--from", path("appliance-4.14.txt"))
    #expect(check.code == 1, "\(check.complaint)")
  }

  @Test func `capture: Linux 5.4 takes -1 for tcp_orphan_retries, and the rest is judged`() throws {
    let answer = try explain("close", "ubuntu-5.4.txt")
    #expect(answer["ends"].string == "unknown")
    #expect(answer["ends_because"].string?.contains("tcp_orphan_retries = -1") == true)
    #expect(try explain("send", "ubuntu-5.4.txt")["ends"].string == "always")
    #expect(try Run.tool("check", "--from", path("ubuntu-5.4.txt")).code == 1)
  }

  @Test func `capture: lines that end as on Windows are not part of the values`() throws {
    let answer = try explain("idle", "windows-6.1.txt", "--option", "SO_KEEPALIVE")
    #expect(answer["host"]["kernel"].string == "6.1.0-13-amd64")
    #expect(answer["host"]["remarks"].array.isEmpty)
    #expect(answer["nominal_seconds"].number == 1275)
  }

  @Test
  func `capture: a part of a terminal's text is judged with defaults, which are said`() throws {
    let arguments = ["--from", path("terminal.txt"), "--kernel", "6.18"]
    let answer = try explain("send", "terminal.txt", "--kernel", "6.18")
    let assumed = answer["host"]["assumed"]
    #expect(assumed["net.ipv4.tcp_rto_min_us"].string == "200000")
    #expect(!assumed.names.contains("net.ipv4.tcp_retries2"))
    let send = try text("send", "terminal.txt", "--kernel", "6.18")
    #expect(send.contains("assumed: net.ipv4.tcp_rto_min_us = 200000"))
    #expect(send.contains("the defaults of Linux 6.18"))
    #expect(send.contains("3 lines that set nothing are skipped"))
    #expect(send.contains("“Last login: Fri Nov 27 16:04:11 2026 from 192.0.2.17”"))
    for command in [["check"], ["advise"]] {
      let run = try Run.tool(command + arguments)
      #expect(run.output.contains("assumed: net."), "\(run.output) \(run.complaint)")
      let json = try Run.tool(command + arguments + ["--json"]).json
      #expect(json["host"]["assumed"]["net.ipv4.tcp_sack"].string == "1")
    }
  }

  @Test func `capture: a whole dump lacks what its kernel does not have`() throws {
    let answer = try explain("send", "windows-6.1.txt")
    #expect(answer["host"]["assumed"].names.isEmpty)
  }

  @Test func `capture: procps 3.2 complains in its own words`() throws {
    let idle = try explain("idle", "procps-3.2.txt", "--option", "SO_KEEPALIVE")
    #expect(idle["nominal_seconds"].number == 1275)
    #expect(idle["host"]["remarks"].array.isEmpty)
    let send = try explain("send", "procps-3.2.txt")
    #expect(send["ends_because"].string?.contains("EACCES") == true)
  }

  @Test func `capture: sysctl files are read as loaders read them`() throws {
    let answer = try explain(
      "idle", "hardening.conf", "--option", "SO_KEEPALIVE", "--kernel", "6.1")
    #expect(answer["host"]["read_as"].string == "sysctl files")
    // 600 s, then 0x5 probes of 30 s, which the glob sets.
    #expect(answer["nominal_seconds"].number == 750)
    let connect = try explain("connect", "hardening.conf", "--kernel", "6.1")
    #expect(connect["nominal_seconds"].number == 367)
    let text = try text("idle", "hardening.conf", "--kernel", "6.1")
    #expect(text.contains("hardening.conf (sysctl files)"))
    #expect(text.contains(":8: no kernel has net.ipv4.tcp_keepalive_interval"))
    #expect(text.contains("did you mean net.ipv4.tcp_keepalive_intvl?"))
    #expect(text.contains(":9: the last line has no end"))
  }

  @Test func `capture: a file without a release asks for --kernel`() throws {
    let run = try Run.tool("check", "--from", path("hardening.conf"))
    #expect(run.code == 2)
    #expect(run.complaint.contains("--kernel"))
  }

  @Test func `capture: a snapshot of a part is a part again`() throws {
    let folder = try TemporaryFolder()
    let whole = try Run.tool("snapshot", "--from", path("terminal.txt"), "--kernel", "6.18")
    let file = try folder.write("part.json", whole.output)
    let answer = try Run.tool("explain", "send", "--from", file, "--json").json
    #expect(answer["host"]["read_as"].string == "a snapshot")
    #expect(answer["host"]["assumed"]["net.ipv4.tcp_sack"].string == "1")
  }

  @Test(arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
  func `capture: UTF-16 of PowerShell is read`(mark: [UInt8]) throws {
    let units = try Machine.stockText.replacing("\n", with: "\r\n").utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return mark[0] == 0xFE ? bytes : bytes.reversed()
    }
    let folder = try TemporaryFolder()
    let file = try folder.write("wide.txt", bytes: mark + units)
    let answer = try Run.tool("explain", "connect", "--from", file, "--json").json
    #expect(answer["host"]["kernel"].string == "6.18.44")
    #expect(answer["nominal_seconds"].number == 131)
  }

  @Test func `capture: a release that cannot be is refused with file and line`() throws {
    let text = try Machine.stockText.replacing("osrelease = 6.18.44", with: "osrelease = 0.18.1")
    for command in [["check"], ["explain", "connect"], ["snapshot"]] {
      let run = try Run.tool(command + ["--from", "-"], input: text)
      #expect(run.code == 2)
      #expect(run.complaint.contains("standard input:1:1: kernel.osrelease = 0.18.1"))
    }
    let json = try Run.tool(
      "check", "--from", "-", input: "{\"host\": {\"kernel\": \"6\"}, \"sysctls\": {}}")
    #expect(json.code == 2)
    #expect(json.complaint.contains("standard input: host, kernel: “6” is no release of Linux"))
    let old = try Run.tool(
      "check", "--from", "-",
      input: "\nkernel.osrelease = 2.6.32-754.el6\nnet.ipv4.tcp_syn_retries = 5\n")
    #expect(old.complaint.contains("standard input:2:1: the timers of Linux 2.6.32-754.el6"))
  }

  @Test(arguments: [
    ("010", 367.0), ("0x5", 63), ("5", 63),
  ])
  func `capture: --set reads numbers as the kernel does`(value: String, seconds: Double) throws {
    let answer = try Run.tool(
      "explain", "connect", "--from", path("windows-6.1.txt"), "--set", "tcp_syn_retries=\(value)",
      "--json"
    ).json
    #expect(answer["nominal_seconds"].number == seconds)
  }

  @Test(arguments: ["+5", "08", "0x", "5 6", "5s", "0x80", "-1"])
  func `capture: --set refuses what the kernel would`(value: String) throws {
    let run = try Run.tool("explain", "connect", "--set", "tcp_syn_retries=\(value)")
    #expect(run.code == 2)
    #expect(run.complaint.contains("tcp_syn_retries=\(value): "))
  }

  @Test func `capture: keys of a profile that no catalogue has are read`() throws {
    let folder = try TemporaryFolder()
    let profile = try folder.write(
      "p.yaml",
      """
      schema: 1
      name: p
      summary: a test
      sysctls:
        kernel.pid_max: { at_least: 100 }
        kernel.no_such_key_at_all: { value: 1 }

      """)
    let findings = try Run.tool("check", "--profile", profile, "--json").json["findings"].array
      // What is said of this machine's files is another matter.
      .filter { !$0["connections"].isNull }
    #expect(findings.map { $0["status"].string } == ["met", "unknown"])
    #expect(
      findings.last?["reason"].string == "kernel.no_such_key_at_all is not in /proc/sys")
  }

  /// `sysctl -a` in a container: of neighbours what its devices have.
  private func container(_ devices: [String: Int]) throws -> String {
    let own = devices.flatMap { device, requests in
      ["app_solicit = 0", "mcast_solicit = \(requests)", "retrans_time_ms = 1000"].map {
        "net.ipv4.neigh.\(device).\($0)\n"
      }
    }
    return try Machine.stockText + own.joined()
  }

  private func neighbour(_ devices: [String: Int], _ arguments: String...) throws -> Run {
    try Run.tool(
      ["explain", "neighbour", "--from", "-", "--hz", "1000"] + arguments,
      input: try container(devices))
  }

  @Test func `capture: the only device of a container counts for neighbours`() throws {
    let run = try neighbour(["lo": 9, "eth0": 5], "--json")
    #expect(run.code == 0, "\(run.complaint)")
    #expect(try #require(try run.json["earliest_seconds"].number) >= 5)
    let text = try neighbour(["lo": 9, "eth0": 5]).output
    #expect(text.contains("settings of eth0"))
    let set = try neighbour(
      ["lo": 9, "eth0": 5], "--json", "--set", "net.ipv4.neigh.eth0.mcast_solicit=1")
    #expect(set.code == 0, "\(set.complaint)")
    #expect(try #require(try set.json["latest_seconds"].number) < 1.2)
  }

  @Test func `capture: of the devices of a container that differ one is named`() throws {
    let devices = ["eth0": 2, "eth1": 5]
    let unknown = try neighbour(devices, "--json")
    #expect(try unknown.json["ends"].string == "unknown")
    #expect(try unknown.json["ends_because"].string?.contains("--device") == true)
    let named = try neighbour(devices, "--json", "--device", "eth1")
    #expect(try #require(try named.json["earliest_seconds"].number) >= 5)
    let missing = try neighbour(devices, "--device", "eth7")
    #expect(missing.code == 2)
    #expect(missing.complaint.contains("--device eth7"))
    let other = try neighbour(
      devices, "--device", "eth0", "--set", "net.ipv4.neigh.eth1.mcast_solicit=1")
    #expect(other.code == 2)
    #expect(other.complaint.contains("net.ipv4.neigh.eth0.mcast_solicit decides here"))
    let shared = try neighbour(devices, "--set", "net.ipv4.neigh.default.mcast_solicit=1")
    #expect(shared.code == 2)
    #expect(shared.complaint.contains("there is net.ipv4.neigh.eth0.mcast_solicit"))
  }

  @Test func `capture: explain tells which device of a container decides`() throws {
    func explain(_ devices: [String: Int], _ arguments: String...) throws -> JSON {
      let run = try Run.tool(
        ["explain", "--from", "-", "--json"] + arguments, input: try container(devices))
      #expect(run.code == 0, "\(run.complaint)")
      return try run.json["sysctl"]
    }
    let table = "net.ipv4.neigh.default.mcast_solicit"
    let one = try explain(["lo": 9, "eth0": 5], table)
    #expect(one["status"].string == "absent")
    #expect(one["devices"].array.map(\.["device"].string) == ["eth0"])
    #expect(one["devices"].array.map(\.["value"].string) == ["5"])
    #expect(try #require(one["scenarios"][0]["earliest_seconds"].number) >= 5)
    let several = try explain(["eth0": 2, "eth1": 5], table)
    #expect(several["devices"].array.map(\.["value"].string) == ["2", "5"])
    #expect(several["scenarios"].array.isEmpty)
    let own = try explain(["eth0": 2, "eth1": 5], "net.ipv4.neigh.eth1.mcast_solicit")
    #expect(own["value"].string == "5")
    #expect(try #require(own["scenarios"][0]["earliest_seconds"].number) >= 5)
    let text = try Run.tool(
      ["explain", table, "--from", "-"], input: try container(["eth0": 2, "eth1": 5])
    ).output
    #expect(text.contains("its devices decide: eth0 2, eth1 5"))
  }
}
