import Foundation
import SysctlFiles
import SysctlTrees
import TemporaryFolders
import Testing

struct FilesTests {
  private static let files = [
    "etc/sysctl.d/60-app.conf": "# why\nnet.ipv4.tcp_retries2 = 8\nnet/core/somaxconn = 8192\n",
    "etc/sysctl.conf": "net.ipv4.tcp_retries2 = 5\nnet.ipv4.tcp_fin_timeout = 20\n",
    "usr/lib/sysctl.d/50-default.conf":
      "net.ipv4.tcp_retries2 = 10\nnet.ipv4.conf.*.rp_filter = 2\n"
      + "-net.ipv4.conf.all.rp_filter\n",
    "usr/lib/sysctl.d/60-app.conf": "net.ipv4.tcp_retries2 = 11\n",
  ]

  private static let live = """
    kernel.osrelease = 6.18.2
    net.ipv4.tcp_retries2 = 8
    net.ipv4.tcp_fin_timeout = 20
    net.core.somaxconn = 4096
    net.ipv4.conf.all.rp_filter = 0
    net.ipv4.conf.eth0/7.rp_filter = 2
    net.ipv4.tcp_keepalive_time = 60
    """

  /// Runs the command on a tree, of whose host something may have been captured.
  private func files(
    _ tree: TemporaryFolder, _ arguments: String..., live: String? = nil, wrapper: [String] = []
  ) throws -> Run {
    let capture = live == nil ? [] : ["--from", "-"]
    return try Run.tool(
      ["files", "--root", tree.path] + capture + arguments, input: live ?? "", wrapper: wrapper)
  }

  @Test func `files: every key has its verdict, the worst first`() throws {
    let tree = try TemporaryFolder(Self.files)
    let run = try files(tree, "--json", live: Self.live)
    #expect(run.code == 0)
    #expect(run.complaint == "")
    let keys = try run.json["keys"].array
    #expect(
      keys.map { "\($0["key"].string ?? "") \($0["verdict"].string ?? "")" } == [
        "net.ipv4.tcp_fin_timeout lost-at-boot", "net.ipv4.tcp_keepalive_time lost-at-boot",
        "net.core.somaxconn not-live", "net.ipv4.tcp_retries2 loaders-disagree",
        "net.ipv4.conf.eth0/7.rp_filter in-force",
      ])
    let retries = keys[3]
    #expect(retries["default"].string == "15")
    #expect(retries["live"].string == "8")
    #expect(retries["next_boot"]["value"].string == "8")
    #expect(retries["next_boot"]["line"].number == 2)
    #expect(retries["loaders"].array.map(\.["value"].string) == ["8", "5"])
    #expect(
      retries["claims"].array.map(\.["fate"].string)
        == ["overridden", "holds", "masked", "unread"])
    #expect(
      retries["claims"].array[0]["shadowed_by"].string
        == "\(tree.path)/etc/sysctl.d/60-app.conf:2")
    #expect(
      keys[2]["remedies"].array.first?["command"].string == "sysctl -w net.core.somaxconn=8192")
  }

  @Test func `files: the shape of the answer is what is promised`() throws {
    let tree = try TemporaryFolder(Self.files)
    try tree.write("etc/ufw/sysctl.conf", "net/ipv4/tcp_sack=0\n")
    let answer = try files(tree, "--json", live: Self.live).json
    #expect(
      answer.names == [
        "$schema", "schema_version", "tool", "version", "command", "host", "loader", "files",
        "unread",
        "owners", "keys",
      ])
    #expect(answer["loader"].names == ["program", "basis", "assumed", "masked_by", "changed_by"])
    for file in answer["files"].array {
      #expect(
        file.names == ["path", "target", "read_by", "masked_by", "unread_because", "faults"])
    }
    #expect(answer["owners"].array.map(\.["owner"].string) == ["ufw"])
    for key in answer["keys"].array {
      #expect(
        key.names == [
          "key", "default", "live", "live_unknown_because", "next_boot", "loaders", "claims",
          "owners", "verdict", "reason", "remedies",
        ])
      for claim in key["claims"].array {
        #expect(
          claim.names == [
            "file", "line", "text", "value", "explicit", "ignores_failure", "fate", "shadowed_by",
          ])
      }
      for loader in key["loaders"].array {
        #expect(loader.names == ["loader", "value", "file", "line"])
      }
      for owner in key["owners"].array {
        #expect(owner.names == ["owner", "value", "file", "line", "at_boot", "because"])
      }
      for remedy in key["remedies"].array {
        #expect(remedy.names == ["action", "command", "text"])
      }
    }
  }

  @Test func `files: the text says what holds, what is shadowed and what to do`() throws {
    let tree = try TemporaryFolder(Self.files)
    let text = try files(tree, "tcp_retries2", live: Self.live).output
      .replacingOccurrences(of: tree.path, with: "").unfolded
    for part in [
      "net.ipv4.tcp_retries2 loaders disagree: 8 (/etc/sysctl.d/60-app.conf:2) under",
      "kernel default 15", "live 8",
      "next boot 8 (/etc/sysctl.d/60-app.conf:2)",
      "sysctl --system 5 (/etc/sysctl.conf:1)", "overridden by /etc/sysctl.d/60-app.conf:2",
      "masked by /etc/sysctl.d/60-app.conf", "systemd-sysctl does not read this file",
      "have /etc/sysctl.d/60-app.conf:2 and",
    ] {
      #expect(text.contains(part), "\(part) is missing in \(text)")
    }
  }

  @Test func `files: without live values the next boot is told all the same`() throws {
    let tree = try TemporaryFolder(Self.files)
    let run = try files(tree, "--json")
    #expect(run.code == 0)
    #expect(try run.json["host"].isNull)
    let keys = try run.json["keys"].array
    #expect(keys.allSatisfy { $0["live"].isNull })
    #expect(
      keys.map { "\($0["key"].string ?? "") \($0["verdict"].string ?? "")" } == [
        "net.ipv4.tcp_fin_timeout loaders-disagree", "net.ipv4.tcp_retries2 loaders-disagree",
        "net.core.somaxconn configured",
      ])
    #expect(try files(tree).output.unfolded.contains("live values were not read"))
  }

  @Test(arguments: [
    ["tcp_retries2"], ["net/ipv4/tcp_retries2"], ["net.ipv4.tcp_retries2"], ["net.*.tcp_ret*s2"],
    ["net/ipv4/tcp_retries?", "tcp_retries2"],
  ])
  func `files: a key is named with either separator, by its end or by a glob`(names: [String])
    throws
  {
    let tree = try TemporaryFolder(Self.files)
    let run = try Run.tool(["files", "--root", tree.path, "--json"] + names)
    #expect(try run.json["keys"].array.map(\.["key"].string) == ["net.ipv4.tcp_retries2"])
  }

  @Test(arguments: [
    (["tcp_retires2"], "did you mean tcp_retries2?"),
    (["net.ipv4.no_such"], "no file sets it"), (["--from", "x"], "--root DIR"),
    (["--set", "tcp_retries2=3"], "neither --set nor --device"),
    (["--root", "/nonexistent"], "--root /nonexistent"),
  ])
  func `files: what cannot be answered is refused with the reason`(
    arguments: [String], reason: String
  ) throws {
    let run = try Run.tool(["files"] + arguments)
    #expect(run.code == 2)
    #expect(run.output == "")
    #expect(run.complaint.contains(reason), "\(run.complaint)")
  }

  @Test func `files: bad files are named, and the rest is read`() throws {
    let tree = try TemporaryFolder(Self.files)
    try tree.makeFolder("etc/sysctl.d/10-folder.conf")
    try tree.link("etc/sysctl.d/20-loop.conf", to: "20-loop.conf")
    try tree.link("etc/sysctl.d/30-gone.conf", to: "/nonexistent")
    try tree.write("etc/sysctl.d/40-binary.conf", bytes: (0..<4096).map { UInt8($0 % 256) })
    try tree.write("run/sysctl.d", "no directory\n")
    let long = String(repeating: "x", count: 1 << 20)
    try tree.write("etc/sysctl.d/50-long.conf", "vm.swappiness = 1\n\(long)\nvm.laptop_mode = 5\n")
    let run = try files(tree, "--json")
    #expect(run.code == 0, "\(run.complaint)")
    let answer = try run.json
    #expect(answer["unread"]["\(tree.path)/etc/sysctl.d/10-folder.conf"].string == "EISDIR")
    #expect(answer["unread"]["\(tree.path)/etc/sysctl.d/20-loop.conf"].string == "ELOOP")
    #expect(answer["unread"]["\(tree.path)/run/sysctl.d"].string == "ENOTDIR")
    let binary = answer["files"].array.first {
      $0["path"].string?.hasSuffix("40-binary.conf") == true
    }
    #expect(binary?["faults"].array.isEmpty == false)
    let keys = answer["keys"].array.compactMap(\.["key"].string)
    #expect(keys.contains("vm.swappiness"))
    // systemd-sysctl stops at a line of this length, procps goes on.
    let mode = answer["keys"].array.first { $0["key"].string == "vm.laptop_mode" }
    #expect(mode?["loaders"].array.map(\.["value"].string) == [nil, "5"])
    let text = try files(tree).output.unfolded
    #expect(text.contains("not readable (EISDIR): "))
    #expect(text.contains("40-binary.conf:1 says nothing"))
  }

  @Test func `files: a pipe in the place of a file is named, and not waited for`() throws {
    let tree = try TemporaryFolder(Self.files)
    let pipe = "\(tree.path)/etc/sysctl.d/70-pipe.conf"
    #expect(mkfifo(pipe, 0o600) == 0)
    // Somebody who has opened it to write, and does not.
    let end = open(pipe, O_RDWR | O_CLOEXEC)
    defer { close(end) }
    let run = try files(tree, "--json")
    #expect(run.code == 2)
    #expect(try run.json["unread"][pipe].string == "ENODATA")
    let lint = try Run.tool("lint", "--root", tree.path)
    #expect(lint.complaint.contains("70-pipe.conf: cannot be read: ENODATA"))
  }

  @Test func `files: where the boot may read what this user cannot, that is code 2`() throws {
    let tree = try TemporaryFolder(Self.files)
    let large = try tree.write("etc/sysctl.d/90-large.conf", "")
    #expect(truncate(large, 1 << 30) == 0)
    let run = try files(tree, "--json")
    #expect(run.code == 2)
    #expect(try run.json["unread"][large].string == "EFBIG")
    #expect(try !run.json["keys"].array.isEmpty)
    #expect(try files(tree).output.unfolded.contains("so that what it sets is missing here"))
  }

  @Test(.enabled(if: Machine.canBeNobody, "needs root to become nobody"))
  func `files: a file that a user may not read is named`() throws {
    let tree = try TemporaryFolder(Self.files)
    let secret = try tree.write("etc/sysctl.d/90-secret.conf", "net.ipv4.tcp_retries2 = 3\n")
    #expect(chmod(secret, 0o600) == 0)
    let run = try files(tree, "--json", wrapper: Machine.nobody)
    #expect(run.code == 2, "\(run.complaint)")
    #expect(try run.json["unread"][secret].string == "EACCES")
    #expect(
      try files(tree, "tcp_retries2", "--json").json["keys"].array[0]["loaders"].array[0]["value"]
        .string == "3")
    let host = try Run.tool("files", "--json", wrapper: Machine.nobody)
    #expect(host.code == 0 || host.code == 2)
    #expect(try host.json["loader"]["program"].string != nil)
  }

  @Test func `files: links lead below the root`() throws {
    let tree = try TemporaryFolder(["opt/sysctl/60-a.conf": "net.ipv4.tcp_retries2 = 6\n"])
    try tree.makeFolder("etc")
    try tree.link("etc/sysctl.d", to: "/opt/sysctl")
    let keys = try files(tree, "--json").json["keys"].array
    #expect(keys.map(\.["next_boot"]["value"].string) == ["6"])
  }

  @Test func `files: of a long value the beginning is shown, with its length`() throws {
    let long = String(repeating: "7,", count: 400_000)
    let tree = try TemporaryFolder([
      "etc/sysctl.d/60-app.conf": "net.ipv4.ip_local_reserved_ports = \(long)\n"
    ])
    for arguments in [[], ["ip_local_reserved_ports"]] {
      let run = try Run.tool(["files", "--root", tree.path] + arguments)
      #expect(run.code == 0 && run.output.utf8.count < 4000)
      #expect(run.output.unfolded.contains("… (800000 characters)"))
    }
    let whole = try Run.tool("files", "--root", tree.path, "--json").json["keys"].array[0]
    #expect(whole["next_boot"]["value"].string == long)
  }

  @Test func `explain: each file and each loader says what it sets a key to`() throws {
    let tree = try TemporaryFolder(Self.files)
    let run = try Run.tool("explain", "tcp_retries2", "--root", tree.path)
    #expect(run.code == 0)
    let text = run.output.unfolded
    #expect(text.contains("systemd-sysctl 8 (\(tree.path)/etc/sysctl.d/60-app.conf:2)"))
    #expect(text.contains("sysctl --system 5 (\(tree.path)/etc/sysctl.conf:1)"))
    #expect(text.contains("50-default.conf:1 net.ipv4.tcp_retries2 = 10 overridden by"))
    let json = try Run.tool("explain", "tcp_retries2", "--root", tree.path, "--json").json
    #expect(json["sysctl"]["provenance"]["claims"].array.count == 4)
  }

  @Test func `explain: who sets a key that decides no time is told as well`() throws {
    let tree = try TemporaryFolder(Self.files)
    let run = try Run.tool("explain", "net.ipv4.conf.eth0/7.rp_filter", "--root", tree.path)
    #expect(run.code == 0)
    #expect(run.output.unfolded.contains("50-default.conf:2 net.ipv4.conf.*.rp_filter = 2 holds"))
    let json = try Run.tool("explain", "net.ipv4.conf.lo.rp_filter", "--json").json["sysctl"]
    #expect(json["provenance"]["key"].string == "net.ipv4.conf.lo.rp_filter")
    #expect(json["value"].string != nil && json["status"].string == "value")
    let captured = try Run.tool("explain", "net.ipv4.conf.lo.rp_filter", "--from", Machine.stock)
    #expect(captured.code == 2 && captured.complaint.contains("--root"))
    for name in ["net.ipv4.tcp_retires2", "net.ipv4.no.such_key"] {
      let unknown = try Run.tool("explain", name)
      #expect(unknown.code == 2 && unknown.complaint.contains("nothing is called"))
    }
    let scenario = try Run.tool("explain", "connect", "--root", tree.path)
    #expect(scenario.code == 2 && scenario.complaint.contains("--root goes with a sysctl"))
  }

  @Test func `explain: a key that kernels have no more may still be set by a file`() throws {
    let tree = try TemporaryFolder(["etc/sysctl.d/a.conf": "net.ipv4.tcp_tw_recycle = 1\n"])
    let run = try Run.tool("explain", "tcp_tw_recycle", "--root", tree.path)
    #expect(run.code == 0 && run.output.unfolded.contains("a.conf:1 net.ipv4.tcp_tw_recycle = 1"))
  }

  @Test func `explain: who sets a key on this host is told`() throws {
    let answer = try Run.tool("explain", "tcp_retries2", "--json").json["sysctl"]["provenance"]
    #expect(answer["key"].string == "net.ipv4.tcp_retries2")
    #expect(answer["verdict"].string != nil)
    let captured = try Run.tool("explain", "tcp_retries2", "--from", Machine.stock, "--json")
    #expect(try captured.json["sysctl"]["provenance"].isNull)
  }
}

extension String {
  /// With one blank wherever lines or columns were parted.
  fileprivate var unfolded: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
