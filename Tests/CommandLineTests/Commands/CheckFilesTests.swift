import Foundation
import TemporaryFolders
import Testing

/// `check` on the files that a host boots with: those of an image, and beside what is live.
struct CheckFilesTests {
  private static let good = [
    "root/usr/lib/systemd/systemd-sysctl": "", "root/usr/lib/modules/6.12.41+deb13-amd64/x": "",
    "root/usr/lib/modules/6.1.0-37-amd64/x": "",
    "root/etc/sysctl.d/60-app.conf":
      "net.ipv4.tcp_keepalive_time = 150\nnet.ipv4.tcp_keepalive_intvl = 30\n"
      + "net.ipv4.tcp_keepalive_probes = 8\n",
  ]
  private static let bad = good.merging([
    "root/etc/sysctl.d/60-app.conf":
      "net.ipv4.tcp_keepalive_time = 3600\nnet.ipv4.tcp_keepalive_intvl = 30\n"
      + "net.ipv4.tcp_keepalive_probes = 8\nnet.ipv4.tcp_tw_recycle = 1\n"
  ]) { $1 }

  private func image(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder(files)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/root/lib", withDestinationPath: "usr/lib")
    return folder
  }

  @Test func `check: an image is judged by what its next boot sets`() throws {
    let image = try image(Self.good)
    let run = try Run.tool("check", "--profile", "server", "--root", "root", in: image.path)
    #expect(run.code == 0, "\(run.output)\(run.complaint)")
    #expect(run.output.contains("root: its kernel is taken to be the newest in root/lib/modules"))
    #expect(run.output.contains("defaults of Linux 6.12.41+deb13-amd64"))
    #expect(run.output.contains("\n4 checked, 0 missed, 0 unknown\n"))
    #expect(run.output.contains("1 file read by systemd-sysctl"))
    let json = try Run.tool("check", "--root", "./root", "--json", in: image.path).json
    #expect(json["host"]["kernel"].string == "6.12.41+deb13-amd64")
    #expect(json["host"]["source"].string == "./root")
    #expect(json["boot"]["files"].number == 1)
    #expect(json["boot"]["loader"]["program"].string == "systemd-sysctl")
    #expect(json["findings"].array.allSatisfy { $0["kind"].string == "objective" })
  }

  @Test func `check: a kernel may be named for an image, or is assumed and said`() throws {
    let image = try image(Self.good)
    let named = try Run.tool("check", "--root", "root", "--kernel", "5.15", in: image.path)
    #expect(named.code == 0)
    #expect(named.output.contains("defaults of Linux 5.15\n"))
    #expect(!named.output.contains("its kernel is taken"))
    let empty = try TemporaryFolder(["root/x": ""])
    let assumed = try Run.tool("check", "--root", "root", in: empty.path)
    #expect(assumed.code == 1)
    #expect(assumed.output.contains("no kernel is in its lib/modules"))
    #expect(assumed.output.contains("0 files read by systemd-sysctl"))
  }

  @Test func `check: what is wrong in an image has its file and line`() throws {
    let image = try image(Self.bad)
    let run = try Run.tool("check", "--root", "root", in: image.path)
    #expect(run.code == 1)
    #expect(run.output.contains("MISSED   server.idle.within: within 15 min"))
    #expect(
      run.output.contains("net.ipv4.tcp_keepalive_time: 3600 (root/etc/sysctl.d/60-app.conf:1)"))
    #expect(run.output.contains("error    root/etc/sysctl.d/60-app.conf:4:1: TA023"))
    let findings = try Run.tool("check", "--root", "root", "--json", in: image.path).json[
      "findings"]
    let rule = findings.array.first { $0["kind"].string == "rule" }
    #expect(rule?["rule"].string == "TA023")
    #expect(rule?["severity"].string == "error")
    #expect(rule?["status"].string == "missed")
    #expect(rule?["key"].string == "net.ipv4.tcp_tw_recycle")
    #expect(rule?["place"].string == "root/etc/sysctl.d/60-app.conf:4:1")
    #expect(rule?["connections"].isNull == true)
    let missed = findings.array.first { $0["status"].string == "missed" }
    let origin = missed?["set_by"].array.first { $0["key"].string == "net.ipv4.tcp_keepalive_time" }
    #expect(origin?["next_boot"]["line"].number == 1)
  }

  @Test func `check: the diff of an image is one of its files`() throws {
    let image = try image(Self.bad)
    let run = try Run.tool("check", "--root", "root/", "--diff", in: image.path)
    let diff = run.output.split(separator: "\n").drop { !$0.hasPrefix("--- ") }
    #expect(diff.first == "--- root/etc/sysctl.d/60-app.conf")
    #expect(diff.contains { $0.hasPrefix("+net.ipv4.tcp_keepalive_time = ") })
    #expect(diff.count { $0.hasPrefix("--- ") } == 1)
  }

  @Test func `check: a capture and a root are held against each other`() throws {
    let image = try image(Self.good)
    let live = """
      kernel.osrelease = 6.12.41
      net.ipv4.tcp_keepalive_time = 150
      net.ipv4.tcp_keepalive_intvl = 75
      net.ipv4.tcp_keepalive_probes = 9
      """
    let run = try Run.tool(
      "check", "--root", "root", "--from", "-", "--json", input: live, in: image.path)
    #expect(run.code == 0, "\(run.output)")
    let drift = try run.json["findings"].array.filter { $0["kind"].string == "drift" }
    #expect(
      drift.map(\.["id"].string) == [
        "files.drift.net.ipv4.tcp_keepalive_intvl", "files.drift.net.ipv4.tcp_keepalive_probes",
      ])
    #expect(drift.allSatisfy { $0["severity"].string == "warning" })
    #expect(drift.first?["set_by"][0]["verdict"].string == "not-live")
    #expect(drift.first?["remedy"].string == "apply: sysctl -w net.ipv4.tcp_keepalive_intvl=30")
    let strict = try Run.tool(
      "check", "--root", "root", "--from", "-", "--fail-on", "warning", input: live,
      in: image.path)
    #expect(strict.code == 1)
    #expect(strict.output.contains("NOT LIVE  net.ipv4.tcp_keepalive_intvl"))
  }

  @Test func `check: what is met today and lost at boot fails`() throws {
    let image = try image(["root/usr/lib/systemd/systemd-sysctl": ""])
    let live = "kernel.osrelease = 6.12.41\nnet.ipv4.tcp_keepalive_time = 150\n"
    let run = try Run.tool("check", "--root", "root", "--from", "-", input: live, in: image.path)
    #expect(run.code == 1)
    #expect(run.output.contains("LOST AT BOOT  net.ipv4.tcp_keepalive_time"))
    #expect(run.output.contains("4 checked, 0 missed, 0 unknown"))
    // What a capture does not say is not taken for live.
    #expect(!run.output.contains("net.ipv4.tcp_keepalive_intvl:"))
  }

  @Test(arguments: [
    "tap", "nagios", "prometheus", "junit", "sarif", "github", "gitlab", "checkstyle",
  ])
  func `check: every format tells what is wrong with files`(format: String) throws {
    let image = try image(Self.bad)
    let run = try Run.tool("check", "--root", "root", "--format", format, in: image.path)
    #expect(run.code == (format == "nagios" ? 2 : 1))
    #expect(run.output.contains("TA023"))
    #expect(
      run.output.contains("root/etc/sysctl.d/60-app.conf") || format == "prometheus"
        || format == "nagios")
  }

  @Test func `check: a rule keeps its id in SARIF`() throws {
    let image = try image(Self.bad)
    let run = try Run.tool("check", "--root", "root", "--format", "sarif", in: image.path)
    let sarif = try run.otherJSON["runs"][0]
    let result = sarif["results"].array.first { $0["ruleId"].string == "TA023" }
    let region = result?["locations"][0]["physicalLocation"]["region"]
    #expect(region?["startLine"].number == 4)
    #expect(sarif["tool"]["driver"]["rules"].array.contains { $0["id"].string == "TA023" })
  }

  @Test(arguments: [
    (["--root", "gone"], "--root gone: no directory"),
    (["--root", "root/etc/sysctl.d/60-app.conf"], "no directory"),
    (["--root", "root", "--netns", "1"], "--root names the files of a host"),
    (["--root", "root", "--device", "eth0"], "--device eth0: root has no neighbour settings"),
    (["--root", "root", "--kernel", "5.4", "--kernel", "6.1"], "one --kernel at most"),
  ])
  func `check: a root that makes no sense is refused`(arguments: [String], reason: String) throws {
    let image = try image(Self.good)
    let run = try Run.tool(["check"] + arguments, in: image.path)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains(reason), "\(run.complaint)")
  }

  @Test func `check: a file that is too large is unknown, with what helps`() throws {
    let image = try image(Self.good)
    try image.write(
      "root/etc/sysctl.d/70-large.conf", bytes: [UInt8](repeating: 0x23, count: 5 << 20))
    let run = try Run.tool("check", "--root", "root", in: image.path)
    #expect(run.code == 2)
    let text = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("cannot be read (EFBIG)"))
    #expect(text.contains("take out what does not belong in it"))
    #expect(run.output.contains("run): 1 unknown\n"))
  }

  @Test(.enabled(if: Machine.canBeNobody, "no other user by root and setpriv here"))
  func `check: a file that only the boot may read leaves an image's answer open`() throws {
    let image = try image(Self.good)
    chmod("\(image.path)/root/etc/sysctl.d/60-app.conf", 0o600)
    func run(_ arguments: String...) throws -> Run {
      try Run.tool(
        ["check", "--root", "root", "--set", "tcp_keepalive_time=150"] + arguments,
        wrapper: Machine.nobody, in: image.path)
    }
    let open = try run()
    #expect(open.code == 2, "\(open.output)\(open.complaint)")
    #expect(open.output.contains("unknown  files.unread.root/etc/sysctl.d/60-app.conf"))
    let text = open.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("run it as a user who may read the file"))
    #expect(open.output.contains("run): 1 unknown\n"))
    // Values that were captured do not come from files.
    let live = "kernel.osrelease = 6.12.41\nnet.ipv4.tcp_keepalive_time = 150\n"
    let beside = try Run.tool(
      ["check", "--root", "root", "--from", "-", "--fail-on", "never"], input: live,
      wrapper: Machine.nobody, in: image.path)
    #expect(beside.code == 0)
    #expect(beside.output.contains("unknown  files.unread."))
  }
}
