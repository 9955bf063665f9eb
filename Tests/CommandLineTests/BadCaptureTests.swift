import Foundation
import TemporaryFolders
import Testing

/// Captured settings that cannot be used are refused; what a capture merely lacks is unknown.
struct BadCaptureTests {
  private func expectRefusal(
    _ source: [String], naming words: [String], input: String = "",
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for command in [["check"], ["explain", "connect"], ["advise"], ["snapshot"]] {
      let run = try Run.tool(command + source, input: input)
      #expect(run.code == 2, "\(command)", sourceLocation: location)
      #expect(run.output == "", sourceLocation: location)
      #expect(run.complaint.hasPrefix("tcpadvisor: "), sourceLocation: location)
      // One line; where a file has places, the line of the file and a caret below it.
      let lines = run.complaint.split(separator: "\n")
      #expect(lines.count == 1 || lines.last?.last == "^", sourceLocation: location)
      for word in words {
        #expect(run.complaint.contains(word), "\(run.complaint)", sourceLocation: location)
      }
    }
  }

  @Test func `bad captures: a folder that is no proc is refused`() throws {
    let folder = try TemporaryFolder()
    let remedy = ["sys/net/ipv4", "--from"]
    try expectRefusal(
      ["--proc-root", "/nonexistent"], naming: ["/nonexistent", "ENOENT"] + remedy)
    try expectRefusal(["--proc-root", folder.path], naming: ["ENOENT"] + remedy)
    try folder.write("sys/net/ipv4", "a file, no folder")
    try expectRefusal(["--proc-root", folder.path], naming: ["ENOTDIR"] + remedy)
  }

  @Test(.enabled(if: Machine.canBeNobody, "no other user by root and setpriv here"))
  func `bad captures: a proc that may not be read is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("sys/net/ipv4/tcp_syn_retries", "6\n")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: "\(folder.path)/sys/net/ipv4")
    let run = try Run.tool("check", "--proc-root", folder.path, wrapper: Machine.nobody)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains("EACCES"), "\(run.complaint)")
  }

  @Test(arguments: [(drop: 1, "has no end"), (drop: 3, "has no end"), (drop: 20, "sets nothing")])
  func `bad captures: a sysctl dump that may be cut off is read, and its line is told`(
    drop: Int, remark: String
  ) throws {
    let text = try Machine.stockText
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    let answer = try Run.tool(
      "check", "--from", "-", "--json", input: String(text.dropLast(drop))
    ).json
    let remarks = answer["host"]["remarks"].array.compactMap(\.string)
    #expect(remarks.count == 1)
    #expect(remarks.first?.hasPrefix("standard input:\(line): ") == true, "\(remarks)")
    #expect(remarks.first?.contains(remark) == true, "\(remarks)")
  }

  @Test func `bad captures: files that are no capture are refused`() throws {
    let folder = try TemporaryFolder()
    let large = try folder.write("large.txt", String(repeating: "x", count: 16_000_001))
    try expectRefusal(["--from", large], naming: ["large.txt", "16 MB"])
    try expectRefusal(["--from", "/dev/zero"], naming: ["/dev/zero", "16 MB"])
    let bytes = try folder.write("bytes.txt", bytes: [0x61, 0xff, 0x0a])
    try expectRefusal(["--from", bytes], naming: ["bytes.txt", "UTF-8"])
    try expectRefusal(["--from", "/nonexistent"], naming: ["/nonexistent", "ENOENT"])
    try expectRefusal(["--from", folder.path], naming: [folder.path, "EISDIR"])
    try expectRefusal(["--from", "-"], naming: ["standard input"])
    try expectRefusal(
      ["--from", "-"], naming: ["standard input:2:1:", "“hello”"],
      input: "kernel.osrelease = 6.18\nhello\n")
    try expectRefusal(["--from", "-"], naming: ["standard input: no valid JSON"], input: "{")
    try expectRefusal(["--from", "-"], naming: ["“host”"], input: "{}")
    try expectRefusal(
      ["--from", "-"], naming: ["a list stands where a value is needed"],
      input: "{\"host\": {}, \"sysctls\": {\"a\": [3]}}")
    try expectRefusal(
      ["--from", "-"], naming: ["standard input: schema_version:", "“2”", "capture again"],
      input: "{\"schema_version\": 2}")
    try expectRefusal(
      ["--from", "a", "--proc-root", "b"], naming: ["--from", "--proc-root"])
  }

  @Test func `snapshot: a document of nearly 16 MB is read`() throws {
    let values = (0..<15_900).map { "\"net.x\($0)\": \"\(String(repeating: "x", count: 980))\"" }
    let text =
      "{\"host\": {\"kernel\": \"6.18\", \"hz\": 250}, \"sysctls\": {"
      + values.joined(separator: ", ") + ", \"net.ipv4.tcp_syn_retries\": \"4\"}}"
    #expect((15_000_000...16_000_000).contains(text.utf8.count))
    let run = try Run.tool(
      "explain", "net.ipv4.tcp_syn_retries", "--from", "-", "--json", input: text)
    #expect(run.code == 0, "\(run.complaint)")
    #expect(run.output.contains("\"4\""))
  }

  @Test(arguments: [
    ("tcp_syn_retries", "999"), ("tcp_syn_retries", "0"), ("tcp_retries2", "2147483647"),
    ("tcp_keepalive_time", "2147483647"), ("tcp_keepalive_intvl", "9223372036854775807"),
    ("tcp_keepalive_probes", "9223372036854775807"), ("tcp_keepalive_probes", "-5"),
    ("tcp_rto_max_ms", "0"), ("tcp_rto_max_ms", "2147483647"), ("tcp_rto_min_us", "-1"),
    ("tcp_syn_linear_timeouts", "99999999999999999999999"),
  ])
  func `bad captures: a value that no kernel has leaves its scenarios unknown, and no other`(
    name: String, value: String
  ) throws {
    let text = try Self.stock(with: "net.ipv4.\(name)", value)
    let answers = try ["connect", "idle", "send"].map { scenario in
      try Run.tool(
        ["explain", scenario, "--from", "-", "--json"]
          + (scenario == "idle" ? ["--option", "SO_KEEPALIVE"] : []), input: text
      ).json
    }
    let unknown = answers.filter { $0["ends"].string == "unknown" }
    #expect(answers.count(where: { $0["ends"].string == "always" }) + unknown.count == 3)
    // With fewer than no probes the first timer ends the connection.
    #expect(unknown.count == (value == "-5" ? 0 : name == "tcp_rto_max_ms" ? 2 : 1))
    for answer in unknown {
      #expect(answer["ends_because"].string?.contains(name) == true)
      #expect(answer["ends_because"].string?.contains(value) == true)
    }
    #expect(try Run.tool("check", "--from", "-", input: text).complaint == "")
  }

  /// The stock settings with another value for one key; nil takes the key away.
  static func stock(with key: String, _ value: String?) throws -> String {
    let lines = try Machine.stockText.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("\(key) = ") })
    return lines.filter { !$0.hasPrefix("\(key) = ") }.joined(separator: "\n")
      + (value.map { "\n\(key) = \($0)\n" } ?? "\n")
  }

  @Test
  func `bad captures: without a kernel release check asks for --kernel, and takes it`() throws {
    let text = try Self.stock(with: "kernel.osrelease", nil)
    let run = try Run.tool("check", "--from", "-", input: text)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains("standard input"))
    #expect(run.complaint.contains("--kernel"))
    let named = try Run.tool("check", "--from", "-", "--kernel", "6.18", input: text)
    #expect(named.code == 1)
    #expect(named.complaint == "")
  }

  /// What is unknown is said; another finding is still missed.
  @Test(arguments: [("nonsense", "malformed"), ("", "malformed"), (nil, "is not in")])
  func `bad captures: a value that is missing or no number leaves its findings unknown`(
    value: String?, reason: String
  ) throws {
    let text = try Self.stock(with: "net.ipv4.tcp_syn_retries", value)
    let findings = try Run.tool("check", "--from", "-", "--json", input: text).json["findings"]
    let connect = findings.array.filter { $0["scenario"].string == "connect" }
    #expect(connect.count == 1)
    for finding in connect {
      #expect(finding["status"].string == "unknown")
      #expect(finding["ends"].string == "unknown")
      #expect(finding["earliest_seconds"].isNull)
      #expect(finding["latest_seconds"].isNull)
      #expect(finding["reason"].string?.contains(reason) == true)
    }
  }

  @Test func `bad captures: unknown alone is code 2`() throws {
    let text = try Self.stock(with: "net.ipv4.tcp_syn_retries", nil)
      .replacingOccurrences(of: "tcp_keepalive_time = 7200", with: "tcp_keepalive_time = 600")
      .replacingOccurrences(of: "tcp_keepalive_intvl = 75", with: "tcp_keepalive_intvl = 20")
    let run = try Run.tool("check", "--from", "-", input: text)
    #expect(run.code == 2, "\(run.output)")
    #expect(run.output.contains("0 missed, 1 unknown"))
  }
}
