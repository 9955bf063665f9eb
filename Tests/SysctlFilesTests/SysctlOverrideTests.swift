import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct SysctlOverrideTests {
  private static let dropIn = "60-tcpadvisor-server.conf"
  private static let retries: [SysctlKey: SysctlValue] = [.tcpSynRetries: 4]

  /// What overrides the drop-in: `file:line value`.
  private func overrides(_ texts: [String: String], planned: [SysctlKey: SysctlValue] = retries)
    -> [String]
  {
    overrides(ConfigurationTree(texts), planned: planned)
  }

  private func overrides(_ tree: ConfigurationTree, planned: [SysctlKey: SysctlValue] = retries)
    -> [String]
  {
    tree.settings.overrides(of: Self.dropIn, setting: planned).map {
      "\($0.place) \($0.value ?? "-")"
    }
  }

  private let line = "net.ipv4.tcp_syn_retries = 5\n"

  @Test func `sysctl override: later names override, earlier ones and the drop-in itself do not`() {
    #expect(overrides(["/etc/sysctl.d/50-early.conf": line]) == [])
    #expect(overrides(["/etc/sysctl.d/\(Self.dropIn)": line]) == [])
    #expect(overrides(["/usr/lib/sysctl.d/\(Self.dropIn)": line]) == [])
    #expect(
      overrides(["/etc/sysctl.conf": line, "/run/sysctl.d/99-z.conf": "\n" + line])
        == ["/run/sysctl.d/99-z.conf:2 5", "/etc/sysctl.conf:1 5"])
  }

  @Test(arguments: [
    ("net/ipv4/tcp_syn_retries = 5", ["1 5"]), ("  -net.ipv4.tcp_syn_retries = 5", ["1 5"]),
    // A glob never overrides what is named.
    ("net.ipv4.tcp_syn_* = 5", []), ("net/ipv4/tcp_syn_retrie? = 5", []),
    // What is equal to the plan overrides nothing, and takes back what did.
    ("net.ipv4.tcp_syn_retries = 4", []), ("net/ipv4/tcp_syn_retries=4 # four", []),
    ("net.ipv4.tcp_syn_retries = 0x4", []), ("net.ipv4.tcp_syn_retries = 010", ["1 010"]),
    ("net.ipv4.tcp_syn_retries = 5\nnet.ipv4.tcp_syn_retries = 3", ["1 5", "2 3"]),
    ("net.ipv4.tcp_syn_retries = 5\nnet.ipv4.tcp_syn_retries = 4", []),
    ("net.ipv4.tcp_syn_retries = 4\nnet.ipv4.tcp_syn_retries = 5", ["2 5"]),
    // systemd-sysctl takes the assignment back.
    ("-net.ipv4.tcp_syn_retries", ["1 -"]), ("-net.ipv4.tcp_syn_*", []),
  ])
  func `sysctl override: lines override or not`(text: String, expected: [String]) {
    #expect(
      overrides(["/etc/sysctl.d/70-x.conf": text])
        == expected.map { "/etc/sysctl.d/70-x.conf:\($0)" })
  }

  @Test func `sysctl override: what ufw sets as it starts overrides all files`() {
    let files = ["/etc/ufw/sysctl.conf": "net/ipv4/tcp_syn_retries=5\n"]
    #expect(overrides(files) == ["/etc/ufw/sysctl.conf:1 5"])
    #expect(
      overrides(files.merging(["/etc/sysctl.conf": line]) { $1 })
        == ["/etc/sysctl.conf:1 5", "/etc/ufw/sysctl.conf:1 5"])
    #expect(overrides(["/etc/ufw/sysctl.conf": "net/ipv4/tcp_syn_retries=4\n"]) == [])
    let own = ["/etc/ufw/sysctl.conf": "net/ipv4/tcp_syn_retries=4\n", "/etc/sysctl.conf": line]
    #expect(overrides(own) == [])
    let unreadable = BootSettings(
      acts: [OwnerAct(because: "", unread: ["/etc/ufw/sysctl.conf": "EACCES"])])
    #expect(unreadable.unreadableFiles(after: Self.dropIn) == ["/etc/ufw/sysctl.conf": "EACCES"])
  }

  @Test func `sysctl override: TuneD overrides what it does not apply again`() {
    let tuned = [
      "/etc/tuned/active_profile": "mine",
      "/etc/tuned/mine/tuned.conf": "[sysctl]\nnet.ipv4.tcp_syn_retries=2\n",
      "/etc/systemd/system/multi-user.target.wants/tuned.service": "",
    ]
    // The drop-in is applied again.
    #expect(overrides(tuned) == [])
    let alone = tuned.merging(["/etc/tuned/tuned-main.conf": "reapply_sysctl = 0\n"]) { $1 }
    #expect(overrides(alone) == ["/etc/tuned/mine/tuned.conf:2 2"])
    // And so is what systemd-sysctl does not read.
    #expect(
      overrides(tuned.merging(["/etc/sysctl.conf": line]) { $1 })
        == ["/etc/sysctl.conf:1 5"])
    let owner = ConfigurationTree(alone).settings.overrides(of: Self.dropIn, setting: Self.retries)
    #expect(owner.map(\.owner) == ["TuneD"])
  }

  @Test func `sysctl override: procps takes no assignment back`() {
    #expect(overrides(["/etc/sysctl.conf": "-net.ipv4.tcp_syn_retries\n"]) == [])
  }

  @Test func `sysctl override: a file that two names lead to counts once`() {
    var tree = ConfigurationTree(["/etc/sysctl.conf": line])
    tree.nodes["/etc/sysctl.d/99-sysctl.conf"] = .link("/etc/sysctl.conf")
    #expect(overrides(tree) == ["/etc/sysctl.conf:1 5"])
  }

  @Test func `sysctl override: only planned keys count, and blanks between numbers do not`() {
    let memory = SysctlKey("net.ipv4.tcp_rmem")
    let planned: [SysctlKey: SysctlValue] = [
      .tcpSynRetries: 4, memory: .numbers([4096, 131_072, 6_291_456]),
    ]
    let same = "net.ipv4.tcp_rmem = 4096\t131072  6291456\nnet.ipv4.tcp_sack = 0\n"
    #expect(overrides(["/etc/sysctl.conf": same], planned: planned) == [])
    #expect(overrides(["/etc/sysctl.conf": line + same], planned: [:]) == [])
    let other = line + "net.ipv4.tcp_rmem = 4096 131072\n"
    #expect(
      overrides(["/etc/sysctl.conf": other], planned: planned)
        == ["/etc/sysctl.conf:1 5", "/etc/sysctl.conf:2 4096 131072"])
  }

  @Test func `sysctl override: later files that cannot be read are named`() {
    let configuration = SysctlConfiguration(
      files: [
        .etc: [
          ConfigurationFile("/etc/sysctl.d/50-a.conf", .unreadable("EACCES")),
          ConfigurationFile("/etc/sysctl.d/70-b.conf", .unreadable("ENOENT")),
        ],
        .usrLib: [
          ConfigurationFile("/usr/lib/sysctl.d/80-c.conf", .unreadable("EISDIR")),
          ConfigurationFile("/usr/lib/sysctl.d/70-b.conf", .unreadable("EACCES")),
        ],
      ], mainFile: ConfigurationFile("/etc/sysctl.conf", .unreadable("ELOOP")))
    #expect(
      BootSettings(configuration).unreadableFiles(after: Self.dropIn) == [
        "/usr/lib/sysctl.d/80-c.conf": "EISDIR", "/etc/sysctl.conf": "ELOOP",
      ])
  }
}
