import TCPModel
import Testing

/// What the catalogues say, release by release.
struct CatalogueReleaseTests {
  private func row(_ name: String) throws -> Sysctl {
    try #require(SysctlCatalog.sysctls(named: name).first)
  }

  /// A sysctl, a release, and whose setting it is there.
  @Test(arguments: [
    ("tcp_keepalive_time", "4.4", Sysctl.Scope.host), ("tcp_keepalive_time", "4.5", .namespace),
    ("tcp_retries2", "4.5", .host), ("tcp_retries2", "4.6", .namespace),
    ("tcp_fin_timeout", "4.5", .host), ("tcp_syncookies", "4.6", .namespace),
    ("tcp_tw_reuse", "4.10", .host), ("tcp_tw_reuse", "4.11", .namespace),
    ("tcp_max_syn_backlog", "4.10", .host), ("tcp_max_tw_buckets", "4.11", .namespace),
    ("tcp_sack", "4.12", .host), ("tcp_timestamps", "4.13", .namespace),
    ("tcp_fastopen", "4.14", .host), ("tcp_fastopen", "4.15", .namespace),
    ("tcp_rmem", "4.14", .host), ("tcp_rmem", "4.15", .copied),
    ("tcp_congestion_control", "4.14", .host), ("tcp_congestion_control", "4.15", .copied),
    ("tcp_mtu_probing", "3.19", .host), ("tcp_mtu_probing", "4.0", .namespace),
    ("ip_local_port_range", "3.12", .host), ("ip_local_port_range", "3.13", .namespace),
    ("ip_local_reserved_ports", "3.15", .host), ("ip_local_reserved_ports", "3.16", .namespace),
    ("somaxconn", "3.10", .namespace), ("tcp_syn_linear_timeouts", "6.5", .namespace),
    ("nf_conntrack_tcp_timeout_established", "3.10", .namespace),
    ("nf_conntrack_max", "6.18", .host), ("tcp_max_orphans", "6.18", .host),
    ("mcast_solicit", "6.18", .copied), ("gc_thresh1", "6.18", .host),
  ])
  func `sysctl: whose setting it is`(name: String, release: String, scope: Sysctl.Scope) throws {
    #expect(try row(name).scope(in: KernelVersion(release)) == scope)
  }

  @Test func `sysctl: without a release its scope is known where it never changed`() throws {
    #expect(try row("somaxconn").scope(in: nil) == .namespace)
    #expect(try row("tcp_mem").scope(in: nil) == .host)
    #expect(try row("tcp_tw_reuse").scope(in: nil) == nil)
  }

  @Test(arguments: SysctlCatalog.all.map(\.key))
  func `sysctl: it is not one per namespace before it exists`(key: SysctlKey) throws {
    let sysctl = try #require(SysctlCatalog[key])
    guard let namespaced = sysctl.namespacedSince else { return }
    #expect(sysctl.isPerNamespace)
    #expect(namespaced > sysctl.since ?? KernelVersion(3, 10))
  }

  @Test(arguments: [
    ("somaxconn", Sysctl.TakesEffect.atListen), ("tcp_keepalive_time", .atKeepaliveTimer),
    ("tcp_keepalive_intvl", .atKeepaliveTimer), ("tcp_keepalive_probes", .atKeepaliveTimer),
    ("tcp_syn_retries", .atRetransmission), ("tcp_syn_linear_timeouts", .atRetransmission),
    ("tcp_synack_retries", .atRetransmission), ("tcp_retries2", .atRetransmission),
    ("tcp_orphan_retries", .atRetransmission), ("tcp_rto_max_ms", .onNewSockets),
    ("tcp_rto_min_us", .onNewSockets), ("tcp_congestion_control", .onNewSockets),
    ("tcp_fin_timeout", .inFinWait2), ("tcp_timestamps", .onNewConnections),
    ("tcp_rmem", .partlyOnNewSockets), ("rmem_max", .atSetsockopt),
    ("default_qdisc", .onNewDevices), ("tcp_tw_reuse", .atOnce), ("tcp_syncookies", .atOnce),
    ("ip_local_port_range", .atOnce), ("retrans_time_ms", .atNeighbourTimer),
    ("base_reachable_time_ms", .withinFiveMinutes),
    ("nf_conntrack_tcp_timeout_established", .atPacket),
  ])
  func `sysctl: when it takes effect`(name: String, moment: Sysctl.TakesEffect) throws {
    #expect(try row(name).takesEffect == moment)
  }

  @Test func `sysctl: the default of a release`() throws {
    let ports = try row("ip_local_port_range")
    #expect(ports.defaultValue(in: KernelVersion(4, 1)) == "32768 61000")
    #expect(ports.defaultValue(in: KernelVersion(4, 2)) == "32768 60999")
  }

  /// Release and default of tcp_fastopen_blackhole_timeout_sec: backported to the series 5.10.
  @Test(arguments: [
    ("4.19.300", "3600"), ("5.10", "3600"), ("5.10.100", "3600"), ("5.10.0-32-amd64", "3600"),
    ("5.10.223", "0"), ("5.10.230-1", "0"), ("5.11.300", "3600"), ("5.14", "0"),
  ])
  func `sysctl: a default that a stable series took over`(release: String, value: String) throws {
    let kernel = try #require(KernelVersion(release))
    #expect(
      try row("tcp_fastopen_blackhole_timeout_sec").defaultValue(in: kernel) == value)
  }

  @Test(arguments: [("5.10.100", false), ("5.10.223", true), ("5.11", false), ("5.14", true)])
  func `sysctl: a key that a stable series took over`(release: String, exists: Bool) throws {
    let kernel = try #require(KernelVersion(release))
    #expect(try row("tcp_migrate_req").exists(in: kernel) == exists)
  }

  @Test(arguments: [
    ("4096 4096 4096", nil), ("4096 131072 33554432", nil),
    ("4095 131072 6291456", "the kernel accepts 4096 to 2147483647"),
    ("4096 131072 0", "the kernel accepts 4096 to 2147483647"),
    ("4096 131072", "3 whole numbers are needed"),
  ])
  func `sysctl: each of several numbers has the range`(value: String, objection: String?) throws {
    #expect(try row("tcp_rmem").objection(to: value) == objection)
    #expect(try row("tcp_wmem").objection(to: "1 1 1") == nil)
  }

  @Test(arguments: [
    ("tcp_retries2", KernelVersion(5, 15)), ("tcp_retries1", nil), ("tcp_syn_retries", nil),
    ("tcp_keepalive_time", nil), ("tcp_mem", nil), ("tcp_rmem", KernelVersion(7, 2)),
  ])
  func `sysctl: the release from which its range is known`(name: String, release: KernelVersion?)
    throws
  {
    #expect(try row(name).rangeCheckedSince == release)
  }

  @Test func `sysctl: milliseconds that the kernel keeps in ticks are read back in ticks`() {
    let inTicks = SysctlCatalog.all.filter { $0.readBack == .inTicks }.map(\.key.shortName)
    #expect(
      Set(inTicks) == ["retrans_time_ms", "base_reachable_time_ms", "txq_reselection_ms"])
  }

  @Test(arguments: [
    ("TCP_RTO_MAX_MS", KernelVersion(6, 14), false), ("TCP_RTO_MAX_MS", KernelVersion(6, 15), true),
    ("TCP_SYNCNT", KernelVersion(3, 10), true),
    ("TCP_FASTOPEN_CONNECT", KernelVersion(4, 9), false),
    ("IP_LOCAL_PORT_RANGE", KernelVersion(6, 3), true),
  ])
  func `option: whether a kernel has it`(name: String, release: KernelVersion, exists: Bool) throws
  {
    let option = try #require(SocketOptionInfo(named: name))
    #expect(option.exists(in: release) == exists)
    let snapshot = SettingsSnapshot(
      source: "", kernel: release, tickRate: nil, readings: [:])
    #expect(snapshot.mayHave(option) == exists)
  }

  @Test func `option: a kernel that is not known may have it`() {
    let snapshot = SettingsSnapshot(source: "", kernel: nil, tickRate: nil, readings: [:])
    #expect(snapshot.mayHave(SocketOption.rtoMax.info))
  }
}
