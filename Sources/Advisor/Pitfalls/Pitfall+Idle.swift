import TCPModel

extension Pitfall {
  static let idle: [Pitfall] = [
    Pitfall(
      "no-sysctl-switches-keepalive-on",
      "SO_KEEPALIVE tcp_keepalive_time tcp_keepalive_intvl tcp_keepalive_probes", [.idle],
      "The keepalive sysctls probe no connection by themselves: only a program that sets"
        + " SO_KEEPALIVE has probes, and without it a dead peer of an idle connection is never"
        + " noticed.",
      source: "tcp(7), tcp_keepalive_timer"
    ) { experiment, timeline in !experiment.isProbing && timeline.ends == .never },
    Pitfall(
      "user-timeout-alone", "TCP_USER_TIMEOUT", [.idle],
      "TCP_USER_TIMEOUT without SO_KEEPALIVE does nothing on an idle connection: no timer runs that"
        + " would look at it.",
      source: "tcp_keepalive_timer; measured on Linux 6.18"
    ) { experiment, _ in !experiment.isProbing && experiment.userTimeout > 0 },
    Pitfall(
      "probe-count-unread",
      "TCP_USER_TIMEOUT TCP_KEEPCNT tcp_keepalive_probes", [.idle],
      "With a user timeout the number of probes is not looked at: the first probe due at or after"
        + " the user timeout ends the connection, and one probe always comes before.",
      source: "tcp_keepalive_timer; measured on Linux 6.18"
    ) { experiment, _ in experiment.isProbing && experiment.userTimeout > 0 },
    Pitfall(
      "one-lost-probe-kills", "TCP_USER_TIMEOUT TCP_KEEPIDLE TCP_KEEPINTVL",
      [.idle],
      "A user timeout of no more than idle time plus interval leaves room for one probe: if that one"
        + " is lost, a live connection is gone.",
      source: "tcp_keepalive_timer"
    ) { experiment, timeline in
      experiment.isProbing && experiment.userTimeout > 0
        && timeline.branches.contains { $0.events.count == 2 }
    },
    Pitfall(
      "user-timeout-lengthens-idle", "TCP_USER_TIMEOUT", [.idle],
      "A user timeout beyond idle time and all probes does not cut keepalive short but lengthens it:"
        + " 1 s, 1 s and one probe end after 2 s, and with 20 s after 20 s.",
      source: "tcp_keepalive_timer; measured on Linux 6.18: 20.5 s"
    ) { experiment, timeline in
      experiment.isProbing && experiment.isLengthenedByUserTimeout(timeline)
    },
    Pitfall(
      "single-probe", "tcp_keepalive_probes TCP_KEEPCNT", [.idle],
      "One probe is no test: a single lost packet ends a live connection.",
      source: "tcp_keepalive_timer"
    ) { experiment, _ in
      experiment.isProbing && experiment.userTimeout == 0
        && experiment.number(.keepCount, else: .tcpKeepaliveProbes) == 1
    },
    Pitfall(
      "no-probes-kill", "tcp_keepalive_probes", [.idle],
      "tcp_keepalive_probes 0 does not switch probing off: live connections are dropped once they"
        + " were idle for tcp_keepalive_time, without a question.",
      source: "tcp_keepalive_timer; tried on Linux 6.18"
    ) { experiment, _ in
      experiment.isProbing && experiment.userTimeout == 0
        && experiment.number(.keepCount, else: .tcpKeepaliveProbes) == 0
    },
    Pitfall(
      "middleboxes-forget-first", "tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "Silence of four minutes and more is longer than many devices on the way remember a"
        + " connection: 240 s is the default of Azure's load balancer, 350 s of AWS's. The first probe"
        + " must come before.",
      source: "learn.microsoft.com, load-balancer-tcp-idle-timeout; docs.aws.amazon.com, network"
        + " load balancer, idle timeout"
    ) { experiment, _ in
      experiment.isProbing && experiment.number(.keepIdle, else: .tcpKeepaliveTime) ?? 0 >= 240
    },
    Pitfall(
      "probes-too-often", "tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "Probes every ten seconds or less, on thousands of idle connections, wake both hosts for"
        + " nothing: well-known load balancers and NAT gateways remember for four minutes and more.",
      source: "documentation of AWS, Azure, Google and Oracle load balancers"
    ) { experiment, _ in
      experiment.isProbing && experiment.number(.keepIdle, else: .tcpKeepaliveTime) ?? 7200 <= 10
    },
    Pitfall(
      "conntrack-forgets-first",
      "nf_conntrack_tcp_timeout_established tcp_keepalive_time TCP_KEEPIDLE", [.idle],
      "Conntrack that forgets an established connection before its first keepalive probe cuts NAT"
        + " off from live connections: the time must be longer than the keepalive idle time.",
      source: "nf_conntrack-sysctl"
    ) { experiment, _ in
      guard let memory = experiment.number(.conntrackEstablished),
        let silence = experiment.number(.keepIdle, else: .tcpKeepaliveTime)
      else { return false }
      return memory <= silence
    },
  ]
}
