import TCPModel

extension LintRule {
  /// A key that can only be read.
  static let readOnlyKey = LintRule(
    "TA029", "read-only-key", .error,
    why: "Writing fails (EACCES): the file has the mode 0444.",
    source: "tried on Linux 6.18",
    remedy: "Remove the line.",
    .keys(
      [
        SysctlKey("net.ipv4.tcp_available_congestion_control"),
        SysctlKey("net.ipv4.tcp_available_ulp"), SysctlKey("net.ipv4.tcp_ehash_entries"),
        SysctlKey("net.ipv4.udp_hash_entries"), SysctlKey("net.netfilter.nf_conntrack_count"),
        SysctlKey("net.core.netdev_rss_key"), SysctlKey("kernel.osrelease"),
        SysctlKey("kernel.ostype"), SysctlKey("kernel.version"), SysctlKey("fs.file-nr"),
        SysctlKey("fs.inode-nr"), SysctlKey("kernel.random.uuid"),
        SysctlKey("kernel.random.boot_id"),
        SysctlKey("kernel.random.entropy_avail"), SysctlKey("kernel.random.poolsize"),
      ]
    ) { assignment, _ in LintHit("\(assignment.shortName) cannot be written") }
  )
}
