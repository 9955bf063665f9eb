import TCPModel

extension LintRule {
  /// tcp_fin_timeout lowered, mostly against TIME-WAIT.
  static let finTimeoutLowered = LintRule(
    "TA050", "fin-timeout-lowered", .note,
    why: "It bounds how long closed connections wait in FIN-WAIT-2 for the FIN of their peers;"
      + " TIME-WAIT lasts 60 s in any case.",
    source: "TCP_TIMEWAIT_LEN in include/net/tcp.h; tcp_fin_timeout in"
      + " https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 60; what TIME-WAIT costs is some memory, and ports towards one peer.",
    .keys([.tcpFinTimeout]) { assignment, _ in
      guard let time = assignment.number, (1..<60).contains(time) else { return nil }
      return LintHit(
        "\(assignment.text) does not shorten TIME-WAIT, which lasts 60 s; it ends connections in"
          + " FIN-WAIT-2 after \(time) s")
    }
  )
}
