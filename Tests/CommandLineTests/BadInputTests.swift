import Foundation
import TemporaryFolders
import Testing

/// What cannot be used is refused: code 2, nothing on standard output, one message.
struct BadInputTests {
  /// A refused command line and what its message must name.
  struct Row: CustomTestStringConvertible {
    let arguments: [String]
    let named: [String]

    init(_ arguments: String, _ named: String...) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.named = named
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  /// Runs a command that must be refused, with and without --json, and checks all it printed.
  private func expectRefusal(
    _ arguments: [String], naming words: [String], input: String = "", in folder: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let run = try Run.tool(arguments, input: input, in: folder)
    #expect(run.code == 2, sourceLocation: location)
    #expect(run.output == "", sourceLocation: location)
    let starts = run.complaint.components(separatedBy: "tcpadvisor: ").count - 1
    #expect(
      starts == 1, "\(run.complaint)",
      sourceLocation: location)
    #expect(
      run.complaint.hasPrefix("tcpadvisor: "), "\(run.complaint)",
      sourceLocation: location)
    for word in words {
      #expect(run.complaint.contains(word), "\(run.complaint)", sourceLocation: location)
    }
    #expect(run.complaint.utf8.count < 1500, sourceLocation: location)

    let asJSON = try Run.tool(arguments + ["--json"], input: input, in: folder)
    #expect(asJSON.code == 2, sourceLocation: location)
    #expect(try asJSON.json.names == ["$schema", "error"], sourceLocation: location)
    let error = try #require(try asJSON.json["error"].string)
    #expect(asJSON.complaint == "tcpadvisor: \(error)\n", sourceLocation: location)
  }

  @Test(arguments: [
    Row("chek", "Unexpected argument", "--help"),
    Row("explain", "a name is missing", "a scenario (connect,", "tcp_retries2", "--list"),
    Row("explain --list connect", "--list takes no name"),
    Row("explain --took soon", "--took", "no time", "15m38s"),
    Row("explain --took 938", "a number without a unit"),
    Row("explain --took 0s", "no time above zero"),
    Row("explain --took -5s", "“-5s” is no time"),
    Row("explain --took 9000h", "longer than a year"),
    Row("explain --took 3y", "no known unit; those are us, ms, s, min and h"),
    Row("explain --took 3s --errno ETIMEOUT", "--errno ETIMEOUT", "did you mean ETIMEDOUT?"),
    Row("explain --took 3s --errno 4000", "--errno 4000", "no errno"),
    Row("explain --errno ETIMEDOUT", "--errno goes with --took"),
    Row("explain connect --took 3s", "--took takes neither a name nor --list"),
    Row("explain --list --took 3s", "--took takes neither a name nor --list"),
    Row("explain --took 3s --stale", "--stale does not go with --took"),
    Row("explain --took 3s --rto 1s", "--rto does not go with --took"),
    Row("explain --took 3s -6", "-4 and -6 do not go with --took"),
    Row("explain --took 3s --set tcp_retries=5", "did you mean"),
    Row("explain tcp_retris2", "“tcp_retris2”", "did you mean tcp_retries2?"),
    Row("explain net.ipv4.tcp_retris2", "did you mean net.ipv4.tcp_retries2?"),
    Row("explain net/ipv4/tcp_retris2", "did you mean net.ipv4.tcp_retries2?"),
    Row("explain NET.IPV4.TCP_RETRIES2", "did you mean net.ipv4.tcp_retries2?"),
    Row("explain TCP_USER_TIMOUT", "did you mean TCP_USER_TIMEOUT?"),
    Row("explain tcp_user_timout", "did you mean TCP_USER_TIMEOUT?"),
    Row("explain tcp_tw_recicle", "did you mean tcp_tw_recycle?"),
    Row("explain SO_KEPALIVE", "did you mean SO_KEEPALIVE?"),
    Row("explain nonsensical", "“nonsensical”", "--list shows all"),
    Row("explain net.ipv4.neigh.eth0.gc_thresh1", "net.ipv4.neigh.eth0.gc_thresh1"),
    Row("explain tcp_retries2 --kernel 3.9", "--kernel 3.9", "3.10"),
    Row("explain tcp_retries2 --set tcp_retries2=256", "0 to 255"),
    Row("explain TCP_USER_TIMEOUT --option TCP_USER_TIMEOUT=-1", "0 to 2147483647"),
    Row("emit", "is needed: sysctl, ansible, ", "<target>"),
    Row("emit ansibel", "did you mean ansible?"),
    Row("emit kickstart", "--list lists them"),
    Row("check --nonsense", "Unknown option '--nonsense'"),
    Row("lint --root /nonexistent", "--root /nonexistent: no directory"),
    Row("check superfluous", "Unexpected argument"),
    Row("check --format xml", "  - tap\n", "  - checkstyle\n"),
    Row("check --color sometimes", "'auto', 'always' or 'never'"),
    Row("explain conect", "“conect”", "did you mean connect?"),
    Row("explain connect --hz abc", "--hz"),
    Row("explain connect --hz 0", "--hz 0", "24 to 1200"),
    Row("explain connect --hz 10000", "--hz 10000", "24 to 1200"),
    Row("explain connect --kernel nonsense", "--kernel nonsense", "6.1"),
    Row("explain connect --kernel 3.9", "--kernel 3.9", "3.10"),
    Row("explain connect --kernel 6.1 --kernel 4.9", "--kernel 4.9", "4.14"),
    Row("check --kernel 6.1 --kernel 6.6", "one --kernel"),
    Row("advise --budget 10", "--budget", "10s"),
    Row("advise --budget 0s", "--budget 0s"),
    Row("advise --budget 2h", "--budget 2h"),
    Row("explain connect --rtt 5", "--rtt", "5s"),
    Row("explain connect --rtt 5ms..1ms", "--rtt 5ms..1ms"),
    Row("explain send --segments 0", "--segments 0", "1 to 1000"),
    Row("explain close --segments 1001", "--segments 1001", "0 to 1000"),
    Row("measure --kernel 6.1", "--kernel"),
    Row("measure idle send --stale", "--stale", "neighbour"),
    Row("measure connect --rto 300ms", "--rto", "send"),
    Row("measure --outage 5", "--outage", "5s"),
    Row("measure --outage 0s", "--outage 0s"),
    Row("measure conect", "did you mean connect?"),
    Row("profiles show srver", "did you mean “server”?"),
    Row("emit c --undo", "--undo"),
    Row("emit sysctl --hz 100", "--hz"),
    Row("explain connect --hz -1", "--hz -1", "24 to 1200"),
    Row("check --netns a/../b", "--netns", "ip netns list"),
    Row("snapshot --netns nosuchnamespace", "--netns nosuchnamespace", "/run/netns"),
    Row("snapshot --netns 4194305", "no such process"),
    Row("snapshot --netns 1 --from -", "neither --from nor --proc-root"),
    Row(
      "explain connect --option TCP_SYNCNT=2 --option TCP_SYNCNT=3",
      "TCP_SYNCNT=3: already given as 2"),
  ])
  func `bad input: wrong usage is refused`(row: Row) throws {
    try expectRefusal(row.arguments, naming: row.named)
  }

  /// A variable that a script forgot to set: it must not come to mean this host.
  @Test(arguments: [
    "check --root", "files --root", "lint --root", "explain tcp_retries2 --root",
    "check --proc-root", "check --from", "check --netns", "check --profile", "check --kernel",
    "check --set", "check --device", "emit sysctl --output", "emit sysctl -o",
    "emit sysctl --output-dir", "measure --grid", "probe 127.0.0.1:1 --bind", "sockets --process",
    "sockets --user", "lint --kernel", "lint --profile",
  ])
  func `bad input: an empty value is refused`(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    try expectRefusal(words + [""], naming: ["\(words.last ?? ""): the value is empty"])
  }

  @Test(arguments: ["lint", "files", "explain", "emit", "probe", "profiles"])
  func `bad input: an empty name is refused`(command: String) throws {
    try expectRefusal([command, ""], naming: ["an argument is empty"])
  }

  @Test(arguments: [
    Row("--set tcp_syn_retries=0", "net.ipv4.tcp_syn_retries=0", "1 to 127"),
    Row("--set tcp_syn_retries=128", "1 to 127"),
    Row("--set tcp_syn_retries=99999999999999999999", "1 to 127"),
    Row("--set tcp_syn_retries=three", "a whole number"),
    Row("--set tcp_retries2=256", "0 to 255"),
    Row("--set tcp_syn_retris=3", "did you mean tcp_syn_retries?"),
    Row("--set net.ipv4.tcp_syn_retris=3", "did you mean net.ipv4.tcp_syn_retries?"),
    Row("--set TCP_SYN_RETRIES=3", "did you mean tcp_syn_retries?"),
    Row("--set NET/IPV4/TCP_SYN_RETRIES=3", "did you mean net.ipv4.tcp_syn_retries?"),
    Row("--set nosuch=3", "--set nosuch", "explain --list"),
    Row("--set TCP_SYNCNT=3", "a socket option", "--option TCP_SYNCNT"),
    Row("--set SO_LINGER=3", "decides no scenario", "explain SO_LINGER"),
    Row("--set tcp_tw_recycle=1", "explain tcp_tw_recycle"),
    Row("--set net.ipv4.neigh.eth0.mcast_solicit=5", "net.ipv4.neigh.eth0.mcast_solicit: not in"),
    Row("--device eth0", "--device eth0", "no neighbour settings"),
    Row("--set mcast_solicit=5", "net.ipv6.neigh.default.mcast_solicit"),
    Row("--set tcp_syn_retries", "KEY=VALUE"),
    Row("--set tcp_rto_max_ms=5000 --kernel 6.1", "Linux 6.1", "6.15"),
    Row("--option TCP_SYNCNT=0", "TCP_SYNCNT=0", "1 to 127"),
    Row("--option TCP_KEEPIDLE=32768", "1 to 32767"),
    Row("--option TCP_USER_TIMEOUT=-1", "0 to 2147483647"),
    Row("--option TCP_SYNCNT", "a value is needed", "TCP_SYNCNT=5"),
    Row("--option TCP_USER_TIMEOUT", "such as TCP_USER_TIMEOUT=30000"),
    Row("--option TCP_USER_TIMEOUT=3s", "milliseconds", "3s is TCP_USER_TIMEOUT=3000"),
    Row("--option TCP_KEEPIDLE=2min", "seconds", "2min is TCP_KEEPIDLE=120"),
    Row("--option TCP_KEEPIDLE=1ms", "1 to 32767 seconds"),
    Row("--option SO_LINGER=1", "decides no scenario", "explain SO_LINGER"),
    Row("--option tcp_nodelay=1", "decides no scenario", "explain TCP_NODELAY"),
    Row("--option IP_RECVERR", "decides no scenario", "explain IP_RECVERR"),
    Row("--option TCP_SYNCT=3", "did you mean TCP_SYNCNT?"),
    Row("--option TCP_RTO_MAX_MS=1000 --kernel 6.1", "Linux 6.1", "6.15"),
  ])
  func `bad input: a setting that the kernel would refuse is refused`(row: Row) throws {
    try expectRefusal(
      ["explain", "connect", "--from", Machine.stock] + row.arguments, naming: row.named)
  }

  /// A profile that cannot be used, and what its message must name.
  @Test(arguments: [
    ("objectives: {connect: {within: 10s\n", [":4:1:", "not YAML"]),
    ("objectivs: {connect: {within: 10s}}\n", [":3:1:", "did you mean “objectives”?", "^"]),
    ("name: again\n", [":3:1:", "“name”", "twice"]),
    ("objectives: {connect: {within: 10}}\n", [":3:32:", "no unit", "10s"]),
    ("objectives: {send: {within: 5s, survive: 6s}}\n", [":3:42:", "survive “6s”", ":3:29"]),
    ("connections: " + String(repeating: "[", count: 5000), [":3:", "64 levels"]),
    ("name: \u{7}\n", [":3:7"]),
    ("", ["asks for nothing"]),
  ])
  func `bad input: a profile that is not well written is refused with its place`(
    text: String, named: [String]
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("mine.yaml", "schema: 1\nname: mine\n" + text)
    for command in ["check", "profiles validate"] {
      let words = command.split(separator: " ").map(String.init)
      let arguments = words + (command == "check" ? ["--profile"] : []) + ["./mine.yaml"]
      try expectRefusal(arguments, naming: ["./mine.yaml"] + named, in: folder.path)
    }
  }

  @Test func `bad input: profiles that are too large, bombs or no UTF-8 are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("large.yaml", String(repeating: "# filler\n", count: 120_000))
    var bomb = "schema: 1\nname: bomb\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*x\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "x\(level): &x\(level) [\(aliases)]\n"
    }
    try folder.write("bomb.yaml", bomb)
    try folder.write(
      "bytes.yaml", bytes: Array("schema: 1\nname: ".utf8) + [0xff, 0xfe, 0x0a])
    let check = ["check", "--profile"]
    try expectRefusal(check + ["./large.yaml"], naming: ["large.yaml", "1 MB"], in: folder.path)
    try expectRefusal(check + ["./bomb.yaml"], naming: ["bomb.yaml:5:", "1,000"], in: folder.path)
    try expectRefusal(
      check + ["./bytes.yaml"], naming: ["bytes.yaml:2:7", "UTF-8"], in: folder.path)
  }

  @Test func `bad input: profiles that are not there are refused`() throws {
    try expectRefusal(["check", "--profile", "srver"], naming: ["“srver”", "“server”?"])
    try expectRefusal(["check", "--profile", "./none.yaml"], naming: ["./none.yaml", "ENOENT"])
    try expectRefusal(["check", "--profile", "/etc/"], naming: ["/etc/", "EISDIR"])
    try expectRefusal(["check", "--profile", "-"], naming: ["standard input", "empty"])
  }

  @Test(arguments: ["b.yaml", "./b.yaml", "././b.yaml"])
  func `bad input: profiles that extend each other are refused with the circle`(entry: String)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", "schema: 1\nname: a\nextends: [\(entry)]\n")
    try folder.write("b.yaml", "schema: 1\nname: b\nextends: [./a.yaml]\n")
    try expectRefusal(
      ["check", "--profile", "./a.yaml"], naming: [":3:11:", "./a.yaml → ./b.yaml → ./a.yaml"],
      in: folder.path)
  }

  @Test(arguments: [
    ["check"], ["advise", "--no-measure"], ["emit", "c"], ["emit", "sockets"], ["emit", "sysctl"],
  ])
  func `bad input: every command with profiles refuses an unknown one`(command: [String]) throws {
    try expectRefusal(command + ["--profile", "srver"], naming: ["“server”?"])
  }

  @Test func `bad input: a refused plan leaves no file behind, and an old one as it was`() throws {
    let folder = try TemporaryFolder()
    let emit = ["emit", "sysctl", "-o", "out.conf"]
    try expectRefusal(emit + ["--profile", "srver"], naming: ["“server”?"], in: folder.path)
    try expectRefusal(emit + ["--kernel", "4.9"], naming: ["4.9"], in: folder.path)
    try expectRefusal(emit + ["--hz", "100"], naming: ["--hz"], in: folder.path)
    #expect(folder.names == [])
    try folder.write("out.conf", "as it was\n")
    try expectRefusal(emit + ["--profile", "srver"], naming: ["“server”?"], in: folder.path)
    #expect(folder.names == ["out.conf"])
    #expect(try folder.text("out.conf") == "as it was\n")
  }

  @Test(arguments: [
    ("none/out.conf", "none/out.conf: ENOENT"), ("/proc/out.conf", "/proc/out.conf: ENOENT"),
    ("", "the value is empty"),
  ])
  func `bad input: a file that cannot be written is refused`(file: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try expectRefusal(
      ["emit", "sysctl", "--kernel", "6.18", "--output", file], naming: [reason], in: folder.path)
    #expect(folder.names == [])
  }

  @Test(arguments: [["explain"], ["probe"], ["chek"]])
  func `bad input: what would steer a terminal is escaped in messages`(command: [String]) throws {
    let run = try Run.tool(command + ["a\u{1b}[31mb\u{9b}\r:80"])
    #expect(run.code == 2, "\(run.complaint)")
    #expect(run.complaint.contains("a\\x1b[31mb\\x9b\\x0d:80"), "\(run.complaint)")
    #expect(!run.complaint.utf8.contains(0x1b))
    #expect(!run.complaint.utf8.contains(0x0d))
  }
}
