import TCPModel

extension LintRule {
  /// Connection tracking forgets sooner than keepalive asks.
  static let conntrackForgets = LintRule(
    "TA055", "conntrack-forgets", .warning,
    why: "An idle connection is forgotten while both ends hold it: behind NAT its next packet goes"
      + " nowhere.",
    source: "Documentation/networking/nf_conntrack-sysctl.rst",
    remedy: "Keep it above tcp_keepalive_time of the hosts behind, 7200 by default.",
    .keys([.conntrackEstablished]) { assignment, context in
      let keepalive = context.number(.tcpKeepaliveTime) ?? 7200
      guard let time = assignment.number, time >= 0, time < keepalive else { return nil }
      return LintHit(
        "\(assignment.text) s is less than the \(keepalive) s before the first keepalive probe: idle"
          + " connections are forgotten")
    }
  )
}
