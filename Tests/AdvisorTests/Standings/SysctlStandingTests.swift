import Advisor
import SysctlFiles
import SysctlTrees
import TCPModel
import Testing

struct SysctlStandingTests {
  private static let key = SysctlKey.tcpRetries2
  private static let dropIn = "/etc/sysctl.d/60-a.conf"
  private static let tuned = [
    "/etc/tuned/active_profile": "mine",
    "/etc/tuned/mine/tuned.conf": "[sysctl]\nnet.ipv4.tcp_retries2=7\n",
    "/etc/tuned/tuned-main.conf": "reapply_sysctl=0\n",
    "/etc/systemd/system/multi-user.target.wants/tuned.service": "",
  ]

  private func standing(
    _ files: [String: String], live: String?, of key: SysctlKey = key,
    kernel: KernelVersion = KernelVersion(6, 18), _ basis: BootLoader.Basis = .systemdRuns,
    isFirstNamespace: Bool = true
  ) -> SysctlStanding {
    var settings = ConfigurationTree(files).settings
    settings.loader = BootLoader(basis)
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: TickRate(hertz: 250))
    if !isFirstNamespace { snapshot[LiveSettings.keyOfFirstNamespace] = .absent }
    if let live { snapshot[key] = SysctlReading(parsing: live, for: SysctlCatalog[key]) }
    if live == "absent" { snapshot[key] = .absent }
    return SysctlStanding(
      BootSequence(of: settings).provenance(of: key),
      on: LiveSettings(snapshot, isRead: live != nil))
  }

  private func line(_ value: some CustomStringConvertible) -> String {
    "net.ipv4.tcp_retries2 = \(value)\n"
  }

  private func expect(
    _ standing: SysctlStanding, _ verdict: SysctlStanding.Verdict, _ next: String?,
    _ remedies: [StandingRemedy], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(standing.verdict == verdict, sourceLocation: sourceLocation)
    #expect(standing.nextBoot?.value == next, sourceLocation: sourceLocation)
    #expect(standing.remedies == remedies, sourceLocation: sourceLocation)
  }

  @Test func `standing: nothing sets it`() {
    expect(standing([:], live: "15"), .unset, nil, [])
    // Set by hand.
    expect(
      standing([:], live: "8"), .lostAtBoot, nil,
      [.add(Self.key, value: "8", file: "/etc/sysctl.d/60-local.conf")])
    // The kernel computes the default: nobody can tell.
    expect(standing([:], live: "1 2 3", of: SysctlKey("net.ipv4.tcp_mem")), .unset, nil, [])
  }

  @Test func `standing: a file sets it`() throws {
    let files = [Self.dropIn: line(8)]
    expect(standing(files, live: "8"), .inForce, "8", [])
    let late = standing(files, live: "15")
    expect(
      late, .notLive, "8",
      [
        .apply(Self.key, value: "8"),
        .change(try #require(late.nextBoot), Self.key, to: "15"),
      ])
    // What is written is compared as the kernel reads it.
    expect(standing([Self.dropIn: line("0x8 # why")], live: "8"), .inForce, "0x8 # why", [])
    #expect(
      standing([Self.dropIn: line("010")], live: "15").remedies.first
        == .apply(Self.key, value: "8"))
    expect(standing(files, live: nil), .configured, "8", [])
  }

  @Test func `standing: nothing is applied by a loader that is masked`() {
    let mask = "/etc/systemd/system/systemd-sysctl.service"
    let files = [Self.dropIn: line(8), mask: ""]
    func masked(_ live: String) -> SysctlStanding {
      var settings = ConfigurationTree(files).settings
      settings.loader = BootLoader(.systemdRuns, unit: .masked(by: mask))
      var snapshot = SettingsSnapshot.defaults(of: KernelVersion(6, 18))
      snapshot[Self.key] = SysctlReading(parsing: live, for: SysctlCatalog[Self.key])
      return SysctlStanding(
        BootSequence(of: settings).provenance(of: Self.key), on: LiveSettings(snapshot))
    }
    expect(masked("8"), .lostAtBoot, nil, [.unmask(mask)])
    expect(masked("15"), .loadersDisagree, nil, [.unmask(mask)])
    // The line says another value than the one that is to be kept.
    expect(
      masked("5"), .lostAtBoot, nil,
      [.unmask(mask), .add(Self.key, value: "5", file: "/etc/sysctl.d/60-local.conf")])
  }

  /// What TuneD writes over less or more alone, by what the key holds as it comes to it.
  @Test(arguments: [
    (">20", nil, "20"), (">15", nil, nil), (">10", nil, nil), ("<10", nil, "10"),
    ("<15", nil, nil), (">7", "8\n", "8"), (">9", "8\n", "9"), ("<9", "8\n", "8"),
    // What the kernel refuses is not held.
    (">9", "999\n", nil), (">20", "999\n", "20"),
  ])
  func `standing: TuneD raises and lowers, and leaves alone`(
    rule: String, line: String?, next: String?
  ) {
    var files = Self.tuned
    files["/etc/tuned/mine/tuned.conf"] = "[sysctl]\nnet.ipv4.tcp_retries2=\(rule)\n"
    files[Self.dropIn] = line.map { "net.ipv4.tcp_retries2 = \($0)" }
    let standing = standing(files, live: next ?? "15")
    #expect(standing.nextBoot?.value == next, "\(standing.writes)")
    let booted = SettingsSnapshot(
      atBoot: BootSequence(of: ConfigurationTree(files).settings), source: "",
      of: KernelVersion(6, 18))
    #expect(booted[Self.key].printed == next ?? "15")
  }

  @Test func `standing: what TuneD computes from the machine stays unknown`() {
    let key = SysctlKey("net.ipv4.tcp_mem")
    var files = Self.tuned
    files["/etc/tuned/mine/tuned.conf"] = "[sysctl]\n\(key)=>5\n"
    #expect(standing(files, live: "1 2 3", of: key).nextBoot?.value == nil)
    #expect(standing(files, live: "1 2 3", of: key).nextBoot?.rule == ">5")
  }

  @Test func `standing: milliseconds are read back in whole ticks`() {
    let key = SysctlKey("net.ipv4.neigh.default.retrans_time_ms")
    let files = [Self.dropIn: "\(key) = 250\n"]
    #expect(standing(files, live: "252", of: key).verdict == .inForce)
    #expect(standing(files, live: "256", of: key).verdict == .notLive)
  }

  @Test func `standing: fewer numbers than the key has leave the others alone`() {
    let key = SysctlKey("net.ipv4.tcp_rmem")
    let files = [Self.dropIn: "\(key) = 4096 131072\n"]
    #expect(standing(files, live: "4096 131072 6291456", of: key).verdict == .inForce)
    #expect(standing(files, live: "4096 131073 6291456", of: key).verdict == .notLive)
  }

  @Test func `standing: the loaders disagree`() throws {
    let files = ["/etc/sysctl.conf": line(5), Self.dropIn: line(8)]
    let agreed = standing(files, live: "8")
    expect(
      agreed, .loadersDisagree, "8",
      [.reconcile(agreed.provenance.entry, agreed.provenance.otherEntry)])
    #expect(standing(files, live: nil).verdict == .loadersDisagree)
    // Somebody has run `sysctl --system`.
    #expect(standing(files, live: "5").verdict == .lostAtBoot)
    #expect(standing(files, live: "9").verdict == .notLive)
    #expect(standing(files, live: "5", .procpsInstalled).verdict == .loadersDisagree)
    // The same value in other words is no quarrel.
    let same = ["/etc/sysctl.conf": line("0x8"), Self.dropIn: line(8)]
    #expect(standing(same, live: "8").verdict == .inForce)
  }

  @Test func `standing: systemd does not read sysctl conf`() throws {
    let files = ["/etc/sysctl.conf": line(5)]
    let lost = standing(files, live: "5")
    let entry = try #require(lost.provenance.otherEntry)
    expect(lost, .lostAtBoot, nil, [.move(entry, to: "/etc/sysctl.d/60-local.conf")])
    #expect(standing(files, live: "15").verdict == .loadersDisagree)
    #expect(standing(["/etc/sysctl.conf": line(15)], live: "15").verdict == .unset)
    #expect(standing(files, live: "5", .procpsInstalled).verdict == .loadersDisagree)
  }

  @Test func `standing: a live value is kept in a file that comes after the one that sets it`() {
    let vendor = ["/usr/lib/sysctl.d/99-x.conf": line(8), "/etc/sysctl.conf": line(5)]
    #expect(
      standing(vendor, live: "5").remedies.first
        == .add(Self.key, value: "5", file: "/etc/sysctl.d/zz-local.conf"))
  }

  @Test func `standing: another owner sets something else`() throws {
    let files = Self.tuned.merging([Self.dropIn: line(8)]) { $1 }
    let overridden = standing(files, live: "7")
    let (act, setting) = try #require(overridden.provenance.owned.first)
    #expect(act.owner == "TuneD")
    expect(overridden, .overridden, "7", [.tell(act, setting)])
    #expect(standing(files, live: "8").verdict == .overridden)
    #expect(standing(files, live: "9").verdict == .notLive)
    #expect(standing(Self.tuned, live: "7").verdict == .inForce)
    #expect(standing(Self.tuned, live: "15").verdict == .notLive)
    let chosen = Self.tuned.merging([
      "/etc/tuned/mine/tuned.conf": "[sysctl]\nnet.ipv4.tcp_retries2=${f:exec:nproc}\n"
    ]) { $1 }
    #expect(standing(chosen, live: "15").verdict == .configured)
    #expect(
      standing(chosen.merging([Self.dropIn: line(8)]) { $1 }, live: "15").verdict == .overridden)
  }

  @Test func `standing: the kernel refuses what a file says`() throws {
    let refused = standing([Self.dropIn: line(300)], live: "15")
    expect(refused, .refused, nil, [.remove(try #require(refused.provenance.entry))])
    // procps has written the earlier one by then.
    let both = [Self.dropIn: line(8) + line("x")]
    expect(
      standing(both, live: "8", .procpsInstalled), .loadersDisagree, "8",
      standing(both, live: "8", .procpsInstalled).remedies)
    // Old kernels check nothing.
    #expect(
      standing([Self.dropIn: line(300)], live: "15", kernel: KernelVersion(5, 4)).verdict
        == .notLive)
  }

  @Test(arguments: [
    ("net.ipv4.tcp_tw_recycle", nil), ("net.ipv4.tcp_retires2", nil),
    ("net.netfilter.nf_conntrack_max", "nf_conntrack"),
    ("net.bridge.bridge-nf-call-iptables", "br_netfilter"),
  ])
  func `standing: the kernel has no such key`(name: String, module: String?) throws {
    let key = SysctlKey(name)
    let absent = standing([Self.dropIn: "\(key) = 1\n"], live: "absent", of: key)
    let entry = try #require(absent.provenance.entry)
    expect(absent, .absent, "1", [module.map { .loadModule($0) } ?? .remove(entry)])
    #expect(standing([:], live: "absent", of: key).verdict == .unset)
  }

  @Test func `standing: a module that comes late is told`() {
    let key = SysctlKey("net.netfilter.nf_conntrack_max")
    var files = [Self.dropIn: "\(key) = 1000\n"]
    #expect(standing(files, live: "5", of: key).remedies.last == .loadModule("nf_conntrack"))
    files["/etc/modules-load.d/x.conf"] = "nf_conntrack\n"
    #expect(standing(files, live: "5", of: key).remedies.count == 2)
  }

  @Test func `standing: an owner that does not start at boot gives the live value`() {
    var files = Self.tuned
    files["/etc/systemd/system/multi-user.target.wants/tuned.service"] = nil
    #expect(standing(files, live: "7").verdict == .lostAtBoot)
    #expect(standing(files, live: "7").liveOwner?.act.owner == "TuneD")
    #expect(standing(files, live: "15").verdict == .unset)
  }

  @Test func `standing: what is set on the host is not in force in another namespace`() {
    let files = [Self.dropIn: line(8)]
    let other = standing(files, live: "15", isFirstNamespace: false)
    expect(other, .notInNamespace, "8", [.apply(Self.key, value: "8"), .setWhereMade])
    #expect(standing(files, live: "8", isFirstNamespace: false).verdict == .inForce)
    // Whoever made the namespace has set it.
    #expect(standing([:], live: "8", isFirstNamespace: false).verdict == .unset)
    let backlog = [Self.dropIn: "\(LiveSettings.keyOfFirstNamespace) = 2000\n"]
    expect(
      standing(backlog, live: "absent", of: LiveSettings.keyOfFirstNamespace), .unreadable, "2000",
      [])
    // Before 4.15 the key was one for the machine.
    let old = standing(
      files, live: "15", kernel: KernelVersion(4, 4), isFirstNamespace: false)
    #expect(old.verdict == .notLive)
  }

  @Test func `standing: what is not known of a key but that it holds numbers is used`() {
    let key = SysctlKey("net.ipv4.conf.lo.tag")
    let files = [Self.dropIn: "\(key) = 5\n\(key) = x\n"]
    #expect(standing(files, live: "5", of: key, .procpsInstalled).nextBoot?.value == "5")
    #expect(standing([Self.dropIn: "\(key) = 5\n"], live: "5", of: key).verdict == .inForce)
    #expect(standing([Self.dropIn: "\(key) = 5\n"], live: "0", of: key).verdict == .notLive)
  }

  @Test func `standing: on random trees the next boot is one of the writes, and remedies follow`() {
    for seed in 0..<200 {
      let tree = RandomTree.make(seed: seed)
      for path in RandomTree.keys {
        let key = SysctlKey(path: path)
        let standing = standing(
          tree.nodes.compactMapValues { if case .text(let text) = $0 { text } else { nil } },
          live: "7", of: key)
        if let next = standing.nextBoot {
          #expect(standing.provenance.writes.contains(next))
        }
        #expect(standing.verdict != .inForce || standing.remedies.isEmpty)
        #expect(standing.verdict != .notLive || !standing.remedies.isEmpty)
        let again = Self.afterApplying(standing)
        #expect(
          again.map { [.inForce, .loadersDisagree, .overridden, .refused].contains($0) } ?? true)
      }
    }
  }

  /// The verdict once the first remedy of a key that is not live was carried out.
  private static func afterApplying(_ standing: SysctlStanding) -> SysctlStanding.Verdict? {
    guard standing.verdict == .notLive, case .apply(let key, let value)? = standing.remedies.first
    else { return nil }
    var snapshot = standing.live.snapshot
    snapshot[key] = SysctlReading(parsing: value, for: SysctlCatalog[key])
    return SysctlStanding(standing.provenance, on: LiveSettings(snapshot)).verdict
  }
}
