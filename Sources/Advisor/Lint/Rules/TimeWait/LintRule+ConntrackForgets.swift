import TCPModel

extension LintRule {
  /// Connection tracking forgets sooner than keepalive asks.
  static let conntrackForgets = LintRule(
    "TA055", "conntrack-forgets", .warning,
    why: "An idle connection is forgotten while both ends hold it: behind NAT its next packet goes"
      + " nowhere.",
    source: "Documentation/networking/nf_conntrack-sysctl.rst",
    remedy: "Keep it above tcp_keepalive_time of the hosts behind, 7200 by default, and above"
      + " tcp_keepalive_intvl.",
    .keys([.conntrackEstablished]) { assignment, context in
      let idle = context.number(.tcpKeepaliveTime) ?? 7200
      let interval = context.number(.tcpKeepaliveIntvl) ?? 75
      let longest = KeepaliveProbe.longestSilence(idle: idle, interval: interval)
      guard let time = assignment.number, time >= 0, time < longest else { return nil }
      let silence =
        interval > idle
        ? "\(interval) s between keepalive probes" : "\(idle) s before the first keepalive probe"
      return LintHit(
        "\(assignment.text) s is less than the \(silence): idle connections are forgotten")
    }
  )
}
