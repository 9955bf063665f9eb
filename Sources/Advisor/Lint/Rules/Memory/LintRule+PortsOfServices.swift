import TCPModel

extension LintRule {
  /// Outgoing connections take ports that services listen on.
  static let portsOfServices = LintRule(
    "TA075", "ports-of-services", .warning,
    why: "A service cannot bind a port that an outgoing connection has been given by chance.",
    source: "ip_local_port_range and ip_local_reserved_ports in"
      + " https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Begin at 10000 or above, or name the ports of services in ip_local_reserved_ports.",
    .keys([.ipLocalPortRange]) { assignment, context in
      guard let first = assignment.numbers.first, (1024..<10_000).contains(first),
        !context.sets(.ipLocalReservedPorts)
      else { return nil }
      return LintHit(
        "\(assignment.text): ports from \(first) on are given to outgoing connections, those of services"
          + " among them")
    }
  )
}
