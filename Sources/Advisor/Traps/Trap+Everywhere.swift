import TCPModel

extension Trap {
  private static let decisive: [SysctlKey] = [
    .tcpSynRetries, .tcpSynLinearTimeouts, .tcpSynackRetries, .tcpKeepaliveTime,
    .tcpKeepaliveIntvl, .tcpKeepaliveProbes, .tcpRetries2, .tcpOrphanRetries, .tcpFinTimeout,
    .tcpRtoMaxMs, .tcpRtoMinUs, .somaxconn,
  ]

  static let everywhere: [Trap] = [
    Trap(
      "new-namespaces-begin-anew",
      "tcp_syn_retries tcp_syn_linear_timeouts tcp_synack_retries tcp_keepalive_time"
        + " tcp_keepalive_intvl tcp_keepalive_probes tcp_retries2 tcp_orphan_retries tcp_fin_timeout"
        + " tcp_rto_max_ms tcp_rto_min_us somaxconn",
      Scenario.allCases,
      "What is set on the host does not reach containers: a new network namespace begins with the"
        + " compiled defaults. tcp_rmem, tcp_wmem and the congestion control alone are copied.",
      source: "tcp_sk_init; tried on Linux 6.18"
    ) { play, _ in play.scenario.sysctls.contains { decisive.contains($0) && play.isChanged($0) } },
    Trap(
      "new-sockets-only", "tcp_rto_max_ms tcp_rto_min_us",
      [.connect, .send, .zeroWindow, .close],
      "tcp_rto_max_ms and tcp_rto_min_us reach no socket that is already there: it read them when it"
        + " was created. Retries and keepalive times reach it at its next timer.",
      source: "tcp_init_sock"
    ) { play, _ in play.isChanged(.tcpRtoMaxMs) || play.isChanged(.tcpRtoMinUs) },
    Trap(
      "timers-fire-late",
      "tcp_keepalive_time tcp_retries2 tcp_syn_retries",
      [.connect, .accept, .idle, .send, .zeroWindow, .close],
      "Sums of waits are the earliest end, not the end: each timer fires late by up to 13 % of its"
        + " wait, seconds from half a minute on, minutes after two hours.",
      source: "calc_wheel_index in kernel/time/timer.c; measured on Linux 6.18"
    ) { _, played in
      guard let end = played.nominalEnd, let latest = played.range?.latest else { return false }
      return latest > end + .seconds(1)
    },
  ]
}
