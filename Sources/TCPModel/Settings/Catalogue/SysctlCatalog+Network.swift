/// Ports, queues, neighbours, conntrack and MPTCP.
///
/// Ports became per network namespace with commits 0bbf87d852d2 (3.13) and 122ff243f5f1 (3.16); the
/// range ended at 61000 before 07f4c90062f8 (4.2). A device begins with what the initial namespace
/// has as `default` of its family, whatever its own namespace (`neigh_parms_alloc`).
extension SysctlCatalog {
  static let ports: [Sysctl] = [
    Sysctl(
      "net.ipv4.ip_local_port_range", .ports, "32768 60999", kind: .numbers(2),
      formerly: [("32768 61000", KernelVersion(4, 2))],
      namespaced: KernelVersion(3, 13), effective: .atOnce,
      "ports that connections get by themselves: first and last"),
    Sysctl(
      "net.ipv4.ip_local_reserved_ports", .ports, "", kind: .text,
      namespaced: KernelVersion(3, 16), effective: .atOnce,
      "ports of that range that are never given out"),
    Sysctl(
      "net.ipv4.ip_local_port_step_width", .ports, "0", .within(0...0xffff_ffff),
      since: KernelVersion(7, 1), effective: .atOnce,
      "longest random step between the ports that are tried; 0: one after the other"),
  ]

  /// ICMP messages that this host sends; the limit is for all of them together. Per network
  /// namespace with commit f17bf505ff89 (6.12); 6.1.176 was found with it too.
  static let icmp: [Sysctl] = [
    Sysctl(
      "net.ipv4.icmp_msgs_per_sec", .count, "10000", .notNegative,
      since: KernelVersion(3, 18), formerly: [("1000", KernelVersion(7, 1))],
      namespaced: KernelVersion(6, 12), effective: .atOnce,
      "ICMP messages in a second at most, such as “port unreachable”"),
    Sysctl(
      "net.ipv4.icmp_msgs_burst", .count, "10000", .notNegative,
      since: KernelVersion(3, 18), formerly: [("50", KernelVersion(7, 1))],
      namespaced: KernelVersion(6, 12), effective: .atOnce,
      "ICMP messages at once at most"),
    Sysctl(
      "net.ipv4.icmp_errors_extension_mask", .mode, "0", .within(0...1),
      since: KernelVersion(6, 19), effective: .atOnce,
      "1: ICMP errors name the interface by which the packet came"),
  ]

  static let core: [Sysctl] = [
    Sysctl(
      "net.core.somaxconn", .entries, "4096", .notNegative,
      formerly: [("128", KernelVersion(5, 4))],
      effective: .atListen, "longest accept queue; listen() with more is cut to it"),
    Sysctl(
      "net.core.rmem_max", .bytes, "4194304", scope: .host,
      formerly: [("212992", KernelVersion(6, 18))], effective: .atSetsockopt,
      "largest receive buffer that SO_RCVBUF may ask for"),
    Sysctl(
      "net.core.wmem_max", .bytes, "4194304", scope: .host,
      formerly: [("212992", KernelVersion(6, 18))], effective: .atSetsockopt,
      "largest send buffer that SO_SNDBUF may ask for"),
    Sysctl(
      "net.core.netdev_max_backlog", .entries, "1000", scope: .host,
      effective: .atOnce, "packets that wait between a device and the stack, for each CPU"),
    Sysctl(
      "net.core.default_qdisc", .name, nil, kind: .text, scope: .host,
      effective: .onNewDevices, "queueing discipline of devices that appear afterwards"),
    Sysctl(
      "net.core.qdisc_max_burst", .entries, "1000", scope: .host, since: KernelVersion(6, 19),
      effective: .atOnce,
      "packets at most that wait for the lock of a queueing discipline; more are dropped"),
    Sysctl(
      "net.core.txq_reselection_ms", .milliseconds, "1000", since: KernelVersion(6, 19),
      readBack: .inTicks, effective: .atOnce,
      "how often a busy connection may change over to another transmit queue; 0: never"),
    Sysctl(
      "net.core.bypass_prot_mem", .flag, "0", .within(0...1), since: KernelVersion(6, 19),
      effective: .onNewSockets,
      "sockets of a memory cgroup are not counted for tcp_mem and its like"),
  ]

  static let neighbour: [Sysctl] = ["ipv4", "ipv6"].flatMap { family in
    let table = "net.\(family).neigh.default."
    return [
      Sysctl(
        table + "mcast_solicit", .count, "3", .notNegative, scope: .copied,
        isZeroSenseless: true, effective: .atNeighbourTimer,
        "broadcast or multicast questions for an unknown neighbour before it counts as missing"),
      Sysctl(
        table + "ucast_solicit", .count, "3", .notNegative, scope: .copied,
        isZeroSenseless: true, effective: .atNeighbourTimer,
        "questions sent straight to a known neighbour before it counts as gone"),
      Sysctl(
        table + "app_solicit", .count, "0", .notNegative, scope: .copied,
        effective: .atNeighbourTimer,
        "questions to a user-space resolver before the kernel asks itself"),
      Sysctl(
        table + "mcast_resolicit", .count, "0", .notNegative, scope: .copied,
        since: KernelVersion(4, 1), effective: .atNeighbourTimer,
        "broadcast or multicast questions after those to a known neighbour went unanswered"),
      Sysctl(
        table + "retrans_time_ms", .milliseconds, "1000", .notNegative, scope: .copied,
        readBack: .inTicks, effective: .atNeighbourTimer, "time between questions to a neighbour"),
      Sysctl(
        table + "base_reachable_time_ms", .milliseconds, "30000", .notNegative,
        scope: .copied,
        readBack: .inTicks, effective: .withinFiveMinutes,
        "how long, on average, an answer of a neighbour is believed"),
      Sysctl(
        table + "delay_first_probe_time", .seconds, "5", .jiffies, scope: .copied,
        effective: .atOnce, "wait before a neighbour that was silent for long is asked again"),
      Sysctl(
        table + "gc_thresh1", .entries, "128", scope: .host,
        effective: .atOnce, "neighbours below which none is thrown out"),
      Sysctl(
        table + "gc_thresh2", .entries, "512", scope: .host,
        effective: .atOnce, "neighbours above which those unused for 5 s are thrown out"),
      Sysctl(
        table + "gc_thresh3", .entries, "1024", scope: .host,
        effective: .atOnce, "neighbours at most"),
    ]
  }

  static let conntrack: [Sysctl] =
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
      Sysctl(
        "net.netfilter.nf_conntrack_tcp_timeout_\($0)", .seconds, $1, .jiffies,
        effective: .atPacket,
        $2, preferred: $0 == "established" ? "keepalive times below it" : nil)
    } + [
      Sysctl(
        "net.netfilter.nf_conntrack_tcp_max_retrans", .count, "3", .byte,
        effective: .atPacket,
        "unanswered retransmissions after which nf_conntrack_tcp_timeout_max_retrans counts"),
      Sysctl(
        "net.netfilter.nf_conntrack_tcp_loose", .flag, "1",
        .init(range: 0...1, checkedSince: KernelVersion(5, 15)), effective: .atPacket,
        "conntrack takes in connections that it sees in their middle; 0: their packets are invalid"),
      Sysctl(
        "net.netfilter.nf_conntrack_max", .entries, nil, scope: .host,
        effective: .atOnce, "connections that conntrack remembers at most"),
    ]

  static let mptcp: [Sysctl] = [
    Sysctl(
      "net.mptcp.enabled", .flag, "1", .within(0...1), since: KernelVersion(5, 6),
      effective: .onNewSockets, "programs may open MPTCP sockets"),
    Sysctl(
      "net.mptcp.add_addr_timeout", .seconds, "120", .jiffies, since: KernelVersion(5, 12),
      effective: .atOnce, "wait before the announcement of an address is repeated"),
    Sysctl(
      "net.mptcp.blackhole_timeout", .seconds, "3600", .notNegative,
      since: KernelVersion(6, 12), effective: .atOnce,
      "how long MPTCP stays off after a path dropped its SYNs; 0: never off"),
    Sysctl(
      "net.mptcp.syn_retrans_before_tcp_fallback", .count, "2", .byte,
      since: KernelVersion(6, 14), effective: .atRetransmission,
      "SYN retransmissions with MPTCP before it is tried as plain TCP"),
    Sysctl(
      "net.mptcp.close_timeout", .seconds, "60", .jiffies, since: KernelVersion(6, 11),
      effective: .atOnce, "how long a connection without subflows is kept"),
    Sysctl(
      "net.mptcp.stale_loss_cnt", .count, "4", .within(0...0xffff_ffff),
      since: KernelVersion(5, 15), effective: .atOnce,
      "timeouts after which a subflow without progress counts as stale"),
    Sysctl(
      "net.mptcp.add_addr_v6_port_drop_ts", .flag, "1", .within(0...1),
      since: KernelVersion(7, 2), effective: .atOnce,
      "an announced IPv6 address with its port takes the place of the timestamps of that segment"),
  ]
}
