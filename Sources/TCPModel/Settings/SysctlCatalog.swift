/// Every sysctl the tool knows: unit, compiled default, range, scope and first release.
///
/// Source: net/ipv4/sysctl_net_ipv4.c, `tcp_sk_init` in net/ipv4/tcp_ipv4.c and
/// net/core/neighbour.c, Linux 6.18; ranges checked by writing to that kernel.
package enum SysctlCatalog {
  package static let all: [Sysctl] = tcp + ports + core + neighbour + conntrack + mptcp

  package static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  package static subscript(key: SysctlKey) -> Sysctl? { byKey[key] }

  private static let order = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.key, $0) })

  /// The order in which keys are shown: what belongs together stands together.
  package static func areInOrder(_ left: SysctlKey, _ right: SysctlKey) -> Bool {
    (order[left] ?? .max, left) < (order[right] ?? .max, right)
  }

  /// The kernel keeps jiffies in 32 bits: INT_MAX / CONFIG_HZ seconds, most of them at 100 ticks.
  private static let seconds = -21_474_836...21_474_836
  private static let byte = 0...255

  private static let tcp: [Sysctl] = [
    Sysctl("net.ipv4.tcp_syn_retries", .count, "6", 1...127),
    Sysctl(
      "net.ipv4.tcp_syn_linear_timeouts", .count, "4", 0...127, since: KernelVersion(6, 5)),
    Sysctl("net.ipv4.tcp_synack_retries", .count, "5", byte),
    Sysctl("net.ipv4.tcp_retries1", .count, "3", byte),
    Sysctl("net.ipv4.tcp_retries2", .count, "15", byte),
    Sysctl("net.ipv4.tcp_orphan_retries", .count, "0", byte),
    Sysctl("net.ipv4.tcp_keepalive_time", .seconds, "7200", seconds),
    Sysctl("net.ipv4.tcp_keepalive_intvl", .seconds, "75", seconds),
    Sysctl("net.ipv4.tcp_keepalive_probes", .count, "9", byte),
    Sysctl("net.ipv4.tcp_fin_timeout", .seconds, "60", seconds),
    Sysctl(
      "net.ipv4.tcp_rto_max_ms", .milliseconds, "120000", 1000...120_000,
      since: KernelVersion(6, 15)),
    Sysctl(
      "net.ipv4.tcp_rto_min_us", .microseconds, "200000", 1...Int(Int32.max),
      since: KernelVersion(6, 11)),
    Sysctl("net.ipv4.tcp_early_retrans", .mode, "3", 0...4),
    Sysctl("net.ipv4.tcp_recovery", .mode, "1", byte, since: KernelVersion(4, 4)),
    Sysctl("net.ipv4.tcp_frto", .mode, "2", byte),
    Sysctl("net.ipv4.tcp_sack", .flag, "1", byte),
    Sysctl("net.ipv4.tcp_timestamps", .mode, "1", byte),
    Sysctl("net.ipv4.tcp_window_scaling", .flag, "1", byte),
    Sysctl("net.ipv4.tcp_thin_linear_timeouts", .flag, "0", byte),
    Sysctl("net.ipv4.tcp_mtu_probing", .mode, "0", byte),
    Sysctl("net.ipv4.tcp_slow_start_after_idle", .flag, "1", byte),
    Sysctl("net.ipv4.tcp_tw_reuse", .mode, "2", 0...2, formerly: ("0", KernelVersion(4, 19))),
    Sysctl(
      "net.ipv4.tcp_tw_reuse_delay", .milliseconds, "1000", 1...60_000,
      since: KernelVersion(6, 14)),
    Sysctl("net.ipv4.tcp_max_tw_buckets", .entries, nil),
    Sysctl("net.ipv4.tcp_max_orphans", .entries, nil, scope: .host),
    Sysctl("net.ipv4.tcp_max_syn_backlog", .entries, nil),
    Sysctl("net.ipv4.tcp_syncookies", .mode, "1", byte),
    Sysctl("net.ipv4.tcp_abort_on_overflow", .flag, "0", byte),
    Sysctl("net.ipv4.tcp_fastopen", .mode, "1"),
    Sysctl(
      "net.ipv4.tcp_fastopen_blackhole_timeout_sec", .seconds, "0", 0...Int(Int32.max),
      since: KernelVersion(4, 12), formerly: ("3600", KernelVersion(5, 14))),
    Sysctl("net.ipv4.tcp_migrate_req", .flag, "0", 0...1, since: KernelVersion(5, 14)),
    Sysctl(
      "net.ipv4.tcp_notsent_lowat", .bytes, "4294967295", 0...0xffff_ffff,
      since: KernelVersion(3, 12)),
    Sysctl("net.ipv4.tcp_rmem", .bytes, nil, kind: .numbers(3), scope: .copied),
    Sysctl("net.ipv4.tcp_wmem", .bytes, nil, kind: .numbers(3), scope: .copied),
    Sysctl("net.ipv4.tcp_mem", .pages, nil, kind: .numbers(3), scope: .host),
    Sysctl("net.ipv4.tcp_congestion_control", .name, nil, kind: .text, scope: .copied),
  ]

  private static let ports: [Sysctl] = [
    Sysctl("net.ipv4.ip_local_port_range", .ports, "32768 60999", kind: .numbers(2)),
    Sysctl("net.ipv4.ip_local_reserved_ports", .ports, "", kind: .text),
  ]

  private static let core: [Sysctl] = [
    Sysctl(
      "net.core.somaxconn", .entries, "4096", 0...Int(Int32.max),
      formerly: ("128", KernelVersion(5, 4))),
    Sysctl("net.core.rmem_max", .bytes, nil, scope: .host),
    Sysctl("net.core.wmem_max", .bytes, nil, scope: .host),
    Sysctl("net.core.netdev_max_backlog", .entries, "1000", scope: .host),
    Sysctl("net.core.default_qdisc", .name, nil, kind: .text, scope: .host),
  ]

  private static let neighbour: [Sysctl] = ["ipv4", "ipv6"].flatMap { family in
    let table = "net.\(family).neigh.default."
    return [
      Sysctl(table + "mcast_solicit", .count, "3", 0...Int(Int32.max)),
      Sysctl(table + "ucast_solicit", .count, "3", 0...Int(Int32.max)),
      Sysctl(table + "app_solicit", .count, "0", 0...Int(Int32.max)),
      Sysctl(
        table + "mcast_resolicit", .count, "0", 0...Int(Int32.max), since: KernelVersion(4, 1)),
      Sysctl(table + "retrans_time_ms", .milliseconds, "1000", 0...Int(Int32.max)),
      Sysctl(table + "base_reachable_time_ms", .milliseconds, "30000", 0...Int(Int32.max)),
      Sysctl(table + "delay_first_probe_time", .seconds, "5", seconds),
      Sysctl(table + "gc_thresh1", .entries, "128", scope: .host),
      Sysctl(table + "gc_thresh2", .entries, "512", scope: .host),
      Sysctl(table + "gc_thresh3", .entries, "1024", scope: .host),
    ]
  }

  private static let conntrack: [Sysctl] =
    [
      ("established", "432000"), ("syn_sent", "120"), ("syn_recv", "60"), ("fin_wait", "120"),
      ("close_wait", "60"), ("last_ack", "30"), ("time_wait", "120"), ("close", "10"),
      ("unacknowledged", "300"), ("max_retrans", "300"),
    ].map { Sysctl("net.netfilter.nf_conntrack_tcp_timeout_\($0)", .seconds, $1) }
    + [Sysctl("net.netfilter.nf_conntrack_max", .entries, nil, scope: .host)]

  private static let mptcp: [Sysctl] = [
    Sysctl("net.mptcp.enabled", .flag, "1", 0...1, since: KernelVersion(5, 6)),
    Sysctl("net.mptcp.add_addr_timeout", .seconds, "120", since: KernelVersion(5, 12)),
    Sysctl("net.mptcp.blackhole_timeout", .seconds, "3600", since: KernelVersion(6, 12)),
    Sysctl(
      "net.mptcp.syn_retrans_before_tcp_fallback", .count, "2", byte,
      since: KernelVersion(6, 14)),
    Sysctl("net.mptcp.close_timeout", .seconds, "60", since: KernelVersion(6, 11)),
    Sysctl("net.mptcp.stale_loss_cnt", .count, "4", since: KernelVersion(5, 15)),
  ]
}
