import TCPModel

extension LintRule {
  /// Keepalive probes every few seconds.
  static let keepaliveEager = LintRule(
    "TA046", "keepalive-eager", .note,
    why:
      "Each idle connection that has SO_KEEPALIVE sends and gets a packet that often, or as often as"
      + " tcp_keepalive_intvl says where that is longer, and wakes both hosts.",
    source: "tcp_keepalive_time in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy:
      "Ask for what the shortest idle timeout on the way needs, or set TCP_KEEPIDLE where it is"
      + " needed.",
    .keys([.tcpKeepaliveTime]) { assignment, _ in
      guard let time = assignment.number, (1...10).contains(time) else { return nil }
      return LintHit(
        "\(assignment.text): every idle connection with SO_KEEPALIVE sends a probe after \(time) s")
    }
  )
}
