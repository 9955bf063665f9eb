import TCPModel

extension LintRule {
  /// tcp_mem in bytes.
  static let memoryInBytes = LintRule(
    "TA070", "memory-in-bytes", .warning,
    why: "The three numbers are pages, mostly of 4 KiB: a limit in bytes is four thousand times too"
      + " high, and guards nothing.",
    source: "tcp_mem in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Remove the line: the kernel computes it from memory.",
    .keys([.tcpMem, SysctlKey("net.ipv4.udp_mem")]) { assignment, _ in
      let numbers = assignment.numbers
      guard numbers.count == 3, numbers[2] >= 1 << 23, numbers[2] < 1 << 50 else { return nil }
      return LintHit(
        "\(assignment.shortName) counts pages: \(numbers[2]) of 4 KiB are \(numbers[2] >> 18) GiB")
    }
  )
}
