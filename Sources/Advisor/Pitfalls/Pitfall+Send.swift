import TCPModel

extension Pitfall {
  static let send: [Pitfall] = [
    Pitfall(
      "keepalive-sleeps-while-sending",
      "SO_KEEPALIVE TCP_KEEPIDLE TCP_KEEPCNT tcp_keepalive_time",
      [.send, .zeroWindow],
      "Keepalive does not act while data is unacknowledged or waits for a window: no probe is"
        + " sent then, and tcp_retries2 or TCP_USER_TIMEOUT decides.",
      source: "tcp_keepalive_timer; measured on Linux 6.18"
    ) { experiment, _ in experiment.isProbing },
    Pitfall(
      "retries2-counts-no-retries", "tcp_retries2", [.send],
      "tcp_retries2 is not a number of retransmissions but a time: that many doublings of 0.2"
        + " s, 924.6 s for 15, counted from the first retransmission by timeout.",
      source: "tcp_model_timeout, retransmits_timed_out"
    ) { experiment, timeline in
      guard experiment.userTimeout == 0, let retries = experiment.number(.tcpRetries2) else {
        return false
      }
      return timeline.branches.contains { branch in
        branch.events.count { $0.kind == .retransmission } != retries
      }
    },
    Pitfall(
      "retries2-below-rfc", "tcp_retries2", [.send],
      "tcp_retries2 below 8 means less than the 100 s required by RFC 1122: 3 means 3.0 s, 5"
        + " means 12.6 s. A short outage then ends every connection of the host.",
      source: "ip-sysctl; RFC 1122, 4.2.3.5"
    ) { experiment, _ in experiment.userTimeout == 0 && experiment.number(.tcpRetries2) ?? 15 < 8 },
    Pitfall(
      "retries2-has-cliffs", "tcp_retries2", [.send],
      "With tcp_retries2 from 3 to 6 a few milliseconds of round-trip time decide between two"
        + " ends, one twice as late as the other; 3 and 4 may be the same. TCP_USER_TIMEOUT has no"
        + " such steps.",
      source: "retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, _ in
      experiment.userTimeout == 0 && (3...6).contains(experiment.number(.tcpRetries2) ?? 15)
    },
    Pitfall(
      "rto-max-shortens-the-limit",
      "tcp_rto_max_ms TCP_RTO_MAX_MS tcp_retries2", [.send],
      "A lower RTO maximum not only retransmits more often, it also gives up earlier: 15"
        + " retries last 113 s with 10 s and 16 s with 1 s, instead of 929 s. Raise tcp_retries2"
        + " with it.",
      source: "tcp_model_timeout, ip-sysctl"
    ) { experiment, timeline in
      experiment.userTimeout == 0 && experiment.isShortenedByRTOMaximum(timeline)
    },
    Pitfall(
      "rto-min-keeps-the-limit", "tcp_rto_min_us TCP_RTO_MIN_US", [.send],
      "The RTO minimum moves retransmissions, not the limit, which is always summed from 0.2 s:"
        + " the end moves only to the next retransmission past that limit.",
      source: "retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, _ in
      experiment.userTimeout == 0
        && experiment.timeoutBounds.shortest != RetransmissionTimeout.defaultMinimum
    },
    Pitfall(
      "user-timeout-counts-later", "TCP_USER_TIMEOUT", [.send],
      "TCP_USER_TIMEOUT does not count from the send but from the first retransmission by"
        + " timeout: 0.2 to 0.4 s later within a data centre, more on longer paths.",
      source: "retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, timeline in
      guard experiment.userTimeout > 0, let end = timeline.nominalEnd else { return false }
      return end > .milliseconds(experiment.userTimeout)
    },
    Pitfall(
      "user-timeout-lengthens-send", "TCP_USER_TIMEOUT tcp_retries2", [.send],
      "TCP_USER_TIMEOUT replaces tcp_retries2 in both directions: 30 s keep a connection that"
        + " three retries would have ended after 7 s.",
      source: "tcp_write_timeout; measured on Linux 6.18: 30.5 s"
    ) { experiment, timeline in experiment.isLengthenedByUserTimeout(timeline) },
    Pitfall(
      "retries1-ends-nothing", "tcp_retries1", [.send],
      "tcp_retries1 does not end connections: at that count the route is looked up again, and"
        + " with tcp_mtu_probing segments shrink.",
      source: "tcp_write_timeout"
    ) { experiment, _ in experiment.isChanged(.tcpRetries1) },
    Pitfall(
      "thin-streams-end-alike", "tcp_thin_linear_timeouts TCP_THIN_LINEAR_TIMEOUTS", [.send],
      "tcp_thin_linear_timeouts makes thin streams retransmit more often, but not longer: the"
        + " limit is a time. With BBR it has no effect.",
      source: "tcp_stream_is_thin, retransmits_timed_out; measured on Linux 6.18"
    ) { experiment, _ in
      experiment.number(.tcpThinLinearTimeouts) ?? 0 != 0
        || experiment.options[.thinLinearTimeouts] ?? 0 != 0
    },
  ]
}
