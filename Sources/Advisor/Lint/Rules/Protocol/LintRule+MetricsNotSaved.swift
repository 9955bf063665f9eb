import TCPModel

extension LintRule {
  /// What was learnt of a path is not kept.
  static let metricsNotSaved = LintRule(
    "TA061", "metrics-not-saved", .note,
    why: "New connections begin without the round trip and the threshold of earlier ones, mostly"
      + " slower.",
    source: "tcp_no_metrics_save in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 0.",
    .keys([SysctlKey("net.ipv4.tcp_no_metrics_save")]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit(
        "\(assignment.text) does not make connections faster: each learns its path anew")
    }
  )
}
