import TCPModel

extension LintRule {
  /// TCP Fast Open for clients and servers.
  static let fastOpenEverywhere = LintRule(
    "TA065", "fast-open-everywhere", .note,
    why:
      "It works only where programs ask for it, and firewalls drop SYNs with data on some paths.",
    source: "RFC 7413; tcp_fastopen in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Set it where programs use it and the path is known to carry it.",
    .keys([SysctlKey("net.ipv4.tcp_fastopen")]) { assignment, _ in
      guard let bits = assignment.number, bits & 3 == 3 else { return nil }
      return LintHit(
        "\(assignment.text) changes nothing unless programs use Fast Open, and then needs a path without"
          + " firewalls that drop data in SYNs")
    }
  )
}
