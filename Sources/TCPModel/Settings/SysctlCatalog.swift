/// Every sysctl the tool knows: unit, compiled default, range, scope and first release.
///
/// Source: net/ipv4/sysctl_net_ipv4.c, `tcp_sk_init` in net/ipv4/tcp_ipv4.c and
/// net/core/neighbour.c, Linux 6.18; ranges checked by writing to that kernel.
package enum SysctlCatalog {
  package static let all: [Sysctl] = tcp + ports + core + neighbour + conntrack + mptcp

  package static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  package static subscript(key: SysctlKey) -> Sysctl? { byKey[key] }

  /// The sysctl of a whole key, dotted or with `/`, or those whose last part is the name.
  package static func sysctls(named name: String) -> [Sysctl] {
    let key = SysctlKey(parsing: name)
    if let sysctl = byKey[key] { return [sysctl] }
    return all.filter { $0.key.shortName == key.rawValue }
  }

  /// What a device has of its own where the neighbour tables say what all get, such as
  /// `net.ipv4.neigh.eth0.mcast_solicit`; nil for every other key.
  package static func ofDevice(_ key: SysctlKey) -> Sysctl? {
    key.sharedByDevices.flatMap { byKey[$0] }.flatMap { $0.scope == .host ? nil : $0.renamed(key) }
  }

  private static let order = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.key, $0) })

  /// The order in which keys are shown: what belongs together stands together.
  package static func areInOrder(_ left: SysctlKey, _ right: SysctlKey) -> Bool {
    (order[left] ?? .max, left) < (order[right] ?? .max, right)
  }

  /// The kernel keeps jiffies in 32 bits: INT_MAX / CONFIG_HZ seconds, most of them at 100 ticks.
  static let seconds = -21_474_836...21_474_836
  private static let byte = 0...255

  private static let tcp: [Sysctl] = [
    Sysctl(
      "net.ipv4.tcp_syn_retries", .count, "6", 1...127, namespaced: .by(KernelVersion(4, 14)),
      "SYN retransmissions before connect() gives up"),
    Sysctl(
      "net.ipv4.tcp_syn_linear_timeouts", .count, "4", 0...127, since: KernelVersion(6, 5),
      "SYN retransmissions one second apart, before the wait doubles; on top of tcp_syn_retries"),
    Sysctl(
      "net.ipv4.tcp_synack_retries", .count, "5", byte, namespaced: .by(KernelVersion(4, 14)),
      "SYN-ACK retransmissions before a half-open connection is dropped"),
    Sysctl(
      "net.ipv4.tcp_retries1", .count, "3", byte, namespaced: .by(KernelVersion(4, 14)),
      "sets when a retransmission makes the kernel look at the route again"),
    Sysctl(
      "net.ipv4.tcp_retries2", .count, "15", byte, namespaced: .by(KernelVersion(4, 14)),
      "sets how long unacknowledged data is retransmitted"),
    Sysctl(
      "net.ipv4.tcp_orphan_retries", .count, "0", byte, namespaced: .by(KernelVersion(4, 14)),
      "sets how long the unacknowledged data of a closed connection is retransmitted; 0 means 8"),
    Sysctl(
      "net.ipv4.tcp_keepalive_time", .seconds, "7200", seconds,
      namespaced: .since(KernelVersion(4, 5)), "silence before the first keepalive probe"),
    Sysctl(
      "net.ipv4.tcp_keepalive_intvl", .seconds, "75", seconds,
      namespaced: .since(KernelVersion(4, 5)), "time between keepalive probes"),
    Sysctl(
      "net.ipv4.tcp_keepalive_probes", .count, "9", byte, namespaced: .since(KernelVersion(4, 5)),
      "unanswered probes before the connection is given up"),
    Sysctl(
      "net.ipv4.tcp_fin_timeout", .seconds, "60", seconds, namespaced: .since(KernelVersion(4, 6)),
      "how long a closed connection waits in FIN-WAIT-2 for the FIN of its peer"),
    Sysctl(
      "net.ipv4.tcp_rto_max_ms", .milliseconds, "120000", 1000...120_000,
      since: KernelVersion(6, 15),
      "longest wait between retransmissions, of sockets created afterwards"),
    Sysctl(
      "net.ipv4.tcp_rto_min_us", .microseconds, "200000", 1...Int(Int32.max),
      since: KernelVersion(6, 11),
      "shortest wait before a retransmission, of sockets created afterwards"),
    Sysctl(
      "net.ipv4.tcp_early_retrans", .mode, "3", 0...4,
      "3 or 4: a lost last segment is probed for before the timeout (tail loss probe); 0: not"),
    Sysctl(
      "net.ipv4.tcp_recovery", .mode, "1", byte, since: KernelVersion(4, 4),
      "bits of RACK loss detection, by time instead of by counting duplicates"),
    Sysctl(
      "net.ipv4.tcp_frto", .mode, "2", byte,
      "2: a timeout that was premature is recognised and taken back; 0: not"),
    Sysctl(
      "net.ipv4.tcp_sack", .flag, "1", byte, "receivers say which segments beyond a gap have come"),
    Sysctl(
      "net.ipv4.tcp_timestamps", .mode, "1", byte,
      "1: timestamps in segments, from random offsets; 2: without offsets; 0: none"),
    Sysctl("net.ipv4.tcp_window_scaling", .flag, "1", byte, "receive windows above 64 KiB"),
    Sysctl(
      "net.ipv4.tcp_thin_linear_timeouts", .flag, "0", byte,
      "with fewer than four segments in flight the first six waits do not double"),
    Sysctl(
      "net.ipv4.tcp_mtu_probing", .mode, "0", byte,
      "1: segments shrink once a path swallows large ones; 2: always looked for; 0: not"),
    Sysctl(
      "net.ipv4.tcp_slow_start_after_idle", .flag, "1", byte,
      "after a pause the congestion window begins small again"),
    Sysctl(
      "net.ipv4.tcp_tw_reuse", .mode, "2", 0...2, formerly: ("0", KernelVersion(4, 19)),
      "a new outgoing connection may take over a port in TIME-WAIT: 0 no, 1 yes, 2 on loopback only"
    ),
    Sysctl(
      "net.ipv4.tcp_tw_reuse_delay", .milliseconds, "1000", 1...60_000,
      since: KernelVersion(6, 14),
      "how old a connection in TIME-WAIT must be before tcp_tw_reuse may take it"),
    Sysctl(
      "net.ipv4.tcp_max_tw_buckets", .entries, nil, nil,
      "connections in TIME-WAIT at most; beyond it they vanish at once"),
    Sysctl(
      "net.ipv4.tcp_max_orphans", .entries, nil, scope: .host,
      "closed connections with unacknowledged data at most; beyond it they are reset"),
    Sysctl(
      "net.ipv4.tcp_max_syn_backlog", .entries, nil, nil,
      "half-open connections of a listener at most, where SYN cookies are off"),
    Sysctl(
      "net.ipv4.tcp_syncookies", .mode, "1", byte, namespaced: .since(KernelVersion(4, 6)),
      "1: SYN cookies once the queue of half-open connections is full; 2: always; 0: never"),
    Sysctl(
      "net.ipv4.tcp_abort_on_overflow", .flag, "0", byte,
      "a full accept queue answers the last ACK of a handshake with a reset"),
    Sysctl(
      "net.ipv4.tcp_fastopen", .mode, "1", nil,
      "data in the SYN: bit 0 for clients, bit 1 for servers"),
    Sysctl(
      "net.ipv4.tcp_fastopen_blackhole_timeout_sec", .seconds, "0", 0...Int(Int32.max),
      since: KernelVersion(4, 12), formerly: ("3600", KernelVersion(5, 14)),
      "how long Fast Open stays off after a path seems to drop its SYNs; 0: never off"),
    Sysctl(
      "net.ipv4.tcp_migrate_req", .flag, "0", 0...1, since: KernelVersion(5, 14),
      "requests of a closing listener move to another one of its SO_REUSEPORT group"),
    Sysctl(
      "net.ipv4.tcp_notsent_lowat", .bytes, "4294967295", 0...0xffff_ffff,
      since: KernelVersion(3, 12),
      "unsent data in the buffer below which a socket counts as writable"),
    Sysctl(
      "net.ipv4.tcp_rmem", .bytes, nil, kind: .numbers(3), scope: .copied,
      namespaced: .since(KernelVersion(4, 15)), "receive buffer of a socket: least, at first, most"),
    Sysctl(
      "net.ipv4.tcp_wmem", .bytes, nil, kind: .numbers(3), scope: .copied,
      namespaced: .since(KernelVersion(4, 15)), "send buffer of a socket: least, at first, most"),
    Sysctl(
      "net.ipv4.tcp_mem", .pages, nil, kind: .numbers(3), scope: .host,
      "memory of all TCP sockets, in pages: no worry, pressure, limit"),
    Sysctl(
      "net.ipv4.tcp_congestion_control", .name, nil, kind: .text, scope: .copied,
      "congestion control of sockets that choose none"),
  ]

  private static let ports: [Sysctl] = [
    Sysctl(
      "net.ipv4.ip_local_port_range", .ports, "32768 60999", kind: .numbers(2),
      "ports that connections get by themselves: first and last"),
    Sysctl(
      "net.ipv4.ip_local_reserved_ports", .ports, "", kind: .text,
      "ports of that range that are never given out"),
  ]

  private static let core: [Sysctl] = [
    Sysctl(
      "net.core.somaxconn", .entries, "4096", 0...Int(Int32.max),
      formerly: ("128", KernelVersion(5, 4)),
      "longest accept queue; listen() with more is cut to it"),
    Sysctl(
      "net.core.rmem_max", .bytes, nil, scope: .host,
      "largest receive buffer that SO_RCVBUF may ask for"),
    Sysctl(
      "net.core.wmem_max", .bytes, nil, scope: .host,
      "largest send buffer that SO_SNDBUF may ask for"),
    Sysctl(
      "net.core.netdev_max_backlog", .entries, "1000", scope: .host,
      "packets that wait between a device and the stack, for each CPU"),
    Sysctl(
      "net.core.default_qdisc", .name, nil, kind: .text, scope: .host,
      "queueing discipline of devices that appear afterwards"),
  ]

  private static let neighbour: [Sysctl] = ["ipv4", "ipv6"].flatMap { family in
    let table = "net.\(family).neigh.default."
    return [
      Sysctl(
        table + "mcast_solicit", .count, "3", 0...Int(Int32.max),
        "broadcast or multicast questions for an unknown neighbour before it counts as missing"),
      Sysctl(
        table + "ucast_solicit", .count, "3", 0...Int(Int32.max),
        "questions sent straight to a known neighbour before it counts as gone"),
      Sysctl(
        table + "app_solicit", .count, "0", 0...Int(Int32.max),
        "questions to a user-space resolver before the kernel asks itself"),
      Sysctl(
        table + "mcast_resolicit", .count, "0", 0...Int(Int32.max), since: KernelVersion(4, 1),
        "broadcast or multicast questions after those to a known neighbour went unanswered"),
      Sysctl(
        table + "retrans_time_ms", .milliseconds, "1000", 0...Int(Int32.max),
        "time between questions to a neighbour"),
      Sysctl(
        table + "base_reachable_time_ms", .milliseconds, "30000", 0...Int(Int32.max),
        "how long, on average, an answer of a neighbour is believed"),
      Sysctl(
        table + "delay_first_probe_time", .seconds, "5", seconds,
        "wait before a neighbour that was silent for long is asked again"),
      Sysctl(
        table + "gc_thresh1", .entries, "128", scope: .host,
        "neighbours below which none is thrown out"),
      Sysctl(
        table + "gc_thresh2", .entries, "512", scope: .host,
        "neighbours above which those unused for 5 s are thrown out"),
      Sysctl(table + "gc_thresh3", .entries, "1024", scope: .host, "neighbours at most"),
    ]
  }

  private static let conntrack: [Sysctl] =
    [
      ("established", "432000", "silence after which conntrack forgets an established connection"),
      ("syn_sent", "120", "how long conntrack remembers a SYN without an answer"),
      ("syn_recv", "60", "how long conntrack remembers an answered SYN"),
      ("fin_wait", "120", "how long conntrack remembers a connection after the first FIN"),
      (
        "close_wait", "60",
        "how long conntrack remembers a connection whose first FIN is acknowledged"
      ),
      ("last_ack", "30", "how long conntrack remembers a connection after the second FIN"),
      ("time_wait", "120", "how long conntrack remembers a connection after both FINs"),
      ("close", "10", "how long conntrack remembers a connection after a reset"),
      (
        "unacknowledged", "300",
        "how long conntrack waits, at most, for the acknowledgement of data"
      ),
      (
        "max_retrans", "300",
        "how long conntrack remembers a connection after three unanswered retransmissions"
      ),
    ].map {
      Sysctl("net.netfilter.nf_conntrack_tcp_timeout_\($0)", .seconds, $1, seconds, $2)
    } + [
      Sysctl(
        "net.netfilter.nf_conntrack_tcp_max_retrans", .count, "3", byte,
        "unanswered retransmissions after which nf_conntrack_tcp_timeout_max_retrans counts"),
      Sysctl(
        "net.netfilter.nf_conntrack_max", .entries, nil, scope: .host,
        "connections that conntrack remembers at most"),
    ]

  private static let mptcp: [Sysctl] = [
    Sysctl(
      "net.mptcp.enabled", .flag, "1", 0...1, since: KernelVersion(5, 6),
      "programs may open MPTCP sockets"),
    Sysctl(
      "net.mptcp.add_addr_timeout", .seconds, "120", seconds, since: KernelVersion(5, 12),
      "wait before the announcement of an address is repeated"),
    Sysctl(
      "net.mptcp.blackhole_timeout", .seconds, "3600", 0...Int(Int32.max),
      since: KernelVersion(6, 12),
      "how long MPTCP stays off after a path dropped its SYNs; 0: never off"),
    Sysctl(
      "net.mptcp.syn_retrans_before_tcp_fallback", .count, "2", byte,
      since: KernelVersion(6, 14), "SYN retransmissions with MPTCP before it is tried as plain TCP"),
    Sysctl(
      "net.mptcp.close_timeout", .seconds, "60", seconds, since: KernelVersion(6, 11),
      "how long a connection without subflows is kept"),
    Sysctl(
      "net.mptcp.stale_loss_cnt", .count, "4", 0...0xffff_ffff, since: KernelVersion(5, 15),
      "timeouts after which a subflow without progress counts as stale"),
  ]
}
