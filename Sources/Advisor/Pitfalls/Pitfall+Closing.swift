import TCPModel

extension Pitfall {
  static let closing: [Pitfall] = [
    Pitfall(
      "no-orphan-retries-are-eight", "tcp_orphan_retries", [.close],
      "tcp_orphan_retries 0 does not drop orphans at once: it means 8 retries, about 104 s.",
      source: "tcp_orphan_retries; measured on Linux 6.18: 107 s"
    ) { experiment, timeline in
      experiment.userTimeout == 0 && experiment.number(.tcpOrphanRetries) == 0
        && !timeline.endReasons.contains(.retransmissionTimeAtMaximum)
    },
    Pitfall(
      "eight-orphan-retries-are-not-zero", "tcp_orphan_retries tcp_rto_max_ms",
      [.close],
      "The 8 retries that tcp_orphan_retries 0 means end once the timeout has reached the RTO"
        + " maximum: with 1 s an orphan lasts 2.5 s. An explicit 8 has no such exception.",
      source: "tcp_orphan_retries; measured on Linux 6.18"
    ) { experiment, timeline in
      experiment.number(.tcpOrphanRetries) == 0
        && timeline.endReasons.contains(.retransmissionTimeAtMaximum)
    },
    Pitfall(
      "few-orphan-retries-lose-data", "tcp_orphan_retries", [.close],
      "A small tcp_orphan_retries discards data that a closed program believes it has sent: 3"
        + " leaves 6.5 s for the path to recover.",
      source: "tcp_orphan_retries; measured on Linux 6.18"
    ) { experiment, _ in
      experiment.userTimeout == 0
        && (1..<OrphanTimer.safeRetries).contains(experiment.number(.tcpOrphanRetries) ?? 0)
    },
    Pitfall(
      "retries2-spares-orphans", "tcp_retries2", [.close],
      "tcp_retries2 does not decide how long closed connections retransmit; tcp_orphan_retries does.",
      source: "tcp_write_timeout; measured on Linux 6.18"
    ) { experiment, _ in experiment.isChanged(.tcpRetries2) },
    Pitfall(
      "fin-timeout-beyond-a-minute", "tcp_fin_timeout TCP_LINGER2", [.finWait],
      "Values above 60 s do not lengthen FIN-WAIT-2: it lasts twice the excess over 60 s. 61 s"
        + " become 2 s, 70 s become 20 s, 90 s become 60 s.",
      source: "tcp_time_wait, tcp_keepalive_timer; measured on Linux 6.18"
    ) { _, timeline in
      guard let end = timeline.nominalEnd,
        let asked = timeline.limits.first(where: { $0.limit == .lifetime })?.time
      else { return false }
      return asked > TimeWait.length && end != asked
    },
    Pitfall(
      "linger2-stops-at-two-minutes", "TCP_LINGER2", [.finWait],
      "TCP_LINGER2 above 120 s is cut to 120 s without an error; before Linux 5.4 a value above"
        + " tcp_fin_timeout is ignored.",
      source: "do_tcp_setsockopt; tried on Linux 6.18"
    ) { experiment, _ in experiment.options[.linger2] ?? 0 > FinWait2.longestLinger },
    Pitfall(
      "fin-timeout-is-not-time-wait", "tcp_fin_timeout", [.finWait, .timeWait],
      "tcp_fin_timeout does not shorten TIME-WAIT, whose 60 s are compiled in. It limits FIN-"
        + " WAIT-2 of closed connections; after shutdown() alone there is no limit.",
      source: "TCP_TIMEWAIT_LEN; measured on Linux 6.18: 60.2 to 62.0 s"
    ) { experiment, _ in experiment.isChanged(.tcpFinTimeout) },
    Pitfall(
      "tw-reuse-is-for-clients", "tcp_tw_reuse", [.timeWait],
      "tcp_tw_reuse has no effect on connections that a server accepts, only on those that this"
        + " host opens. 2, the default since Linux 4.19, allows it on loopback.",
      source: "ip-sysctl, tcp_twsk_unique"
    ) { experiment, _ in experiment.number(.tcpTwReuse) == 1 },
    Pitfall(
      "tw-reuse-needs-timestamps", "tcp_tw_reuse tcp_timestamps", [.timeWait],
      "tcp_tw_reuse has no effect with tcp_timestamps 0, which also takes away the protection"
        + " against old segments.",
      source: "tcp_twsk_unique"
    ) { experiment, _ in
      experiment.number(.tcpTwReuse) ?? 0 != 0 && experiment.number(.tcpTimestamps) == 0
    },
  ]
}
