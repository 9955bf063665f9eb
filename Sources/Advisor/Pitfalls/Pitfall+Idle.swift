import TCPModel

extension Pitfall {
  static let idle: [Pitfall] = [
    Pitfall(
      "no-sysctl-switches-keepalive-on",
      "SO_KEEPALIVE tcp_keepalive_time tcp_keepalive_intvl tcp_keepalive_probes", [.idle],
      "The keepalive sysctls do not enable keepalive: only sockets with SO_KEEPALIVE are"
        + " probed, and without it a dead peer of an idle connection is never noticed.",
      source: "tcp(7), tcp_keepalive_timer"
    ) { experiment, timeline in !experiment.isProbing && timeline.ends == .never },
    Pitfall(
      "user-timeout-alone", "TCP_USER_TIMEOUT", [.idle],
      "TCP_USER_TIMEOUT without SO_KEEPALIVE has no effect on an idle connection: no timer runs"
        + " that checks it.",
      source: "tcp_keepalive_timer; measured on Linux 6.18"
    ) { experiment, _ in !experiment.isProbing && experiment.userTimeout > 0 },
    Pitfall(
      "probe-count-unread",
      "TCP_USER_TIMEOUT TCP_KEEPCNT tcp_keepalive_probes", [.idle],
      "With a user timeout the number of probes is ignored: the first probe due at or after the"
        + " user timeout ends the connection, and at least one probe is sent before.",
      source: "tcp_keepalive_timer; measured on Linux 6.18"
    ) { experiment, _ in experiment.isProbing && experiment.userTimeout > 0 },
    Pitfall(
      "one-lost-probe-kills", "TCP_USER_TIMEOUT TCP_KEEPIDLE TCP_KEEPINTVL",
      [.idle],
      "A user timeout of at most the longer of idle time and interval, and an interval more, leaves time for"
        + " one probe: if that one is lost, a live connection ends.",
      source: "tcp_keepalive_timer"
    ) { experiment, timeline in
      experiment.isProbing && experiment.userTimeout > 0
        && timeline.branches.contains { $0.events.count == 2 }
    },
    Pitfall(
      "user-timeout-lengthens-idle", "TCP_USER_TIMEOUT", [.idle],
      "A user timeout longer than idle time and all probes lengthens keepalive instead of"
        + " shortening it: 1 s, 1 s and one probe end after 2 s, and with 20 s after 20 s.",
      source: "tcp_keepalive_timer; measured on Linux 6.18: 20.5 s"
    ) { experiment, timeline in
      experiment.isProbing && experiment.isLengthenedByUserTimeout(timeline)
    },
    Pitfall(
      "single-probe", "tcp_keepalive_probes TCP_KEEPCNT", [.idle],
      "A single probe proves nothing: one lost packet ends a live connection.",
      source: "tcp_keepalive_timer"
    ) { experiment, _ in
      experiment.isProbing && experiment.userTimeout == 0
        && experiment.number(.keepCount, else: .tcpKeepaliveProbes) == 1
    },
    Pitfall(
      "no-probes-kill", "tcp_keepalive_probes", [.idle],
      "tcp_keepalive_probes 0 does not disable probing: live connections are dropped after"
        + " tcp_keepalive_time of silence without being probed.",
      source: "tcp_keepalive_timer; tried on Linux 6.18"
    ) { experiment, _ in
      experiment.isProbing && experiment.userTimeout == 0
        && experiment.number(.keepCount, else: .tcpKeepaliveProbes) == 0
    },
    Pitfall(
      "middleboxes-forget-first", "tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "Four minutes of silence or more exceed the idle timeout of many middleboxes: 240 s is"
        + " the default of Azure's load balancer, 350 s of AWS's. A probe must come earlier.",
      source: "learn.microsoft.com, load-balancer-tcp-idle-timeout; docs.aws.amazon.com, network"
        + " load balancer, idle timeout"
    ) { experiment, _ in
      experiment.isProbing && experiment.silence ?? 0 >= 240
    },
    Pitfall(
      "probes-too-often", "tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "Probes every ten seconds or less on thousands of idle connections wake both hosts"
        + " needlessly: common load balancers and NAT gateways keep idle connections for four"
        + " minutes or more.",
      source: "documentation of AWS, Azure, Google and Oracle load balancers"
    ) { experiment, _ in
      experiment.isProbing && experiment.silence ?? 7200 <= 10
    },
    Pitfall(
      "answered-probes-wait", "tcp_keepalive_intvl TCP_KEEPINTVL", [.idle, .movedAddress],
      "After a probe that was answered the next one leaves after the longer of idle time and interval:"
        + " so long a device on the path sees no segment, and so much later a dead peer, or the new owner"
        + " of its address, may be noticed.",
      source: "tcp_keepalive_timer; measured on Linux 6.18: with 1 s and 3 s, a probe every 3 s"
    ) { experiment, _ in
      (experiment.scenario == .idle || experiment.client == .idle)
        && experiment.waitsAfterAnsweredProbes
    },
    Pitfall(
      "conntrack-forgets-first",
      "nf_conntrack_tcp_timeout_established tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "A conntrack timeout shorter than the keepalive idle time, or the interval, breaks live connections"
        + " through NAT: it must be longer.",
      source: "nf_conntrack-sysctl"
    ) { experiment, _ in
      guard let memory = experiment.number(.conntrackEstablished),
        let silence = experiment.silence
      else { return false }
      return memory <= silence
    },
    Pitfall(
      "conntrack-picks-up-in-the-middle", "nf_conntrack_tcp_loose", [.idle],
      "With nf_conntrack_tcp_loose 0 a firewall that lost its table, by a restart or a takeover, takes"
        + " every segment of a live connection for invalid. With 1 it takes the connection in again,"
        + " for 300 s until the peer answers, but not its NAT.",
      source: "tcp_new, nf_conntrack_tcp_packet in net/netfilter/nf_conntrack_proto_tcp.c"
    ) { experiment, _ in experiment.number(.conntrackTCPLoose) == 0 },
    Pitfall(
      "programs-keep-their-own-times",
      "tcp_keepalive_time tcp_keepalive_intvl tcp_keepalive_probes", [.idle],
      "Programs may put their own times over the keepalive sysctls, which then decide nothing: Go"
        + " 15 s, 15 s and 9 probes (150 s), Node with a delay 1 s and 10 probes, the kernel's NFS"
        + " client 60 s, 60 s and a user timeout (180 s), etcd 30 s, Traefik 3 min.",
      source: "xs_tcp_set_socket_timeouts; sources of Node 20, etcd and Traefik; tried with Go 1.27"
    ) { experiment, _ in
      let trio: [(SocketOption, SysctlKey)] = [
        (.keepIdle, .tcpKeepaliveTime), (.keepInterval, .tcpKeepaliveIntvl),
        (.keepCount, .tcpKeepaliveProbes),
      ]
      return experiment.isProbing
        && trio.contains { experiment.options[$0] == nil && experiment.isChanged($1) }
    },
  ]
}
