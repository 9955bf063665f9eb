import TCPModel

extension LintRule {
  /// The number of connections in TIME-WAIT limited by hand.
  static let timeWaitLimited = LintRule(
    "TA053", "time-wait-limited", .note,
    why: "Beyond the limit TIME-WAIT is skipped, and late segments may meet a new connection; the"
      + " kernel computes it from memory.",
    source: "tcp_max_tw_buckets in https://docs.kernel.org/networking/ip-sysctl.html: “must not be"
      + " lowered artificially”",
    remedy: "Remove the line.",
    .keys([.tcpMaxTwBuckets]) { assignment, _ in
      guard let count = assignment.number, count <= 65_536 else { return nil }
      return LintHit(
        "\(assignment.text): beyond that connections skip TIME-WAIT; the kernel computes a limit from"
          + " memory, mostly a higher one")
    }
  )
}
