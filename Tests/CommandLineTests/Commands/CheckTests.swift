import Foundation
import InputFiles
import TemporaryFolders
import Testing

struct CheckTests {
  private static let fields: Set<String> = [
    "id", "connections", "scenario", "objective", "basis", "status", "wanted_seconds",
    "earliest_seconds", "latest_seconds", "ends", "reason", "remedy",
  ]

  @Test func `check: on stock settings server misses one objective, and that is code 1`() throws {
    let run = try Run.tool("check", "--from", Machine.stock, "--json")
    #expect(run.code == 1)
    #expect(run.complaint == "")
    let answer = try run.json
    #expect(answer["command"].string == "check")
    #expect(answer["schema_version"].number == 1)
    let findings = answer["findings"].array
    #expect(findings.allSatisfy { $0.names.isSuperset(of: Self.fields) })
    let missed = findings.filter { $0["status"].string == "missed" }
    #expect(missed.map(\.["id"].string) == ["server.idle.within"])
    #expect(missed.first?["wanted_seconds"].number == 900)
    #expect(missed.first?["basis"].string == "SO_KEEPALIVE")
    #expect(missed.first?["remedy"].string?.contains("tcp_keepalive_time") == true)
    #expect(findings.filter { $0["status"].string == "met" }.count == findings.count - 1)
    #expect(findings.allSatisfy { $0["status"].string == "missed" || $0["remedy"].isNull })

    let text = try Run.tool("check", "--from", Machine.stock)
    #expect(text.code == 1)
    #expect(text.output.contains("MISSED   server.idle.within: within 15 min"))
    #expect(text.output.hasSuffix("\(findings.count) checked, 1 missed, 0 unknown\n"))
    #expect(!text.output.contains("\u{1B}"))
  }

  @Test(arguments: BuiltInProfiles.names.filter { $0 != "base" })
  func `check: with the plan in place every objective of a built-in profile is met`(profile: String)
    throws
  {
    let run = try Run.tool(
      "check", "--from", Machine.stock, "--profile", profile, "--assume", "planned", "--json")
    let findings = try run.json["findings"].array.filter { finding in
      // Nothing is said yet of what no rule knows; once one does, it must be met here.
      finding["reason"].string?.hasSuffix(" yet") != true
    }
    #expect(!findings.isEmpty)
    #expect([0, 2].contains(run.code))
    #expect(findings.allSatisfy { $0["status"].string == "met" }, "\(run.output)")
  }

  @Test func `check: settings as planned are met as they are`() throws {
    let profile = "server"
    let emitted = try Run.tool("emit", "sysctl", "--profile", profile).output
    let planned = emitted.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let names = planned.map { String($0.prefix { $0 != " " }) }
    #expect(Set(names).isSuperset(of: ["net.ipv4.tcp_keepalive_time"]))
    let rest = try Machine.stockText.split(separator: "\n").filter { line in
      !names.contains { line.hasPrefix("\($0) = ") }
    }
    let text = (rest + planned).joined(separator: "\n") + "\n"
    let run = try Run.tool("check", "--from", "-", "--profile", profile, input: text)
    #expect(run.code == 0, "\(run.output)")
  }

  @Test func `check: a snapshot fed back gives the same findings as the host it is of`() throws {
    let live = try Run.tool("check", "--json")
    let snapshot = try Run.tool("snapshot")
    #expect(snapshot.code == 0)
    let host = try snapshot.json["host"]
    #expect(try snapshot.json["sysctls"]["net.ipv4.tcp_syn_retries"].string != nil)
    #expect(host["kernel"].string != nil)
    #expect(host["hz"].number != nil)
    let again = try Run.tool("check", "--json", "--from", "-", input: snapshot.output)
    #expect(again.code == live.code)
    #expect(try again.json["host"]["kernel"].string == host["kernel"].string)
    #expect(try again.json["host"]["hz"].number == host["hz"].number)
    // A snapshot has no files.
    func findings(_ run: Run) throws -> [String] {
      try run.json["findings"].array.filter { !$0["connections"].isNull }.map(\.text)
    }
    #expect(try findings(again) == findings(live))
    #expect(try !live.json["findings"].array.isEmpty)
  }

  @Test(.enabled(if: Machine.hasSysctl, "no sysctl(8) here"))
  func `check: what sysctl prints about this host gives the findings of the host`() throws {
    let dump = try Run([try #require(Machine.program("sysctl")), "-a"])
    let live = try Run.tool("check", "--json")
    let hertz = Int(try #require(try live.json["host"]["hz"].number))
    let captured = try Run.tool(
      "check", "--json", "--from", "-", "--hz", "\(hertz)", input: dump.output)
    #expect(captured.code == live.code, "\(captured.complaint)")
    let names = ["id", "status", "earliest_seconds", "latest_seconds"]
    func rows(_ run: Run) throws -> [[String]] {
      try run.json["findings"].array.filter { !$0["connections"].isNull }.map { row in
        names.map { row[$0].string ?? row[$0].number.map { "\($0)" } ?? "null" }
      }
    }
    #expect(try rows(captured) == rows(live))
  }

  @Test func `check: json is printed for both ways to ask for it`() throws {
    let flag = try Run.tool("check", "--from", Machine.stock, "--json")
    let format = try Run.tool("check", "--from", Machine.stock, "--format", "json")
    #expect(flag.output == format.output)
    #expect(flag.code == format.code)
    #expect(flag.output.hasSuffix("}\n"))
  }

  /// A reader that goes before anything is written; the shell prints the code of the command.
  @Test(arguments: [
    (["check"], 1), (["check", "--json"], 1),
    (["check", "--set", "tcp_keepalive_time=600", "--set", "tcp_keepalive_intvl=20"], 0),
    (["explain", "connect"], 0), (["profiles", "show", "base"], 0), (["--help"], 0),
    (["check", "--profile", "none"], 2),
  ])
  func `check: a closed pipe ends with the code that was earned and says nothing`(
    arguments: [String], code: Int
  ) throws {
    let source = ["check", "explain"].contains(arguments[0]) ? ["--from", Machine.stock] : []
    let folder = try TemporaryFolder()
    let script = """
      { "$@" 2>error; echo $? >code; } | exec sleep 0
      while [ ! -s code ]; do sleep 0.01; done
      """
    _ = try Run(
      ["/bin/sh", "-c", script, "sh", "/bin/sh", "-c", "sleep 0.1; exec \"$@\"", "sh"]
        + [Machine.executable] + arguments + source, in: folder.path)
    #expect(try folder.text("code") == "\(code)\n")
    #expect(try folder.text("error").isEmpty == (code != 2))
  }

  /// `prove`, which comes with Perl, reads what is printed, and finds the same tests to have failed.
  @Test(
    .enabled("no prove, which comes with perl, here") { Machine.program("prove") != nil })
  func `check: prove reads the tests`() throws {
    let folder = try TemporaryFolder()
    let command = "\"$1\" check --from \"$2\" --format tap >a.tap; echo $?; prove -e cat a.tap"
    let run = try Run.shell(command, Machine.executable, Machine.stock, in: folder.path)
    #expect(run.code == 1)
    #expect(run.output.hasPrefix("1\n"))
    #expect(run.output.contains("Failed test:  2\n"), "\(run.output)")
    #expect(run.output.contains("Tests: 4 Failed: 1"), "\(run.output)")
    #expect(!run.output.contains("Parse errors"))
  }

  @Test func `check: a plug-in's exit codes are its own, also for what cannot begin`() throws {
    let missed = try Run.tool("check", "--from", Machine.stock, "--format", "nagios")
    #expect(missed.code == 2)
    #expect(missed.output.hasPrefix("CHECK CRITICAL - 3 met, 1 missed; server.idle.within: "))
    let met = try Run.tool(
      "check", "--from", Machine.stock, "--assume", "planned", "--format", "nagios")
    #expect(met.code == 0)
    #expect(met.output.hasPrefix("CHECK OK - 4 met | 'server.connect.survive'="))
    let wrong = try Run.tool("check", "--profile", "none", "--format=nagios")
    #expect(wrong.code == 3)
    #expect(wrong.output.hasPrefix("CHECK UNKNOWN - "))
  }

  @Test(arguments: [("missed", 1), ("warning", 1), ("never", 0)])
  func `check: what makes it fail can be said`(what: String, code: Int32) throws {
    let run = try Run.tool("check", "--from", Machine.stock, "--fail-on", what)
    #expect(run.code == code)
    #expect(run.output.contains("MISSED"))
  }

  @Test func `check: a full disk is no success`() throws {
    let run = try Run.shell("exec \"$@\" >/dev/full", Machine.executable, "profiles", "list")
    #expect(run.code == 2)
    #expect(run.complaint.contains("ENOSPC"))
  }

  @Test func `check --output: the file is whole or as it was, and standard output is empty`() throws
  {
    let folder = try TemporaryFolder(["a.prom": "before\n"])
    let words = ["check", "--from", Machine.stock, "--format", "prometheus"]
    let printed = try Run.tool(words)
    let wrong = try Run.tool(
      words + ["--profile", "gone", "-o", "a.prom"], in: folder.path)
    #expect(wrong.code == 2 && wrong.output == "")
    #expect(String(decoding: try folder.bytes("a.prom"), as: UTF8.self) == "before\n")

    let run = try Run.tool(words + ["-o", "a.prom"], in: folder.path)
    #expect(run.code == printed.code && run.output == "")
    #expect(String(decoding: try folder.bytes("a.prom"), as: UTF8.self) == printed.output)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.prom"])

    let nowhere = try Run.tool(words + ["--output", "gone/a.prom"], in: folder.path)
    #expect(nowhere.code == 2)
    #expect(nowhere.complaint.contains("cannot write gone/a.prom: ENOENT"))
  }

  @Test func `check --output: text has no colours of the terminal, and a difference below it`()
    throws
  {
    let folder = try TemporaryFolder()
    let words = ["check", "--from", Machine.stock, "--diff"]
    let run = try Run.tool(words + ["--output", "a"], in: folder.path)
    #expect(run.output == "")
    #expect(
      String(decoding: try folder.bytes("a"), as: UTF8.self) == (try Run.tool(words).output))
    #expect(try Run.tool(words + ["--output", "-"]).output == (try Run.tool(words).output))
  }
}
