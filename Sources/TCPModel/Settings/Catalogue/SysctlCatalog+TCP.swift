/// The sysctls of TCP.
///
/// Per network namespace since 4.5: commits 13b287e8d1ca to b840d15d3912; 4.6: 6fa251663069 to
/// 4979f2d9f726; 4.11: 56ab6b93007e to fee83d097b16; 4.13: 06fcb3b69fb8; 4.15: 2ae21cf527da to
/// 6670e1524477; tcp_mtu_probing since 4.0: b0f9ca53cbb1. When each takes effect: where Linux 6.18
/// reads it.
extension SysctlCatalog {
  private static let deadline =
    "a deadline in the program, or TCP_SYNCNT; host-wide at least 3 retries"
  private static let keepaliveOptions =
    "SO_KEEPALIVE with TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT in programs that can set"
    + " them; the sysctls reach those that set SO_KEEPALIVE alone"
  private static let morePorts =
    "persistent connections, a wider ip_local_port_range, more addresses"
  private static let longerQueue =
    "a longer queue: somaxconn together with the backlog of listen()"

  static let tcp: [Sysctl] = [
    Sysctl(
      "net.ipv4.tcp_syn_retries", .count, "6", .within(1...127),
      namespaced: KernelVersion(4, 6), effective: .atRetransmission,
      "SYN retransmissions before connect() gives up", preferred: deadline),
    Sysctl(
      "net.ipv4.tcp_syn_linear_timeouts", .count, "4", .within(0...127), since: KernelVersion(6, 5),
      effective: .atRetransmission,
      "SYN retransmissions one second apart, before the wait doubles; on top of tcp_syn_retries",
      preferred: deadline),
    Sysctl(
      "net.ipv4.tcp_synack_retries", .count, "5", .byte,
      namespaced: KernelVersion(4, 6), isZeroSenseless: true, effective: .atRetransmission,
      "SYN-ACK retransmissions before a half-open connection is dropped",
      preferred: "TCP_SYNCNT on the listener concerned"),
    Sysctl(
      "net.ipv4.tcp_retries1", .count, "3", .within(0...255),
      namespaced: KernelVersion(4, 6), effective: .atRetransmission,
      "sets when a retransmission makes the kernel look at the route again"),
    Sysctl(
      "net.ipv4.tcp_retries2", .count, "15", .byte,
      namespaced: KernelVersion(4, 6), isZeroSenseless: true, effective: .atRetransmission,
      "sets how long unacknowledged data is retransmitted",
      preferred: "TCP_USER_TIMEOUT on the connections concerned; host-wide at least 8"),
    Sysctl(
      "net.ipv4.tcp_orphan_retries", .count, "0", .byte,
      namespaced: KernelVersion(4, 6), effective: .atRetransmission,
      "sets how long the unacknowledged data of a closed connection is retransmitted; 0 means 8",
      preferred: "the default, 0"),
    Sysctl(
      "net.ipv4.tcp_keepalive_time", .seconds, "7200", .jiffies,
      namespaced: KernelVersion(4, 5), effective: .atKeepaliveTimer,
      "silence before the first keepalive probe", preferred: keepaliveOptions),
    Sysctl(
      "net.ipv4.tcp_keepalive_intvl", .seconds, "75", .jiffies,
      namespaced: KernelVersion(4, 5), effective: .atKeepaliveTimer,
      "time between keepalive probes", preferred: keepaliveOptions),
    Sysctl(
      "net.ipv4.tcp_keepalive_probes", .count, "9", .byte,
      namespaced: KernelVersion(4, 5), isZeroSenseless: true, effective: .atKeepaliveTimer,
      "unanswered probes before the connection is given up", preferred: keepaliveOptions),
    Sysctl(
      "net.ipv4.tcp_fin_timeout", .seconds, "60", .jiffies,
      namespaced: KernelVersion(4, 6), effective: .inFinWait2,
      "how long a closed connection waits in FIN-WAIT-2 for the FIN of its peer",
      preferred: "the default, 60; TCP_LINGER2 on the sockets concerned"),
    Sysctl(
      "net.ipv4.tcp_rto_max_ms", .milliseconds, "120000", .within(1000...120_000),
      since: KernelVersion(6, 15), effective: .onNewSockets,
      "longest wait between retransmissions, of sockets created afterwards",
      preferred: "TCP_RTO_MAX_MS together with TCP_USER_TIMEOUT, on the connections concerned"),
    Sysctl(
      "net.ipv4.tcp_rto_min_us", .microseconds, "200000", .within(1...Int(Int32.max)),
      since: KernelVersion(6, 11), effective: .onNewSockets,
      "shortest wait before a retransmission, of sockets created afterwards",
      preferred: "TCP_RTO_MIN_US, or rto_min of the route, on fast networks only"),
    Sysctl(
      "net.ipv4.tcp_early_retrans", .mode, "3", .within(0...4),
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "3 or 4: a lost last segment is probed for before the timeout (tail loss probe); 0: not"),
    Sysctl(
      "net.ipv4.tcp_recovery", .mode, "1", .byte, since: KernelVersion(4, 4),
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "bits of RACK loss detection, by time instead of by counting duplicates"),
    Sysctl(
      "net.ipv4.tcp_frto", .mode, "2", .byte,
      namespaced: KernelVersion(4, 15), effective: .atRetransmission,
      "2: a timeout that was premature is recognised and taken back; 0: not"),
    Sysctl(
      "net.ipv4.tcp_sack", .flag, "1", .byte,
      namespaced: KernelVersion(4, 13), effective: .onNewConnections,
      "receivers say which segments beyond a gap have come"),
    Sysctl(
      "net.ipv4.tcp_timestamps", .mode, "1", .byte,
      namespaced: KernelVersion(4, 13), effective: .onNewConnections,
      "1: timestamps in segments, from random offsets; 2: without offsets; 0: none"),
    Sysctl(
      "net.ipv4.tcp_window_scaling", .flag, "1", .byte,
      namespaced: KernelVersion(4, 13), effective: .onNewConnections, "receive windows above 64 KiB"
    ),
    Sysctl(
      "net.ipv4.tcp_thin_linear_timeouts", .flag, "0", .byte,
      namespaced: KernelVersion(4, 15), effective: .atRetransmission,
      "with fewer than four segments in flight the first six waits do not double",
      preferred: "TCP_THIN_LINEAR_TIMEOUTS on the connections concerned"),
    Sysctl(
      "net.ipv4.tcp_mtu_probing", .mode, "0", .byte,
      namespaced: KernelVersion(4, 0), effective: .partlyOnNewSockets,
      "1: segments shrink once a path swallows large ones; 2: always looked for; 0: not"),
    // Commits 75ff39ccc1bd and 79e3602caa6f.
    Sysctl(
      "net.ipv4.tcp_challenge_ack_limit", .count, "2147483647",
      formerly: [("100", KernelVersion(4, 7)), ("1000", KernelVersion(6, 0))],
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "challenge ACKs a second, of all connections together",
      preferred: "the default of Linux 6.0 and later, no limit: each connection has its own"),
    Sysctl(
      "net.ipv4.tcp_slow_start_after_idle", .flag, "1", .byte,
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "after a pause the congestion window begins small again"),
    Sysctl(
      "net.ipv4.tcp_tw_reuse", .mode, "2", .within(0...2), formerly: [("0", KernelVersion(4, 19))],
      namespaced: KernelVersion(4, 11), effective: .atOnce,
      "a new outgoing connection may take over a port in TIME-WAIT: 0 no, 1 yes, 2 on loopback only",
      preferred: morePorts),
    Sysctl(
      "net.ipv4.tcp_tw_reuse_delay", .milliseconds, "1000", .within(1...60_000),
      since: KernelVersion(6, 14), effective: .atOnce,
      "how old a connection in TIME-WAIT must be before tcp_tw_reuse may take it"),
    Sysctl(
      "net.ipv4.tcp_max_tw_buckets", .entries, nil,
      namespaced: KernelVersion(4, 11), effective: .atOnce,
      "connections in TIME-WAIT at most; beyond it they vanish at once", preferred: morePorts),
    Sysctl(
      "net.ipv4.tcp_max_orphans", .entries, nil, scope: .host,
      effective: .atOnce,
      "closed connections with unacknowledged data at most; beyond it they are reset"),
    Sysctl(
      "net.ipv4.tcp_max_syn_backlog", .entries, nil,
      namespaced: KernelVersion(4, 11), effective: .atOnce,
      "half-open connections of a listener at most, where SYN cookies are off",
      preferred: longerQueue),
    Sysctl(
      "net.ipv4.tcp_syncookies", .mode, "1", .byte,
      namespaced: KernelVersion(4, 6), effective: .atOnce,
      "1: SYN cookies once the queue of half-open connections is full; 2: always; 0: never",
      preferred: longerQueue),
    Sysctl(
      "net.ipv4.tcp_abort_on_overflow", .flag, "0", .byte,
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "a full accept queue answers the last ACK of a handshake with a reset", preferred: longerQueue
    ),
    Sysctl(
      "net.ipv4.tcp_fastopen", .mode, "1",
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "data in the SYN: bit 0 for clients, bit 1 for servers"),
    Sysctl(
      "net.ipv4.tcp_fastopen_blackhole_timeout_sec", .seconds, "0", .notNegative,
      since: KernelVersion(4, 12), formerly: [("3600", KernelVersion(5, 14))],
      // As 5.10.223 was found; which of the series was the first is not known.
      backported: KernelVersion("5.10.223"),
      namespaced: KernelVersion(4, 15), effective: .atOnce,
      "how long Fast Open stays off after a path seems to drop its SYNs; 0: never off"),
    Sysctl(
      "net.ipv4.tcp_migrate_req", .flag, "0", .within(0...1), since: KernelVersion(5, 14),
      backported: KernelVersion("5.10.223"),
      effective: .atOnce,
      "requests of a closing listener move to another one of its SO_REUSEPORT group"),
    Sysctl(
      "net.ipv4.tcp_comp_sack_slack_ns", .nanoseconds, "10000", since: KernelVersion(5, 8),
      formerly: [("100000", KernelVersion(6, 19))],
      effective: .atOnce, "how much later than planned a compressed SACK may leave"),
    Sysctl(
      "net.ipv4.tcp_comp_sack_rtt_percent", .percent, "33", .within(1...1000),
      since: KernelVersion(6, 19), effective: .atOnce,
      "how much of a round trip SACKs are held back to be sent as one"),
    Sysctl(
      "net.ipv4.tcp_rcvbuf_low_rtt", .microseconds, "1000", .notNegative,
      since: KernelVersion(6, 19), effective: .atOnce,
      "round trip below which a receive buffer grows more slowly"),
    Sysctl(
      "net.ipv4.tcp_notsent_lowat", .bytes, "4294967295", .within(0...0xffff_ffff),
      since: KernelVersion(3, 12),
      namespaced: KernelVersion(4, 6), effective: .atOnce,
      "unsent data in the buffer below which a socket counts as writable"),
    Sysctl(
      "net.ipv4.tcp_rmem", .bytes, nil, .receiveBuffer, kind: .numbers(3), scope: .copied,
      namespaced: KernelVersion(4, 15), effective: .partlyOnNewSockets,
      "receive buffer of a socket: least, at first, most"),
    Sysctl(
      "net.ipv4.tcp_wmem", .bytes, nil, kind: .numbers(3), scope: .copied,
      namespaced: KernelVersion(4, 15), effective: .partlyOnNewSockets,
      "send buffer of a socket: least, at first, most"),
    Sysctl(
      "net.ipv4.tcp_mem", .pages, nil, kind: .numbers(3), scope: .host,
      effective: .atOnce, "memory of all TCP sockets, in pages: no worry, pressure, limit"),
    Sysctl(
      "net.ipv4.tcp_congestion_control", .name, nil, kind: .text, scope: .copied,
      namespaced: KernelVersion(4, 15), effective: .onNewSockets,
      "congestion control of sockets that choose none"),
  ]
}
