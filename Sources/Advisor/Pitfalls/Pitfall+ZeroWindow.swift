import TCPModel

extension Pitfall {
  static let zeroWindow: [Pitfall] = [
    Pitfall(
      "user-timeout-kills-live-readers", "TCP_USER_TIMEOUT", [.zeroWindow],
      "TCP_USER_TIMEOUT also ends live connections: a reader that keeps its window closed for"
        + " that long is cut off although it answers every probe.",
      source: "tcp_probe_timer; measured on Linux 6.18: 2.28 s with 2 s"
    ) { experiment, _ in experiment.userTimeout > 0 },
    Pitfall(
      "closed-windows-last", "tcp_retries2 SO_KEEPALIVE", [.zeroWindow],
      "tcp_retries2 does not limit how long a peer may keep its window closed: a live peer is"
        + " probed forever, and keepalive probes are not sent meanwhile.",
      source: "tcp_probe_timer; measured on Linux 6.18"
    ) { experiment, _ in
      var living = experiment
      living.receiverFate = .survives
      return Timeline(of: living).ends == .never
    },
    Pitfall(
      "late-death-costs-more", "tcp_retries2", [.zeroWindow],
      "The longer a window was closed before its peer dies, the later that is noticed: with"
        + " five retries after 13 s if it dies at once, and after 38 s if ten seconds later.",
      source: "tcp_probe_timer; measured on Linux 6.18"
    ) { experiment, timeline in
      guard experiment.userTimeout == 0, let end = timeline.nominalEnd,
        let worst = experiment.end({ $0.receiverFate = .diesAtWorstMoment })
      else { return false }
      return end < worst
    },
  ]
}
