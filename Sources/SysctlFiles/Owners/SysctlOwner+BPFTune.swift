extension SysctlOwner {
  /// bpftune changes keys by what it sees, until somebody else sets them while it runs.
  ///
  /// Source: the manual pages of its tuners, and bpftune-sysctl(8) for when it stops.
  static let bpftune = SysctlOwner("bpftune") { reader in
    guard reader.files.isEnabled("bpftune") else { return nil }
    let unit = reader.files.shown("/etc/systemd/system/multi-user.target.wants/bpftune.service")
    return OwnerAct(
      because: "bpftune.service is enabled",
      settings: keys.map { OwnedSetting($0, nil, in: unit) },
      remedy: "a value that is set while bpftune runs ends its tuning of that key")
  }

  private static let keys = [
    "net.core.flow_limit_cpu_bitmap", "net.core.netdev_budget", "net.core.netdev_budget_usecs",
    "net.core.netdev_max_backlog", "net.core.rmem_default", "net.core.rmem_max",
    "net.ipv4.ipfrag_high_thresh", "net.ipv4.tcp_mem", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    "net.ipv4.udp_mem", "net.ipv6.ip6frag_high_thresh",
  ]
}
