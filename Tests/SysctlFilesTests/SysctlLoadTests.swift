import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct SysctlLoadTests {
  private static let retries = SysctlKey.tcpRetries2

  /// What holds for a key under systemd-sysctl and under procps 4: `file:line value`.
  private func winners(_ texts: [String: String], _ key: SysctlKey = retries) -> [String] {
    [.systemd, .procps4].map { winner(texts, $0, key) }
  }

  private func winner(_ texts: [String: String], _ loader: SysctlLoader, _ key: SysctlKey = retries)
    -> String
  {
    guard let entry = SysctlConfiguration(texts).load(by: loader).winner(for: key) else {
      return "-"
    }
    return "\(entry.file):\(entry.line) \(entry.value ?? "-")"
  }

  private func line(_ value: Int) -> String { "net.ipv4.tcp_retries2 = \(value)\n" }

  @Test func `sysctl load: the last name wins, whatever the directory`() {
    let texts = [
      "/etc/sysctl.d/50-a.conf": line(1), "/usr/lib/sysctl.d/60-b.conf": line(2),
      "/run/sysctl.d/10-c.conf": line(3), "/usr/local/lib/sysctl.d/59-d.conf": line(4),
    ]
    #expect(winners(texts) == Array(repeating: "/usr/lib/sysctl.d/60-b.conf:1 2", count: 2))
  }

  @Test func `sysctl load: names are compared by bytes`() {
    let texts = [
      "/etc/sysctl.d/Z.conf": line(1), "/etc/sysctl.d/a.conf": line(2),
      "/etc/sysctl.d/é.conf": line(3), "/etc/sysctl.d/9.conf": line(4),
    ]
    #expect(winners(texts) == Array(repeating: "/etc/sysctl.d/é.conf:1 3", count: 2))
  }

  @Test func `sysctl load: a file hides those of its name below`() {
    let directories = SysctlDirectory.allCases.map(\.rawValue)
    for (higher, lower) in zip(directories, directories.dropFirst()) {
      let texts = ["\(higher)/70-x.conf": line(1), "\(lower)/70-x.conf": line(2)]
      #expect(winners(texts) == Array(repeating: "\(higher)/70-x.conf:1 1", count: 2))
    }
  }

  @Test func `sysctl load: procps up to 3_3_16 reads run before etc`() {
    let texts = ["/etc/sysctl.d/70-x.conf": line(1), "/run/sysctl.d/70-x.conf": line(2)]
    #expect(winner(texts, .procps3) == "/run/sysctl.d/70-x.conf:1 2")
    #expect(winner(texts, .procps3_3_17) == "/etc/sysctl.d/70-x.conf:1 1")
  }

  @Test(arguments: ["/dev/null", "/nonexistent"])
  func `sysctl load: a link to dev null or to nowhere masks`(target: String) {
    var tree = ConfigurationTree(["/usr/lib/sysctl.d/70-x.conf": line(1)])
    tree.nodes["/etc/sysctl.d/70-x.conf"] = .link(target)
    for loader in SysctlLoader.allCases {
      let load = tree.configuration.load(by: loader)
      #expect(load.winner(for: Self.retries) == nil)
      #expect(
        load.claims(on: Self.retries).map(\.fate) == [.hidden(by: "/etc/sysctl.d/70-x.conf")])
    }
  }

  @Test func `sysctl load: sysctl conf is read last by procps alone`() {
    let texts = ["/etc/sysctl.conf": line(1), "/etc/sysctl.d/99-z.conf": line(2)]
    #expect(winners(texts) == ["/etc/sysctl.d/99-z.conf:1 2", "/etc/sysctl.conf:1 1"])
    let load = SysctlConfiguration(texts).load(by: .systemd)
    #expect(load.claims(on: Self.retries).map(\.fate) == [.holds, .unread])
  }

  @Test func `sysctl load: a link makes systemd read sysctl conf, and it counts once`() {
    var tree = ConfigurationTree(["/etc/sysctl.conf": line(1), "/etc/sysctl.d/99-z.conf": line(2)])
    tree.nodes["/etc/sysctl.d/99-sysctl.conf"] = .link("/etc/sysctl.conf")
    let configuration = tree.configuration
    for (loader, winner) in [
      (SysctlLoader.systemd, "/etc/sysctl.d/99-z.conf"), (.procps4, "/etc/sysctl.conf"),
    ] {
      let load = configuration.load(by: loader)
      let files = load.claims(on: Self.retries).map(\.entry.file)
      #expect(files == ["/etc/sysctl.conf", "/etc/sysctl.d/99-z.conf"])
      #expect(load.winner(for: Self.retries)?.file == winner)
    }
  }

  @Test func `sysctl load: hidden names and other suffixes`() {
    #expect(winners(["/etc/sysctl.d/.x.conf": line(1)]) == ["-", "/etc/sysctl.d/.x.conf:1 1"])
    #expect(winners(["/etc/sysctl.d/.conf": line(1)]) == ["-", "/etc/sysctl.d/.conf:1 1"])
    #expect(winners(["/etc/sysctl.d/x.conf~": line(1)]) == ["-", "-"])
    #expect(winners(["/etc/sysctl.d/x.cnf": line(1)]) == ["-", "-"])
  }

  /// What one file says, and what holds under systemd-sysctl 252, procps 4.0.2 and 4.0.5: run there.
  static let files: [(text: String, systemd: String, procps4: String, procps4_0_5: String)] = [
    // An explicit key beats any glob, before it or after.
    ("net.ipv4.tcp_retries2 = 1\nnet.ipv4.tcp_retrie* = 2", "1 1", "1 1", "1 1"),
    ("net.ipv4.tcp_retrie* = 2\nnet.ipv4.tcp_retries2 = 1", "2 1", "2 1", "2 1"),
    ("net.ipv4.tcp_retries? = 1\nnet.ipv4.tcp_retrie* = 2", "2 2", "2 2", "2 2"),
    // Of two equal globs systemd keeps the place of the first.
    (
      "net.ipv4.tcp_retries? = 1\nnet.ipv4.tcp_retrie* = 2\nnet.ipv4.tcp_retries? = 1", "2 2",
      "3 1", "3 1"
    ),
    (
      "net.ipv4.tcp_retries? = 1\nnet.ipv4.tcp_retrie* = 2\nnet.ipv4.tcp_retries? = 3", "3 3",
      "3 3", "3 3"
    ),
    // Without a value: not by globs; under systemd what came before is taken back.
    ("net.ipv4.tcp_retrie* = 2\n-net.ipv4.tcp_retries2", "-", "-", "-"),
    ("-net.ipv4.tcp_retries2\nnet.ipv4.tcp_retrie* = 2", "-", "-", "-"),
    ("net.ipv4.tcp_retries2 = 1\n-net.ipv4.tcp_retries2", "-", "1 1", "1 1"),
    ("-net.ipv4.tcp_retries2\nnet.ipv4.tcp_retries2 = 1", "2 1", "2 1", "2 1"),
    // Globs that exclude: procps after 4.0.4; under systemd just the same glob.
    ("net.ipv4.tcp_retries? = 1\n-net.ipv4.tcp_retries?", "-", "1 1", "-"),
    ("-net.ipv4.tcp_retries?\nnet.ipv4.tcp_retries? = 1", "2 1", "2 1", "-"),
    ("net.ipv4.tcp_retries? = 1\n-net.ipv4.tcp_retrie*", "1 1", "1 1", "-"),
    ("net.ipv4.tcp_retries? = 1\n-net.*", "1 1", "1 1", "-"),
    ("net.ipv4.tcp_retries2 = 1\n-net.*", "1 1", "1 1", "1 1"),
    // Lines.
    ("- net.ipv4.tcp_retries2 = 1", "1 1", "-", "-"),
    ("- net.ipv4.tcp_retries2\nnet.ipv4.tcp_retrie* = 2", "-", "2 2", "2 2"),
    ("# x\rnet.ipv4.tcp_retries2 = 1", "1 1", "-", "-"),
    ("x.y = 1\0net.ipv4.tcp_retries2 = 1", "1 1", "-", "-"),
    ("net.ipv4.tcp_retries2 = 1\0x", "1 1", "1 1", "1 1"),
    ("\u{FEFF}net.ipv4.tcp_retries2 = 1\nnet.ipv4.tcp_retries2 = 2", "2 2", "2 2", "2 2"),
  ]

  @Test(arguments: files)
  func `sysctl load: of one file`(
    text: String, systemd: String, procps4: String, procps4_0_5: String
  ) {
    let expected: [(SysctlLoader, String)] = [
      (.systemd, systemd), (.procps4, procps4), (.procps4_0_5, procps4_0_5),
    ]
    for (loader, holds) in expected {
      let found = winner(["/etc/sysctl.d/x.conf": text], loader)
      #expect(found == (holds == "-" ? "-" : "/etc/sysctl.d/x.conf:\(holds)"), "\(loader)")
    }
  }

  /// What procps 3.3.17 makes of a file: run there.
  @Test(arguments: [
    ("net.ipv4.tcp_retries2 = 1\nnet.ipv4.tcp_retrie* = 2", "1"), ("net.ipv4.tcp_retrie* = 2", "-"),
    ("net.ipv4.tcp_retries2 = 1\n-net.ipv4.tcp_retries2", "1"),
    ("net.ipv4.tcp_retries2 = 1\nnet.ipv4.tcp_retries2 =", "1"),
    ("-net.ipv4.tcp_retries2 = 1", "1"),
  ])
  func `sysctl load: procps 3 knows no globs`(text: String, value: String) {
    let texts = ["/etc/sysctl.d/x.conf": text]
    let load = SysctlConfiguration(texts).load(by: .procps3_3_17)
    #expect(load.winner(for: Self.retries)?.value ?? "-" == value)
  }

  @Test func `sysctl load: procps writes one after the other, systemd the last alone`() {
    let configuration = SysctlConfiguration(["/etc/sysctl.d/x.conf": line(1) + line(999)])
    let values = [SysctlLoader.systemd, .procps4].map { loader in
      configuration.load(by: loader).writes(to: Self.retries).compactMap(\.value)
    }
    #expect(values == [["999"], ["1", "999"]])
  }

  @Test func `sysctl load: after a line of a mebibyte systemd reads no more of a file`() {
    let long = "# " + String(repeating: "x", count: (1 << 20) - 2) + "\n"
    let texts = ["/etc/sysctl.d/x.conf": line(1) + long + line(2)]
    #expect(winners(texts) == ["/etc/sysctl.d/x.conf:1 1", "/etc/sysctl.d/x.conf:3 2"])
    let short = ["/etc/sysctl.d/x.conf": line(1) + long.dropFirst() + line(2)]
    #expect(winners(short) == Array(repeating: "/etc/sysctl.d/x.conf:3 2", count: 2))
  }

  @Test func `sysctl load: what becomes of each line is said`() throws {
    let configuration = SysctlConfiguration([
      "/etc/sysctl.d/10-a.conf": "net.ipv4.tcp_retrie* = 1\nnet.ipv4.tcp_retries2 = 2\n",
      "/etc/sysctl.d/20-b.conf": "-net.ipv4.tcp_retries2 = 3\n", "/etc/sysctl.conf": line(4),
      "/usr/lib/sysctl.d/20-b.conf": line(5),
    ])
    let load = configuration.load(by: .systemd)
    let winner = try #require(load.winner(for: Self.retries))
    let claims = load.claims(on: Self.retries)
    #expect(claims.map(\.entry.value) == ["1", "2", "3", "5", "4"])
    #expect(
      claims.map(\.fate) == [
        .yields(to: winner), .overridden(by: winner), .holds,
        .hidden(by: "/etc/sysctl.d/20-b.conf"), .unread,
      ])
    #expect(load.shadowed == claims.filter { $0.fate != .holds && $0.entry.key != nil })
    #expect(load.keys == [Self.retries])
    let excluded = SysctlConfiguration([
      "/etc/sysctl.d/x.conf": "net.ipv4.tcp_retrie* = 1\n-net.ipv4.tcp_retries2\n"
    ]).load(by: .systemd).claims(on: Self.retries)
    #expect(excluded.map(\.fate) == [.excluded(by: excluded[1].entry), .excludes])
  }

  @Test func `sysctl load: where loaders disagree`() {
    let configuration = SysctlConfiguration([
      "/etc/sysctl.conf": "net.ipv4.tcp_retries2 = 8\nnet.ipv4.tcp_rmem = 1\t2 3\n",
      "/etc/sysctl.d/x.conf": """
      net.ipv4.tcp_retries2 = 9
      net.ipv4.tcp_rmem = 1 2 3
      net.ipv4.tcp_retries1 = 4
      -net.ipv4.tcp_retries1
      net.ipv4.tcp_sa* = 1
      """,
    ])
    let found = configuration.disagreements().map {
      "\($0.key.shortName) \($0.first?.value ?? "-") \($0.second?.value ?? "-")"
    }
    #expect(found == ["tcp_retries1 - 4", "tcp_retries2 9 8"])
    let older = configuration.disagreements(
      between: .procps4, and: .procps3_3_17, among: [.tcpSack])
    #expect(older.map(\.key) == [.tcpSack])
  }

  @Test(arguments: [
    ("3.3.10", SysctlLoader.procps3), ("3.3.16", .procps3), ("3.3.17", .procps3_3_17),
    ("4.0.0", .procps4), ("4.0.4", .procps4), ("4.0.5", .procps4_0_5), ("4.1", .procps4_0_5),
    ("5.0.0", .procps4_0_5), ("x.1", nil), ("4", nil), ("", nil),
  ])
  func `sysctl load: a release of procps is known`(release: String, loader: SysctlLoader?) {
    #expect(SysctlLoader(procps: release) == loader)
  }
}
