import TCPModel

extension LintRule {
  /// ECN asked for on all connections.
  static let ecnEverywhere = LintRule(
    "TA064", "ecn-everywhere", .note,
    why: "The default, 2, answers those that ask; with 1 this host asks, and rare devices drop such"
      + " SYNs.",
    source:
      "RFC 3168; tcp_ecn and tcp_ecn_fallback in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 2, unless the paths are known to carry ECN.",
    .keys([SysctlKey("net.ipv4.tcp_ecn")]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit(
        "\(assignment.text) asks for ECN on outgoing connections; where a device drops such SYNs the next"
          + " goes without, a second later")
    }
  )
}
