import TCPModel

extension Pitfall {
  static let accept: [Pitfall] = [
    Pitfall(
      "syncnt-of-a-listener", "TCP_SYNCNT tcp_synack_retries", [.accept],
      "TCP_SYNCNT on a listener counts its SYN-ACKs and overrides tcp_synack_retries.",
      source: "reqsk_timer_handler; measured on Linux 6.18"
    ) { experiment, _ in experiment.options[.synCount] != nil },
    Pitfall(
      "rto-max-spares-syn-acks", "tcp_rto_max_ms TCP_RTO_MAX_MS", [.accept],
      "Before Linux 6.19 the RTO maximum does not shorten half-open connections: five SYN-ACKs last"
        + " 63 s regardless of it.",
      source: "reqsk_timer_handler; measured on Linux 6.18"
    ) { experiment, _ in
      let rules = try? KernelRules(of: experiment.snapshot)
      return experiment.hasLowMaximum && rules?.has(.cappedSYNACKWaits) != true
    },
    Pitfall(
      "rto-max-shortens-syn-acks", "tcp_rto_max_ms TCP_RTO_MAX_MS", [.accept],
      "Since Linux 6.19 the RTO maximum of the listener bounds the waits between SYN-ACKs: five of"
        + " them last 6 s with 1 s, instead of 63 s.",
      source: "tcp_reqsk_timeout; measured on Linux 7.3"
    ) { experiment, timeline in experiment.isShortenedByRTOMaximum(timeline) },
    Pitfall(
      "defer-accept-drops-nobody", "TCP_DEFER_ACCEPT", [.accept],
      "TCP_DEFER_ACCEPT does not drop clients that send nothing: it accepts them late. 10 s are"
        + " rounded up to 15 s, 30 s to 31 s.",
      source: "syn_ack_recalc, secs_to_retrans; measured on Linux 6.18"
    ) { experiment, _ in experiment.options[.deferAccept] ?? 0 > 0 },
    Pitfall(
      "overflow-harms-clients", "tcp_abort_on_overflow", [.accept],
      "tcp_abort_on_overflow does not help a busy server: clients that would have been accepted a"
        + " moment later get a reset. A longer queue helps.",
      source: "ip-sysctl, tcp_check_req"
    ) { experiment, _ in experiment.number(.tcpAbortOnOverflow) ?? 0 != 0 },
    Pitfall(
      "cookies-forget", "tcp_syncookies", [.accept],
      "A connection from a SYN cookie has no timer on the server: if the last ACK is lost, only"
        + " the client takes it for established until it sends. 2 uses cookies for every connection.",
      source: "tcp_conn_request, ip-sysctl"
    ) { experiment, _ in experiment.number(.tcpSyncookies) ?? 1 == 2 },
  ]
}
