import TCPModel

extension LintRule {
  /// A key that the kubelet does not count as safe.
  static let unsafeInPod = LintRule(
    "TA033", "unsafe-in-pod", .note,
    why: "The kubelet admits it only where its node is started with --allowed-unsafe-sysctls;"
      + " elsewhere the pod is refused.",
    source: "https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/",
    remedy: "Allow it on the nodes meant for the pod, and choose these with a nodeSelector.",
    .assignments { assignment, context in
      guard assignment.target == .pod, let key = assignment.key,
        !safe.contains(key.rawValue), key.rawValue.hasPrefix("net."),
        assignment.absence(of: key, in: context) == nil
      else { return nil }
      return LintHit("\(assignment.shortName) is no safe sysctl for the kubelet")
    }
  )

  /// The ones for keepalive and FIN-WAIT-2 since Kubernetes 1.29, those for buffers since 1.32.
  private static let safe: Set<String> = [
    "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
  ]
}
