import TCPModel

extension Pitfall {
  private static let decisive: [SysctlKey] = [
    .tcpSynRetries, .tcpSynLinearTimeouts, .tcpSynackRetries, .tcpKeepaliveTime,
    .tcpKeepaliveIntvl, .tcpKeepaliveProbes, .tcpRetries2, .tcpOrphanRetries, .tcpFinTimeout,
    .tcpRtoMaxMs, .tcpRtoMinUs, .somaxconn,
  ]

  static let everywhere: [Pitfall] = [
    Pitfall(
      "new-namespaces-begin-anew",
      "tcp_syn_retries tcp_syn_linear_timeouts tcp_synack_retries tcp_keepalive_time"
        + " tcp_keepalive_intvl tcp_keepalive_probes tcp_retries2 tcp_orphan_retries tcp_fin_timeout"
        + " tcp_rto_max_ms tcp_rto_min_us somaxconn",
      Scenario.allCases,
      "Sysctls of the host do not reach containers: a new network namespace starts with the"
        + " compiled defaults. Only tcp_rmem, tcp_wmem and the congestion control are copied.",
      source: "tcp_sk_init; tried on Linux 6.18"
    ) { experiment, _ in
      experiment.scenario.sysctls.contains {
        decisive.contains($0) && experiment.isChanged($0) && experiment.isPerNamespace($0)
      }
    },
    Pitfall(
      "new-sockets-only", "tcp_rto_max_ms tcp_rto_min_us",
      [.connect, .send, .zeroWindow, .close],
      "tcp_rto_max_ms and tcp_rto_min_us do not affect existing sockets, which read them when"
        + " they were created. Retries and keepalive times take effect at the next timer.",
      source: "tcp_init_sock"
    ) { experiment, _ in
      [.tcpRtoMaxMs, .tcpRtoMinUs].contains {
        experiment.scenario.sysctls.contains($0) && experiment.isChanged($0)
      }
    },
    Pitfall(
      "hung-processes-answer", "SO_KEEPALIVE TCP_USER_TIMEOUT TCP_KEEPIDLE tcp_keepalive_time",
      [.idle, .send],
      "A hung process is noticed by no keepalive and no user timeout while its kernel lives: that"
        + " answers probes, and acknowledges data until its buffer is full. Only a read timeout or a"
        + " heartbeat of the program notices.",
      source: "tcp_rcv_established; tried on Linux 6.18 with a stopped process"
    ) { experiment, _ in
      experiment.scenario == .idle ? experiment.isProbing : experiment.userTimeout > 0
    },
    Pitfall(
      "challenge-acks-are-shared", "tcp_challenge_ack_limit", [.connect, .idle],
      "A low tcp_challenge_ack_limit protects nobody: all connections share it, so a stranger who"
        + " counts answers learns of others (CVE-2016-5696, with the 100 before Linux 4.7), and a peer"
        + " that restarted may wait for one. Linux 6.0 and later have no limit.",
      source: "tcp_send_challenge_ack, ip-sysctl; commits 75ff39ccc1bd and 79e3602caa6f"
    ) { experiment, _ in experiment.hasLowChallengeLimit },
    Pitfall(
      "timers-fire-late",
      "tcp_keepalive_time tcp_retries2 tcp_syn_retries",
      [.connect, .accept, .idle, .send, .zeroWindow, .close],
      "A documented sum of waits is the earliest end, not the end: each timer fires up to 13 %"
        + " of its wait late, seconds after half a minute, minutes after two hours.",
      source: "calc_wheel_index in kernel/time/timer.c; measured on Linux 6.18"
    ) { experiment, timeline in
      guard let end = timeline.nominalEnd, let range = timeline.range, experiment.hasOneTimeout,
        let rules = try? KernelRules(of: experiment.snapshot), rules.has(.timerWheel)
      else { return false }
      return range.earliest >= end && range.latest > end + .seconds(1)
    },
  ]
}

extension Experiment {
  /// Whether challenge ACKs are limited as before Linux 4.7, or more than its kernel does by itself.
  fileprivate var hasLowChallengeLimit: Bool {
    guard let limit = number(.tcpChallengeACKLimit), let kernel = snapshot.kernel,
      let usual = SysctlCatalog[.tcpChallengeACKLimit]?.defaultValue(in: kernel).flatMap(Int.init)
    else { return false }
    return limit <= 100 || limit < usual
  }

  /// Returns whether a new network namespace begins with a default of its own, as far as that was
  /// read.
  fileprivate func isPerNamespace(_ key: SysctlKey) -> Bool {
    guard let sysctl = SysctlCatalog[key] else { return false }
    return sysctl.scope(in: snapshot.kernel) == .namespace
  }

  /// Whether the path leads to one first timeout alone, so that what ends late does so because its
  /// timers are late.
  fileprivate var hasOneTimeout: Bool {
    guard scenario.depends(on: .retransmissionTimeout), path.retransmissionTimeout == nil else {
      return true
    }
    let timeouts = path.timeouts(minimum: timeoutBounds.shortest)
    return timeouts.lowerBound == timeouts.upperBound
  }
}
