import TCPModel

/// What gives a network namespace its settings as it is made.
extension Platform {
  package static let docker = Platform(name: "Docker", place: .namespace, detours: [.node])
  package static let podman = Platform(name: "Podman", place: .namespace, detours: [.node])
  package static let compose = Platform(name: "Compose", place: .namespace, detours: [.node])
  /// `SystemControl` of the API; Fargate since platform version 1.4.0.
  package static let ecs = Platform(name: "Amazon ECS", place: .namespace, detours: [.node])
  package static let crio = Platform(name: "CRI-O", place: .namespace, detours: [.node])
  /// plugins/meta/tuning of containernetworking/plugins.
  package static let cniTuning = Platform(
    name: "the CNI plug-in tuning", place: .namespace, detours: [.node])

  /// The kubelet's safe sysctls are policy/check_sysctls.go of kubernetes/pod-security-admission and
  /// pkg/kubelet/sysctl/safe_sysctls.go.
  package static let kubernetesPod = Platform(
    name: "a pod of Kubernetes", place: .namespace, permitted: safeInPod, detours: [.node])

  private static let safeInPod: [SysctlKey: Release] = [
    SysctlKey("kernel.shm_rmid_forced"): Release(1, 0), .ipLocalPortRange: Release(1, 0),
    .tcpSyncookies: Release(1, 0), SysctlKey("net.ipv4.ping_group_range"): Release(1, 18),
    SysctlKey("net.ipv4.ip_unprivileged_port_start"): Release(1, 22),
    .ipLocalReservedPorts: Release(1, 27), .tcpKeepaliveTime: Release(1, 29),
    .tcpKeepaliveIntvl: Release(1, 29), .tcpKeepaliveProbes: Release(1, 29),
    .tcpFinTimeout: Release(1, 29), .tcpRmem: Release(1, 32), .tcpWmem: Release(1, 32),
    SysctlKey("net.ipv4.tcp_slow_start_after_idle"): Release(1, 37),
    SysctlKey("net.ipv4.tcp_notsent_lowat"): Release(1, 37),
  ]
}
