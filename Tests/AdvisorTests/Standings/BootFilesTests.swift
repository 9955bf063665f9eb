import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

@testable import Advisor

/// What `check` says of the files that a host boots with.
struct BootFilesTests {
  private static let kernel = KernelVersion(6, 18)
  private static let dropIn = "/etc/sysctl.d/60-a.conf"

  /// - Parameter live: what keys hold; the others have their defaults. Nil: nothing was read.
  private func findings(
    _ files: [String: String], live: [String: String]? = [:], for profile: Profile = .server,
    ignoring ignores: [LintIgnore] = [], basis: BootLoader.Basis = .systemdRuns
  ) throws -> (today: [Finding], files: [Finding]) {
    var settings = ConfigurationTree(files).settings
    settings.loader = BootLoader(basis)
    let sequence = BootSequence(of: settings)
    var snapshot = SettingsSnapshot.defaults(of: Self.kernel, tickRate: TickRate(hertz: 250))
    if live == nil {
      snapshot = SettingsSnapshot(atBoot: sequence, source: "image", of: Self.kernel)
    }
    for (name, value) in live ?? [:] {
      let key = SysctlKey(name)
      snapshot[key] = SysctlReading(parsing: value, for: SysctlCatalog[key])
    }
    let values = LiveSettings(snapshot, isRead: live != nil)
    let keys = Set(sequence.keys + values.changedKeys)
    let boot = BootFiles(
      sequence, keys.map { SysctlStanding(sequence.provenance(of: $0), on: values) }, on: values,
      judgedBy: Linter(for: [Self.kernel], ignoring: ignores),
      areKnownToBoot: !settings.loader.isAssumed)
    let today = [profile].findings(on: try Host(snapshot))
    return (today, boot.findings(beside: today, for: [profile]))
  }

  private func rows(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.id) \($0.severity.rawValue) \($0.location)" }
  }

  @Test func `boot files: what is right is not spoken of`() throws {
    let files = [Self.dropIn: "net.core.somaxconn = 8192\n"]
    #expect(try rows(findings(files, live: ["net.core.somaxconn": "8192"]).files).isEmpty)
    #expect(try rows(findings([:]).files).isEmpty)
    #expect(try rows(findings(files, live: nil).files).isEmpty)
  }

  @Test func `boot files: a mistake in a file has its place and its weight`() throws {
    let text = "net.ipv4.tcp_tw_recycle = 1\n# why\nnet.ipv4.tcp_rfc1337 = 1\nvm.swappiness 1\n"
    let found = try findings([Self.dropIn: text], live: ["net.ipv4.tcp_rfc1337": "1"])
    #expect(
      rows(found.files) == [
        "files.TA023.net.ipv4.tcp_tw_recycle error \(Self.dropIn):1:1",
        "files.TA063.net.ipv4.tcp_rfc1337 notice \(Self.dropIn):3:1",
        "files.TA001.\(Self.dropIn) error \(Self.dropIn):4:1",
      ])
    #expect((found.today + found.files).exitCode == 1)
  }

  @Test func `boot files: silences of files and profiles count`() throws {
    let silent = "# tcpadvisor: ignore=TA023 an old kernel reads it\nnet.ipv4.tcp_tw_recycle = 1\n"
    #expect(try rows(findings([Self.dropIn: silent]).files).isEmpty)
    let ignore = LintIgnore("TA023", because: "an old kernel reads it")
    let loud = [Self.dropIn: "net.ipv4.tcp_tw_recycle = 1\n"]
    #expect(try rows(findings(loud, ignoring: [ignore]).files).isEmpty)
    #expect(try rows(findings(loud).files).count == 1)
  }

  @Test func `boot files: files that the boot does not read are not judged`() throws {
    let files = [
      "/etc/sysctl.d/60-b.conf": "net.core.somaxconn = 4096\n",
      "/usr/lib/sysctl.d/60-b.conf": "net.ipv4.tcp_tw_recycle = 1\n",
      "/etc/sysctl.conf": "net.ipv4.tcp_tw_recycle = 1\n",
    ]
    let rules = try findings(files).files.filter {
      if case .rule = $0.subject { true } else { false }
    }
    #expect(rows(rules).allSatisfy { !$0.contains("TA023") })
  }

  @Test func `boot files: what the next boot loses is an error where a requirement goes with it`()
    throws
  {
    let met = try findings([:], live: ["net.ipv4.tcp_keepalive_time": "180"])
    #expect(!met.today.contains { $0.isMissed })
    #expect(
      rows(met.files) == [
        "files.drift.net.ipv4.tcp_keepalive_time error"
          + " /proc/sys/net/ipv4/tcp_keepalive_time:1:1"
      ])
    guard case .drift(let drift)? = met.files.first?.subject else {
      Issue.record("no drift")
      return
    }
    #expect(drift.missedAfterBoot == ["server.idle.within"])
    #expect((met.today + met.files).exitCode == 1)
    // 200 is another value, and meets the profile as well.
    let other = [Self.dropIn: "net.ipv4.tcp_keepalive_time = 200\n"]
    let still = try findings(other, live: ["net.ipv4.tcp_keepalive_time": "180"])
    let own = still.files.filter { if case .drift = $0.subject { true } else { false } }
    #expect(own.map(\.severity) == [.warning])
    #expect(own.map(\.location.description) == ["\(Self.dropIn):1:1"])
    #expect((still.today + still.files).exitCode == 0)
  }

  /// What the boot gives is not to be applied where that would be a miss.
  @Test func `boot files: the remedy keeps what meets the profile`() throws {
    let files = [Self.dropIn: "net.ipv4.tcp_keepalive_time = 7200\n"]
    let found = try findings(files, live: ["net.ipv4.tcp_keepalive_time": "180"]).files
    let remedies = found.compactMap { finding in
      if case .drift(let drift) = finding.subject { drift.remedies.first } else { nil }
    }
    guard case .change(_, _, to: "180")? = remedies.first else {
      Issue.record("\(remedies)")
      return
    }
  }

  @Test
  func
    `boot files: drift that decides nothing of the profile is a notice, unless a file is not live`()
    throws
  {
    let live = ["net.ipv4.tcp_fin_timeout": "30", "net.core.somaxconn": "4096"]
    let found = try findings([Self.dropIn: "net.core.somaxconn = 8192\n"], live: live).files
    #expect(
      found.map(\.id) == ["files.drift.net.core.somaxconn", "files.drift.net.ipv4.tcp_fin_timeout"])
    #expect(found.map(\.severity) == [.warning, .notice])
    #expect(found.exitCode == 0)
  }

  @Test func `boot files: what a missed requirement says already is not said twice`() throws {
    // The plan for the miss names tcp_keepalive_time.
    let files = [Self.dropIn: "net.ipv4.tcp_keepalive_time = 180\n"]
    let profile = Profile(
      name: "p", summary: "", groups: [],
      sysctls: [
        SysctlRequirement(
          SysctlKey("net.ipv4.tcp_keepalive_time"), .value(.number(180)), why: nil, source: nil,
          location: .sample)
      ], file: "p.yaml")
    let found = try findings(files, for: profile)
    #expect(found.today.map { $0.isMissed } == [true])
    #expect(rows(found.files).isEmpty)
  }

  @Test func `boot files: in a container all of it is a notice`() throws {
    let files = [Self.dropIn: "net.ipv4.tcp_tw_recycle = 1\nnet.core.somaxconn = 8192\n"]
    let live = ["net.ipv4.tcp_keepalive_time": "180"]
    let found = try findings(files, live: live, basis: .systemdInstalled)
    #expect(found.files.count == 3)
    #expect(found.files.allSatisfy { $0.severity == .notice })
    #expect((found.today + found.files).exitCode == 0)
  }
}

/// Settings as files give them at boot.
struct BootSnapshotTests {
  private func snapshot(_ files: [String: String], _ kernel: KernelVersion = KernelVersion(6, 18))
    -> SettingsSnapshot
  {
    SettingsSnapshot(
      atBoot: BootSequence(of: ConfigurationTree(files).settings), source: "image", of: kernel,
      and: [SysctlKey("vm.swappiness"), SysctlKey("vm.dirty_ratio")])
  }

  @Test func `boot snapshot: what files give, and assumed defaults for the rest`() {
    let boot = snapshot([
      "/etc/sysctl.d/60-a.conf":
        "net.ipv4.tcp_retries2 = 8\nvm.swappiness = 1\nnet.ipv4.tcp_fin_timeout = x\n"
        + "net.ipv4.tcp_syn_retries = 300\nnet.ipv4.ip_local_port_range = 1024\nnet.ipv4.tcp_rmem = 4096\n",
      "/etc/sysctl.d/70-a.conf": "net.ipv4.tcp_synack_retries = 3\n",
      "/etc/sysctl.conf": "net.ipv4.tcp_synack_retries = 4\n",
    ])
    #expect(boot[.tcpRetries2].printed == "8")
    #expect(boot[SysctlKey("net.ipv4.tcp_synack_retries")].printed == "3")
    #expect(boot[SysctlKey("vm.swappiness")].printed == "1")
    #expect(boot[SysctlKey("vm.dirty_ratio")] == .absent)
    // Refused, or a part: the kernel keeps what it has.
    #expect(boot[SysctlKey("net.ipv4.tcp_fin_timeout")].printed == "60")
    #expect(boot[.tcpSynRetries].printed == "6")
    #expect(boot[.ipLocalPortRange].printed == "1024 60999")
    // The kernel computes the rest of these.
    #expect(boot[SysctlKey("net.ipv4.tcp_rmem")] == .absent)
    #expect(boot.assumed.contains(.tcpSynRetries))
    #expect(!boot.assumed.contains(.tcpRetries2))
  }

  @Test func `boot snapshot: a kernel does not have what came later`() {
    let files = ["/etc/sysctl.d/60-a.conf": "net.ipv4.tcp_syn_linear_timeouts = 2\n"]
    let key = SysctlKey("net.ipv4.tcp_syn_linear_timeouts")
    #expect(snapshot(files, KernelVersion(5, 15))[key] == .absent)
    #expect(snapshot(files)[key].printed == "2")
  }

  @Test func `boot snapshot: what an owner chooses is not known`() {
    let boot = snapshot([
      "/etc/systemd/system/multi-user.target.wants/bpftune.service": "",
      "/etc/sysctl.d/60-a.conf": "net.core.rmem_max = 1000000\n",
    ])
    guard case .denied(let why) = boot[SysctlKey("net.core.rmem_max")] else {
      Issue.record("\(boot[SysctlKey("net.core.rmem_max")])")
      return
    }
    #expect(why.hasPrefix("bpftune chooses it"))
  }
}
