import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct BootSequenceTests {
  private static let tuned = [
    "/etc/tuned/active_profile": "mine",
    "/etc/tuned/mine/tuned.conf": "[sysctl]\nnet.ipv4.tcp_retries2=7\n",
    "/etc/systemd/system/multi-user.target.wants/tuned.service": "",
  ]

  /// What is written to a key at boot: `place value`, with the owner.
  private func writes(_ files: [String: String], _ basis: BootLoader.Basis = .systemdRuns)
    -> [String]
  {
    var settings = ConfigurationTree(files).settings
    settings.loader = BootLoader(basis)
    return BootSequence(of: settings).writes(to: .tcpRetries2).map {
      "\($0.owner.map { "\($0) " } ?? "")\($0.place) \($0.value ?? $0.rule ?? "?")"
    }
  }

  private func line(_ value: Int) -> String { "net.ipv4.tcp_retries2 = \(value)\n" }

  @Test func `boot: files, then the firewall, then TuneD and what it applies again`() {
    let files = [
      "/etc/sysctl.d/60-a.conf": line(8), "/etc/sysctl.conf": line(5),
      "/etc/ufw/sysctl.conf": line(6),
    ]
    #expect(
      writes(files) == ["/etc/sysctl.d/60-a.conf:1 8", "ufw /etc/ufw/sysctl.conf:1 6"])
    #expect(
      writes(files.merging(Self.tuned) { $1 }) == [
        "/etc/sysctl.d/60-a.conf:1 8", "ufw /etc/ufw/sysctl.conf:1 6",
        "TuneD /etc/tuned/mine/tuned.conf:2 7", "/etc/sysctl.d/60-a.conf:1 8",
        "TuneD /etc/sysctl.conf:1 5",
      ])
    #expect(
      writes(files, .procpsInstalled) == [
        "/etc/sysctl.d/60-a.conf:1 8", "/etc/sysctl.conf:1 5", "ufw /etc/ufw/sysctl.conf:1 6",
      ])
  }

  @Test func `boot: TuneD applies neither vendors' files nor globs nor lines with a hyphen`() {
    let profile = "TuneD /etc/tuned/mine/tuned.conf:2 7"
    for (path, text) in [
      ("/usr/lib/sysctl.d/60-a.conf", line(8)),
      ("/etc/sysctl.d/60-a.conf", "net.ipv4.tcp_retries? = 8\n"),
      ("/etc/sysctl.d/60-a.conf", "-net.ipv4.tcp_retries2 = 8\n"),
    ] {
      #expect(writes([path: text].merging(Self.tuned) { $1 }).last == profile)
    }
    let off = ["/etc/tuned/tuned-main.conf": "reapply_sysctl=0\n"]
    #expect(
      writes(Self.tuned.merging(off.merging(["/etc/sysctl.d/60-a.conf": line(8)]) { $1 }) { $1 })
        .last == profile)
  }

  @Test func `boot: run beats etc where TuneD applies files of one name again`() {
    let files = ["/run/sysctl.d/60-a.conf": line(1), "/etc/sysctl.d/60-a.conf": line(2)]
    #expect(
      writes(files.merging(Self.tuned) { $1 }) == [
        "/etc/sysctl.d/60-a.conf:1 2", "TuneD /etc/tuned/mine/tuned.conf:2 7",
        "TuneD /run/sysctl.d/60-a.conf:1 1",
      ])
  }

  @Test(arguments: [
    ([], BootLoader.Basis.none, SysctlLoader.systemd),
    (["/run/systemd/system/x"], .systemdRuns, .systemd),
    (["/lib/systemd/systemd-sysctl", "/usr/sbin/sysctl"], .systemdInstalled, .systemd),
    (["/sbin/sysctl"], .procpsInstalled, .procps4),
    (["/sbin/sysctl", "/usr/lib64/libprocps.so.8"], .procpsInstalled, .procps3_3_17),
    (["/sbin/sysctl", "/lib/x86_64-linux-gnu/libproc2.so.1"], .procpsInstalled, .procps4_0_5),
  ])
  func `boot: the loader is the one that runs or is there`(
    paths: [String], basis: BootLoader.Basis, loader: SysctlLoader
  ) {
    let tree = ConfigurationTree(Dictionary(uniqueKeysWithValues: paths.map { ($0, "") }))
    #expect(BootLoader(on: tree).basis == basis)
    #expect(BootLoader(on: tree).loader == loader)
    #expect(BootLoader(on: tree).isAssumed == (basis != .systemdRuns))
  }

  @Test func `boot: files are listed with who reads them and who hides them`() {
    let tree = ConfigurationTree([
      "/etc/sysctl.d/60-a.conf": "what\nvm.swappiness = 1\nx y = 1\n",
      "/usr/lib/sysctl.d/60-a.conf": line(2), "/etc/sysctl.conf": line(3),
    ])
    let files = BootSequence(of: tree.settings).files
    #expect(
      files.map(\.file.path) == [
        "/etc/sysctl.d/60-a.conf", "/etc/sysctl.conf", "/usr/lib/sysctl.d/60-a.conf",
      ])
    #expect(files.map(\.readBy) == [[.systemd, .procps4], [.procps4], []])
    #expect(files.map(\.hiddenBy) == [nil, nil, "/etc/sysctl.d/60-a.conf"])
    #expect(files[0].faults.map(\.line) == [1, 3])
    #expect(files[0].faults.map(\.fault) == [.noAssignment, .blankInName])
  }

  @Test func `boot: a glob means the keys that are there`() {
    let there = [
      "": ["net", "vm"], "net": ["ipv4"], "net/ipv4": ["conf", "tcp_sack"],
      "net/ipv4/conf": [".hidden", "all", "eth0.7", "lo"],
    ]
    let pattern = SysctlPattern(parsing: "net.ipv4.conf.*.rp_filter")
    #expect(
      pattern.glob?.keys { there[$0] ?? [] }.map(\.path) == [
        "net/ipv4/conf/all/rp_filter", "net/ipv4/conf/eth0.7/rp_filter",
        "net/ipv4/conf/lo/rp_filter",
      ])
    #expect(SysctlPattern(parsing: "net.ipv?.tcp_*").glob?.keys { there[$0] ?? [] }.count == 1)
    #expect(SysctlPattern(parsing: "*.nothing.x").glob?.keys { _ in [] } == [])
  }

  @Test(arguments: ["EACCES", "EFBIG", "EIO", "EISDIR", "ELOOP"])
  func `boot: what the loader may read all the same makes the rest uncertain`(errno: String) {
    let configuration = SysctlConfiguration(
      files: [.etc: [ConfigurationFile("/etc/sysctl.d/60-a.conf", .unreadable(errno))]])
    let settings = BootSettings(configuration)
    #expect(settings.unread == ["/etc/sysctl.d/60-a.conf": errno])
    #expect(settings.unknown.isEmpty == ["EISDIR", "ELOOP"].contains(errno))
  }
}
