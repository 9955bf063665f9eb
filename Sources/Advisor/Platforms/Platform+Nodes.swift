import TCPModel

/// What sets sysctls on the nodes of a cluster.
extension Platform {
  package static let eks = Platform(name: "an EKS node", place: .node)
  package static let bottlerocket = Platform(name: "Bottlerocket", place: .node)
  package static let talos = Platform(name: "Talos", place: .node)
  package static let openShift = Platform(name: "OpenShift's Node Tuning Operator", place: .node)

  /// Names and ranges of custom-node-configuration-reference in MicrosoftDocs/azure-aks-docs, read on
  /// 2026-08-06; the small k of netIpv4TcpkeepaliveIntvl is theirs.
  package static let aks = Platform(
    name: "AKS", place: .node,
    fields: aksFields { $0.camelCase(oddly: "netIpv4TcpkeepaliveIntvl") },
    detours: [.pod(kubelet: "--kubelet-config"), .daemonSet])

  /// The same as the azurerm provider of Terraform spells them.
  package static let aksTerraform = Platform(
    name: "AKS", place: .node,
    fields: aksFields { String($0.rawValue.map { $0 == "." ? "_" : $0 }) },
    detours: [.pod(kubelet: "kubelet_config"), .daemonSet])

  private static func aksFields(_ name: (SysctlKey) -> String) -> [SysctlKey: Field] {
    Dictionary(
      uniqueKeysWithValues: aksKinds.map { key, kind in
        (SysctlKey(key), Field(name: name(SysctlKey(key)), kind: kind))
      })
  }

  private static let aksKinds: [(String, Field.Kind)] = [
    ("net.core.somaxconn", .number(4096...3_240_000)),
    ("net.core.netdev_max_backlog", .number(1000...3_240_000)),
    ("net.core.rmem_max", .number(212_992...134_217_728)),
    ("net.core.wmem_max", .number(212_992...134_217_728)),
    ("net.core.optmem_max", .number(20_480...4_194_304)),
    ("net.ipv4.tcp_max_syn_backlog", .number(128...3_240_000)),
    ("net.ipv4.tcp_max_tw_buckets", .number(8000...1_440_000)),
    ("net.ipv4.tcp_fin_timeout", .number(5...120)),
    ("net.ipv4.tcp_keepalive_time", .number(30...432_000)),
    ("net.ipv4.tcp_keepalive_probes", .number(1...15)),
    ("net.ipv4.tcp_keepalive_intvl", .number(10...90)),
    ("net.ipv4.tcp_tw_reuse", .flag),
    ("net.ipv4.ip_local_port_range", .numbers([1024...60999, 32768...65535])),
    ("net.ipv4.neigh.default.gc_thresh1", .number(128...80000)),
    ("net.ipv4.neigh.default.gc_thresh2", .number(512...90000)),
    ("net.ipv4.neigh.default.gc_thresh3", .number(1024...100_000)),
    ("net.netfilter.nf_conntrack_max", .number(131_072...2_097_152)),
    ("net.netfilter.nf_conntrack_buckets", .number(65536...524_288)),
  ]

  /// Keys of `LinuxNodeConfig` in google-cloud-container 2.67.0; its ranges are not published there.
  package static let gke = Platform(
    name: "GKE", place: .nodeAndPods,
    fields: Dictionary(
      uniqueKeysWithValues: gkeKeys.map { (SysctlKey($0), Field(name: $0, kind: .text)) }),
    detours: [.pod(kubelet: "kubeletConfig.allowedUnsafeSysctls"), .daemonSet])

  private static let gkeKeys = [
    "net.core.busy_poll", "net.core.busy_read", "net.core.netdev_max_backlog", "net.core.rmem_max",
    "net.core.rmem_default", "net.core.wmem_default", "net.core.wmem_max", "net.core.optmem_max",
    "net.core.somaxconn", "net.ipv4.neigh.default.gc_thresh1", "net.ipv4.neigh.default.gc_thresh2",
    "net.ipv4.neigh.default.gc_thresh3", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    "net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_mtu_probing", "net.ipv4.tcp_max_orphans",
    "net.ipv4.tcp_max_tw_buckets", "net.ipv4.tcp_syn_retries", "net.ipv4.tcp_ecn",
    "net.ipv4.tcp_congestion_control", "net.netfilter.nf_conntrack_max",
    "net.netfilter.nf_conntrack_buckets", "net.netfilter.nf_conntrack_tcp_timeout_close_wait",
    "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
    "net.netfilter.nf_conntrack_tcp_timeout_established", "net.netfilter.nf_conntrack_acct",
  ]
}

extension SysctlKey {
  /// `netIpv4TcpKeepaliveTime`.
  /// - Parameter odd: a name that is spelt another way; it wins where it differs in case alone.
  fileprivate func camelCase(oddly odd: String) -> String {
    let words = rawValue.split { $0 == "." || $0 == "_" }
    let name = words.dropFirst().reduce(String(words.first ?? "")) { name, word in
      name + word.prefix(1).uppercased() + word.dropFirst()
    }
    return name.lowercased() == odd.lowercased() ? odd : name
  }
}
