import Foundation
import InputFiles
import TemporaryFolders
import Testing

struct LintTests {
  private static let bad = "net.ipv4.tcp_tw_recycle = 1\n"
  private static let good = "net.ipv4.tcp_keepalive_probes = 5\n"

  @Test func `lint: the exit code says whether something was found`() throws {
    let files = try TemporaryFolder(["bad.conf": Self.bad, "good.conf": Self.good])
    let clean = try Run.tool("lint", "good.conf", in: files.path)
    #expect(clean.code == 0 && clean.output == "1 file: nothing found\n")
    let found = try Run.tool("lint", "bad.conf", "good.conf", in: files.path)
    #expect(found.code == 1)
    #expect(
      found.lines[0].hasPrefix(
        "bad.conf:1:1: error: net.ipv4.tcp_tw_recycle: removed in Linux 4.12"))
    #expect(found.output.hasSuffix("\n2 files: 1 error\n"))
    #expect(try Run.tool("lint", "-", input: Self.bad).lines[0].hasPrefix("standard input:1:1: "))
  }

  @Test func `lint: --fail-on says which findings count`() throws {
    let files = try TemporaryFolder(["note.conf": "net.ipv4.tcp_tw_reuse = 1\n"])
    func code(_ least: String) throws -> Int32 {
      try Run.tool("lint", "note.conf", "--fail-on", least, in: files.path).code
    }
    #expect(try code("note") == 1)
    #expect(try code("warning") == 0)
    #expect(try code("never") == 0)
    #expect(try code("fatal") == 2)
  }

  @Test func `lint: what cannot be read is named, the rest is linted`() throws {
    let files = try TemporaryFolder(["good.conf": Self.good, "bad.conf": Self.bad])
    try files.link("loop.conf", to: "loop.conf")
    let alone = try Run.tool("lint", "gone.conf", "loop.conf", "good.conf", in: files.path)
    #expect(alone.code == 2 && alone.output == "1 file: nothing found\n")
    #expect(
      alone.complaint == """
        tcpadvisor: gone.conf: cannot be read: ENOENT
        tcpadvisor: loop.conf: cannot be read: ELOOP

        """)
    #expect(try Run.tool("lint", "gone.conf", "bad.conf", in: files.path).code == 1)
    #expect(try Run.tool("lint", "--fix", "gone.conf", in: files.path).code == 2)
  }

  @Test(.enabled(if: Machine.canBeNobody, "another user takes root"))
  func `lint: files of others that may not be read are named`() throws {
    let files = try TemporaryFolder(["sysctl.d/a.conf": Self.bad, "sysctl.d/b.conf": Self.good])
    chmod("\(files.path)/sysctl.d/a.conf", 0o600)
    let run = try Run.tool("lint", "sysctl.d", wrapper: Machine.nobody, in: files.path)
    #expect(run.code == 2)
    #expect(run.complaint == "tcpadvisor: sysctl.d/a.conf: cannot be read: EACCES\n")
    #expect(run.output == "1 file: nothing found\n")
  }

  @Test func `lint: binaries, NULs and lines of a megabyte end nothing`() throws {
    let files = try TemporaryFolder()
    var noise: [UInt8] = []
    var seed: UInt32 = 1
    for _ in 0..<50_000 {
      seed = seed &* 1_664_525 &+ 1_013_904_223
      noise.append(UInt8(seed >> 24))
    }
    try files.write("noise.conf", bytes: noise)
    try files.write("long.conf", String(repeating: "x", count: 1 << 20) + " = 1\n" + Self.good)
    try files.write("large.conf", bytes: [UInt8](repeating: 0x23, count: 2_000_001))
    let binary = try Run.tool("lint", "noise.conf", in: files.path)
    #expect(binary.output.contains("[TA005]") && binary.output.hasSuffix("\n1 file: 1 error\n"))
    #expect(try Run.tool("lint", "long.conf", in: files.path).output.contains("[TA010]"))
    let large = try Run.tool("lint", "large.conf", in: files.path)
    #expect(large.code == 2 && large.complaint.hasSuffix("larger than 2 MB, the limit\n"))
    for number in 0..<3 {
      try files.write(
        "sysctl.d/\(number).conf", Self.good + String(repeating: "#\n", count: 400_000))
    }
    let together = try Run.tool("lint", "sysctl.d", in: files.path)
    #expect(together.code == 2 && together.output == "2 files: nothing found\n")
    #expect(together.complaint.contains("sysctl.d/2.conf: more than 2 MB in its directory"))
    for format in ["json", "sarif", "gitlab"] {
      let run = try Run.tool("lint", "--format", format, "noise.conf", in: files.path)
      #expect(throws: Never.self) { try format == "json" ? run.json : run.otherJSON }
    }
  }

  @Test(arguments: [
    ("etc/sysctl.d/60-a.conf", true), ("sysctl.d/a.conf.j2", true), ("sysctl.conf", true),
    ("files/99-sysctl.conf", true), ("roles/a/tasks/main.yml", true), ("b.yaml", true),
    ("host.nix", true), ("a/setup.sh", true), ("Dockerfile.prod", true), ("nginx.conf", false),
    ("redis/redis.conf", false), ("sysctl.py", false), ("sysctl_test.go", false),
    ("docs/sysctl.md", false), ("a.conf", false), ("sysctl.d/README", false),
  ])
  func `pre-commit: lint is given what sets sysctls, and no other file`(path: String, isGiven: Bool)
    throws
  {
    let hooks = try String(
      contentsOfFile: "\(Machine.package)/.pre-commit-hooks.yaml", encoding: .utf8)
    let start = try #require(hooks.range(of: "files: >-\n"))
    let end = try #require(hooks.range(of: "  types:"))
    let pattern = try NSRegularExpression(
      pattern: String(hooks[start.upperBound..<end.lowerBound])
        .trimmingCharacters(in: .whitespacesAndNewlines))
    let range = NSRange(path.startIndex..., in: path)
    #expect((pattern.firstMatch(in: path, range: range) != nil) == isGiven)
  }

  @Test func `lint: a pipe is read to its end, and one that nobody writes to is named`() throws {
    let files = try TemporaryFolder()
    #expect(mkfifo("\(files.path)/idle", 0o600) == 0)
    let idle = try Run.tool("lint", "idle", in: files.path)
    #expect(idle.code == 2 && idle.output == "0 files: nothing found\n")
    #expect(idle.complaint == "tcpadvisor: idle: a pipe into which nobody writes\n")
    let slow = try Run.shell(
      "(sleep 0.3; printf '\(Self.bad.dropLast())\\n') | \(Machine.executable) lint /dev/stdin",
      in: files.path)
    #expect(slow.code == 1 && slow.output.contains("/dev/stdin:1:1: error: "))
  }

  @Test func `lint: what is left to a template is said once, and is no mistake`() throws {
    let files = try TemporaryFolder([
      "a.conf.j2": "{% for k in keys %}\n{{ k }} = {{ v[k] }}\n{% endfor %}\n" + Self.good,
      "chart.yaml": "{{- if .x }}\nsysctls: {net.ipv4.tcp_retries2: {{ .y }}}\n{{- end }}\n",
    ])
    let run = try Run.tool("lint", "a.conf.j2", in: files.path)
    #expect(run.code == 0)
    #expect(
      run.output == "1 file: nothing found; 3 lines of a.conf.j2 left to a template, from line 1\n")
    let both = try Run.tool("lint", "a.conf.j2", "chart.yaml", in: files.path)
    #expect(
      both.code == 0
        && both.output == "2 files: nothing found; 6 lines of 2 files left to templates\n")
    let json = try Run.tool("lint", "--json", "a.conf.j2", in: files.path).json
    #expect(json["templates"].array[0]["lines"].array.map(\.number) == [1, 2, 3])
    // A host has no templates.
    let root = try TemporaryFolder(["etc/sysctl.d/a.conf": "{{ k }} = 1\nvm.swappiness = 1\n"])
    #expect(try Run.tool("lint", "--root", root.path).output.contains("[TA001]"))
  }

  @Test func `lint: reports name files without ./, and places apart from names`() throws {
    let files = try TemporaryFolder(["a.conf": Self.bad, "bad.yaml": "sysctls: {\n"])
    let sarif = try Run.tool("lint", "--format", "sarif", "./a.conf", "./bad.yaml", in: files.path)
    let run = try sarif.otherJSON["runs"].array[0]
    let uri = run["results"].array[0]["locations"].array[0]["physicalLocation"]["artifactLocation"]
    #expect(uri["uri"].string == "a.conf")
    let notice = run["invocations"].array[0]["toolExecutionNotifications"].array[0]
    let place = notice["locations"].array[0]["physicalLocation"]
    #expect(place["artifactLocation"]["uri"].string == "bad.yaml")
    #expect(place["region"]["startLine"].number == 2)
    for format in ["junit", "checkstyle", "github", "gitlab"] {
      let run = try Run.tool("lint", "--format", format, "./a.conf", in: files.path)
      #expect(run.output.contains("a.conf") && !run.output.contains("./a.conf"), "\(format)")
    }
  }

  @Test func `lint: of a directory it takes what sets sysctls`() throws {
    let files = try TemporaryFolder([
      "repo/etc/sysctl.d/60-a.conf": Self.bad, "repo/etc/sysctl.d/README": "Read me.\n",
      "repo/nginx.conf": "worker_processes 5;\n", "repo/.git/sysctl.conf": Self.bad,
      "repo/roles/tasks/main.yml": "- sysctl: {name: net.ipv4.tcp_fack, value: 1}\n",
      "repo/pod.yaml": "securityContext:\n  sysctls:\n  - {name: vm.swappiness, value: '1'}\n",
      "repo/template.yaml": "sysctl: {{ x\n", "repo/other.yaml": "a: {{ x\n",
      "repo/nix/host.nix": "boot.kernel.sysctl.\"net.ipv4.tcp_sack\" = 0;\n",
      "repo/Dockerfile": "RUN sysctl -w net.ipv4.tcp_retries2=3\n",
    ])
    try files.link("repo/up", to: "..")
    try files.link("repo/dangling.conf", to: "nowhere")
    let run = try Run.tool("lint", "repo", "--json", in: files.path)
    let findings = try run.json["findings"].array
    let found = findings.map { "\($0["file"].string ?? "") \($0["id"].string ?? "")" }
    #expect(
      Set(found) == [
        "repo/etc/sysctl.d/60-a.conf TA023", "repo/roles/tasks/main.yml TA024",
        "repo/pod.yaml TA032", "repo/nix/host.nix TA058", "repo/Dockerfile TA042",
      ])
    let unread = try run.json["unread"].array
    #expect(unread.map { $0["file"].string } == ["repo/template.yaml"])
    #expect(unread.map { [$0["line"].number, $0["column"].number] } == [[2, 1]])
    #expect(run.code == 1)
  }

  @Test func `lint: a host is read as it boots`() throws {
    let root = try TemporaryFolder([
      "etc/sysctl.d/10-a.conf": "vm.swappiness = 1\n", "etc/sysctl.d/20-b": "vm.swappiness = 3\n",
      "usr/lib/sysctl.d/50-c.conf": "vm.swappiness = 2\n",
      "etc/sysctl.conf": "vm.overcommit_memory = 1\n",
    ])
    let run = try Run.tool("lint", "--root", root.path)
    let found = run.lines.filter { $0.contains(" [TA") }.map {
      $0.dropFirst(root.path.count).split(separator: ":")[0] + " " + $0.suffix(6).dropLast()
    }
    #expect(
      found.map(String.init) == [
        "/etc/sysctl.d/10-a.conf TA037", "/etc/sysctl.conf TA011", "/etc/sysctl.d/20-b TA008",
      ])
    #expect(try Run.tool("lint").code != 2)
  }

  @Test func `lint: --kernel says what there is`() throws {
    let text = "net.ipv4.tcp_rto_max_ms = 90000\n"
    #expect(try Run.tool("lint", "--kernel", "6.18", "-", input: text).code == 0)
    let old = try Run.tool("lint", "--kernel", "5.15", "--kernel", "6.18", "-", input: text)
    #expect(old.output.contains("came with Linux 6.15, and Linux 5.15 does not have it [TA026]"))
    #expect(try Run.tool("lint", "--kernel", "x", "-").code == 2)
  }

  @Test func `lint: JSON holds what is promised`() throws {
    let text = "# tcpadvisor: ignore=TA050 agreed\nnet.ipv4.tcp_fin_timeout = 5\n\(Self.bad)"
    let json = try Run.tool("lint", "--json", "-", "--kernel", "6.18", input: text).json
    #expect(json["schema_version"].number == 1 && json["command"].string == "lint")
    #expect(json["kernels"].array.map(\.string) == ["6.18"])
    let findings = json["findings"].array
    #expect(
      findings[0].names == [
        "id", "rule", "severity", "file", "line", "column", "end_column", "key", "message", "since",
        "source", "remedy", "fixable", "suppressed", "suppressed_because",
      ])
    #expect(findings[0]["suppressed"].bool == true)
    #expect(findings[0]["suppressed_because"].string == "agreed")
    #expect(findings[1]["key"].string == "net.ipv4.tcp_tw_recycle")
    #expect(findings[1]["since"].string == "4.12" && findings[1]["line"].number == 3)
    let rules = try Run.tool("lint", "--rules", "--json").json["rules"].array
    #expect(rules.count > 80 && rules[11]["id"].string == "TA012")
  }

  @Test func `lint: rules are listed, and explain tells all about one`() throws {
    #expect(try Run.tool("lint", "--rules").output.contains("TA013  warning  text-after-value"))
    let rule = try Run.tool("explain", "TA013")
    #expect(rule.code == 0 && rule.output.contains("# tcpadvisor: ignore=TA013 reason"))
    #expect(try Run.tool("explain", "ta013", "--json").json["rule"]["id"].string == "TA013")
    #expect(try Run.tool("explain", "TA999").code == 2)
  }

  @Test func `lint: a profile silences rules`() throws {
    let files = try TemporaryFolder([
      "p.yaml": """
      schema: 1
      name: p
      sysctls: {net.core.somaxconn: {at_least: 1}}
      lint:
        ignore:
          - {rule: TA050, why: agreed with the vendor}
          - {rule: TA051, why: elsewhere, file: "other/*"}
      """,
      "a.conf": "net.ipv4.tcp_fin_timeout = 5\n",
    ])
    let run = try Run.tool("lint", "--profile", "p.yaml", "a.conf", in: files.path)
    #expect(run.code == 0 && run.output == "1 file: nothing found; 1 silenced\n")
  }

  @Test func `lint --fix: a diff that patch takes, and nothing is written`() throws {
    let text = "vm.swappiness = 1 # why\r\nnet.ipv4.tcp_sack = \"1\""
    let files = try TemporaryFolder(["a.conf": text])
    let run = try Run.tool("lint", "--fix", "a.conf", in: files.path)
    #expect(run.code == 1 && run.output.hasPrefix("--- a.conf\n+++ a.conf\n@@ "))
    #expect(try files.text("a.conf") == text)
    if Machine.program("patch") != nil {
      try files.write("a.diff", run.output)
      #expect(try Run.shell("patch --binary -p0 < a.diff", in: files.path).code == 0)
      #expect(
        try files.text("a.conf") == "# why\nvm.swappiness = 1\nnet.ipv4.tcp_sack = 1\n")
    }
  }

  @Test func `lint --fix --write: the file is mended whole, its mode and its links stay`() throws {
    let files = try TemporaryFolder(["real.conf": "vm.swappiness = 1"])
    try files.link("a.conf", to: "real.conf")
    chmod("\(files.path)/real.conf", 0o640)
    let run = try Run.tool("lint", "--fix", "--write", "a.conf", in: files.path)
    #expect(run.code == 0 && run.output == "1 file: nothing found\n")
    #expect(try files.text("real.conf") == "vm.swappiness = 1\n")
    #expect(files.names == ["a.conf", "real.conf"])
    var facts = stat()
    #expect(lstat("\(files.path)/a.conf", &facts) == 0 && facts.st_mode & S_IFMT == S_IFLNK)
    #expect(stat("\(files.path)/a.conf", &facts) == 0 && facts.st_mode & 0o777 == 0o640)
    #expect(try Run.tool("lint", "--write", "a.conf", in: files.path).code == 2)
    let input = try Run.tool("lint", "--fix", "--write", "-", input: "vm.swappiness = 1")
    #expect(input.code == 2 && input.output.isEmpty)
  }

  @Test func `lint: hostile names steer no terminal`() throws {
    let files = try TemporaryFolder(["\u{1b}[31m\n::error::x.conf": Self.bad])
    for format in ["text", "json", "sarif", "github", "gitlab", "junit", "checkstyle"] {
      let run = try Run.tool("lint", "--format", format, ".", in: files.path)
      #expect(run.code == 1)
      #expect(!run.output.utf8.contains(0x1b), "\(format)")
      #expect(!run.lines.contains { $0.hasPrefix("::error::") }, "\(format)")
    }
  }

  // MARK: Files of programs

  /// The targets whose files lint can read, and how these end.
  private static let readable = [
    "nginx": ".nginx.conf", "haproxy": ".haproxy.cfg", "caddy": ".Caddyfile",
    "httpd": ".httpd.conf", "nats": ".nats.conf", "varnish": ".varnish.txt", "squid": ".squid.conf",
    "postgresql": ".postgresql.conf",
    "libpq": ".pg_service.conf", "pgbouncer": ".pgbouncer.ini", "mariadb": ".mariadb.cnf",
    "redis": ".redis.conf", "etcd": ".etcd.txt", "elasticsearch": ".elasticsearch.yml",
    "cassandra": ".cassandra.yaml", "kafka": ".kafka.properties",
    "librdkafka": ".librdkafka.properties", "ssh": ".ssh.conf", "sshd": ".sshd.conf",
    "systemd-socket": ".socket.d/tcpadvisor.conf", "curl": ".curlrc",
  ]

  @Test(arguments: BuiltInProfiles.names.filter { $0 != "base" })
  func `lint: what is emitted for programs has no mistakes`(profile: String) throws {
    let folder = try TemporaryFolder()
    let run = try Run.tool(
      ["emit"] + Self.readable.keys.sorted()
        + ["--profile", profile, "--kernel", "6.18", "--output-dir", "out"], in: folder.path)
    #expect([0, 1].contains(run.code), "\(run.complaint)")
    let lint = try Run.tool("lint", "--json", "out", in: folder.path).json
    #expect(lint["findings"].array.isEmpty, "\(lint)")
  }

  @Test func `lint: the files of each target that can be read are`() throws {
    let folder = try TemporaryFolder()
    _ = try Run.tool(
      ["emit"] + Self.readable.keys.sorted()
        + [
          "--profile", Machine.fixture("emitted/programs.yaml"), "--kernel", "6.18",
          "--output-dir", "out",
        ], in: folder.path)
    let lint = try Run.tool("lint", "--json", "out", in: folder.path).json
    let files = lint["files"].array.compactMap(\.string)
    for (target, ending) in Self.readable {
      #expect(files.contains { $0.hasSuffix(ending) }, "\(target)")
    }
    #expect(lint["findings"].array.isEmpty)
  }

  @Test func `lint: files of programs are told by their names, or by --as`() throws {
    let text = "backend a\n  server b localhost:80 tcp-ut 30s\n"
    let files = try TemporaryFolder([
      "haproxy.cfg": text, "b/lb.cfg": text, "sysctl.conf": Self.good,
    ])
    let named = try Run.tool("lint", "haproxy.cfg", in: files.path)
    #expect(named.code == 1)
    #expect(
      named.lines[0] == "haproxy.cfg:2:25: error: tcp-ut 30s: ignored where the address is a name"
        + " such as localhost:80 [TA089]")
    #expect(try Run.tool("lint", "b/lb.cfg", in: files.path).output.contains("[TA082]") == false)
    #expect(try Run.tool("lint", "b/lb.cfg", "--as", "haproxy", in: files.path).code == 1)
    #expect(try Run.tool("lint", "-", "--as", "haproxy", input: text).code == 1)
    // Of directories those that set something on sockets.
    #expect(try Run.tool("lint", ".", in: files.path).output.hasSuffix("\n2 files: 1 error\n"))
    let unknown = try Run.tool("lint", "b/lb.cfg", "--as", "haprxy", in: files.path)
    #expect(unknown.code == 2 && unknown.complaint.contains("did you mean haproxy?"))
    #expect(try Run.tool("lint", "--as", "haproxy").code == 2)
  }

  @Test func `lint: a release of a program lacks what came later`() throws {
    let text = "proxy_socket_keepalive on;\n"
    func lint(_ release: String...) throws -> Run {
      try Run.tool(
        ["lint", "-", "--as", "nginx"] + release.flatMap { ["--release", $0] }, input: text)
    }
    #expect(try lint().code == 0)
    #expect(try lint("nginx=1.15.6").code == 0)
    let old = try lint("haproxy=2.2", "nginx=1.14.2")
    #expect(old.code == 1)
    #expect(
      old.lines[0] == "standard input:1:1: error: proxy_socket_keepalive came with 1.15.6, and"
        + " 1.14.2 does not have it [TA092]")
    #expect(
      try lint("nginx").code == 2 && lint("nginx=new").code == 2 && lint("ngin=1.2").code == 2)
  }

  @Test func `lint: a remark in the file of a program silences a rule`() throws {
    let files = try TemporaryFolder([
      "haproxy.cfg": "backend a\n"
        + "  # tcpadvisor: ignore=TA089 resolved at start\n"
        + "  server b localhost:80 tcp-ut 30s\n"
    ])
    #expect(try Run.tool("lint", "haproxy.cfg", in: files.path).code == 0)
  }
}
