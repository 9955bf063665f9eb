import TCPModel

extension LintRule {
  /// A congestion control that stock kernels do not have.
  static let unknownCongestionControl = LintRule(
    "TA069", "unknown-congestion-control", .error,
    why: "A name that the kernel does not find is refused (ENOENT): the one before stays.",
    source: "net/ipv4/Kconfig; tried on Linux 6.18",
    remedy: "Choose one of tcp_available_congestion_control, or install the kernel that has it.",
    .keys([.tcpCongestionControl]) { assignment, _ in
      guard let name = assignment.words.first, assignment.words.count == 1, !assignment.isQuoted,
        !stock.contains(name)
      else { return nil }
      return LintHit("\(assignment.text): no stock kernel has \(name.prefix(40))")
    }
  )

  private static let stock: Set<Substring> = [
    "bbr", "bic", "cdg", "cubic", "dctcp", "highspeed", "htcp", "hybla", "illinois", "lp", "nv",
    "reno", "scalable", "vegas", "veno", "westwood", "yeah",
  ]
}
