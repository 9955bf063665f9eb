import TCPModel

extension Pitfall {
  static let connect: [Pitfall] = [
    Pitfall(
      "linear-timeouts-for-nothing",
      "tcp_syn_linear_timeouts tcp_syn_retries TCP_SYNCNT", [.connect],
      "Linear SYN timeouts do not always add their seconds: with few retries or a low RTO"
        + " maximum the time limit comes first. With four of them and 1 or 2 retries connect ends"
        + " after 3 or 7 s, as without them.",
      source: "retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, timeline in
      experiment.userTimeout == 0 && experiment.number(.tcpSynLinearTimeouts) ?? 0 > 0
        && timeline.nominalEnd != nil && timeline.nominalEnd == experiment.endWithoutLinearTimeouts
    },
    Pitfall(
      "linear-timeouts-on-top",
      "tcp_syn_retries tcp_syn_linear_timeouts TCP_SYNCNT", [.connect],
      "tcp_syn_retries does not count the linear retransmissions: six retries last 127 s"
        + " according to tcp(7), and 131 s since Linux 6.5 with the four of tcp_syn_linear_timeouts.",
      source: "tcp_write_timeout; measured on Linux 6.18: 133 to 136 s"
    ) { experiment, timeline in
      guard experiment.userTimeout == 0, experiment.number(.tcpSynLinearTimeouts) ?? 0 > 0,
        let end = timeline.nominalEnd, let without = experiment.endWithoutLinearTimeouts
      else { return false }
      return without < end
    },
    Pitfall(
      "few-syn-retries", "tcp_syn_retries", [.connect],
      "tcp_syn_retries 1 or 2 ends every connect of the host after 3 or 7 s, also over paths"
        + " that lose a few packets. A deadline in the program, or TCP_SYNCNT, affects only the"
        + " intended connections.",
      source: "tcp_write_timeout; RFC 1122, 4.2.3.5"
    ) { experiment, _ in
      experiment.options[.synCount] == nil && experiment.number(.tcpSynRetries) ?? 6 <= 2
    },
    Pitfall(
      "rto-max-shortens-connect", "tcp_rto_max_ms TCP_RTO_MAX_MS", [.connect],
      "The RTO maximum also shortens connect: six retries last 49 s with 10 s, instead of 131"
        + " s.",
      source: "tcp_model_timeout"
    ) { experiment, timeline in experiment.isShortenedByRTOMaximum(timeline) },
    Pitfall(
      "user-timeout-lengthens-connect", "TCP_USER_TIMEOUT", [.connect],
      "TCP_USER_TIMEOUT replaces the time limit of connect, and a long one lengthens it: with"
        + " one retry and 10 s it ends after 7 s instead of 3 s.",
      source: "retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, timeline in experiment.isLengthenedByUserTimeout(timeline) },
    Pitfall(
      "connect-lasts-a-second", "TCP_USER_TIMEOUT", [.connect],
      "TCP_USER_TIMEOUT cannot end a connect before 1 s: the first wait is never shortened. A"
        + " deadline in the program can.",
      source: "tcp_connect; measured on Linux 6.18: 1.02 s with 500 ms"
    ) { experiment, timeline in
      guard let end = timeline.nominalEnd, experiment.userTimeout > 0 else { return false }
      let initial = RetransmissionTimeout.initial
      return .milliseconds(experiment.userTimeout) < initial && end >= initial && end < initial * 2
    },
    Pitfall(
      "user-timeout-unseen-by-connect", "TCP_USER_TIMEOUT", [.connect],
      "Before Linux 4.19, connect ignores TCP_USER_TIMEOUT: only the number of retries ends it.",
      source: "tcp_write_timeout, Linux 3.10 and 4.14"
    ) { experiment, timeline in
      guard let end = timeline.nominalEnd, experiment.userTimeout > 0,
        let rules = try? KernelRules(of: experiment.snapshot), rules.connectIgnoresUserTimeout
      else { return false }
      return .milliseconds(experiment.userTimeout) < end
    },
    Pitfall(
      "syn-in-every-tick", "TCP_USER_TIMEOUT", [.connect],
      "Linux 4.19 before 4.19.77 does not end a connect when its user timeout expires, but"
        + " sends a SYN in every timer tick from then on, until the retries are used up.",
      source: "tcp_clamp_rto_to_user_timeout; commit a41e8a88b06e"
    ) { _, timeline in timeline.endReasons.contains(.retransmissionsInEveryTick) },
    Pitfall(
      "full-queue-is-silent",
      "somaxconn tcp_abort_on_overflow tcp_max_syn_backlog",
      [.connect, .accept],
      "A full accept queue does not refuse connections: it drops SYNs, and the client waits as"
        + " for a silent host. The queue length is the smaller of somaxconn and the backlog of"
        + " listen().",
      source: "tcp_conn_request; measured on Linux 6.18"
    ) { experiment, _ in experiment.number(.somaxconn) ?? 4096 < 4096 },
  ]
}

extension Experiment {
  fileprivate var endWithoutLinearTimeouts: Duration? {
    end { $0.snapshot[.tcpSynLinearTimeouts] = .value(0) }
  }
}
