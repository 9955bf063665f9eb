import TCPModel

extension LintRule {
  /// TIME-WAIT ports taken over, as guides for servers have it.
  static let timeWaitReuse = LintRule(
    "TA051", "time-wait-reuse", .note,
    why: "It concerns connections that this host opens; those that it accepts are not touched. The"
      + " default, 2, does so on loopback.",
    since: "4.19 (the default 2)",
    source: "tcp_tw_reuse in https://docs.kernel.org/networking/ip-sysctl.html; twsk_unique in"
      + " net/ipv4/tcp_ipv4.c",
    remedy: "Leave it at the default, unless the host opens many connections to one address.",
    .keys([.tcpTwReuse]) { assignment, context in
      guard assignment.number == 1, context.number(.tcpTimestamps) != 0 else { return nil }
      return LintHit(
        "\(assignment.text) lets outgoing connections take over ports in TIME-WAIT; a server that accepts"
          + " connections gains nothing")
    }
  )
}
