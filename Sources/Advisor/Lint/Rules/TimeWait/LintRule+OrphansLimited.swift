import TCPModel

extension LintRule {
  /// The number of orphaned connections limited by hand.
  static let orphansLimited = LintRule(
    "TA054", "orphans-limited", .note,
    why:
      "Beyond the limit closed connections are reset, with what they still have to send; the kernel"
      + " computes it from memory.",
    source:
      "tcp_max_orphans in https://docs.kernel.org/networking/ip-sysctl.html: “do not rely on this"
      + " or lower the limit artificially”",
    remedy: "Remove the line.",
    .keys([SysctlKey("net.ipv4.tcp_max_orphans")]) { assignment, _ in
      guard let count = assignment.number else { return nil }
      return LintHit(
        "\(assignment.text): "
          + (count <= 65_536
            ? "beyond that closed connections are reset with what they still have to send"
            : "each may hold up to 64 KiB of memory that cannot be swapped"))
    }
  )
}
