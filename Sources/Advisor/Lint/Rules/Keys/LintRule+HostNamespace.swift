import TCPModel

extension LintRule {
  /// A setting of a namespace that a pod or a container shares with the host.
  static let hostNamespace = LintRule(
    "TA083", "host-namespace", .error,
    why: "It would change the host: Kubernetes refuses the pod, and runc the container.",
    source: "AllowNamespacedSysctlsForHostNetAndHostIPC in pkg/apis/core/validation of Kubernetes;"
      + " libcontainer/configs/validate of runc",
    remedy: "Set it on the host, or give the pod or container a namespace of its own.",
    .assignments { assignment, _ in
      guard assignment.isOfSharedNamespace, let key = assignment.key else { return nil }
      let namespace = key.rawValue.hasPrefix("net.") ? "network" : "IPC"
      return LintHit(
        "\(assignment.shortName) is set for a \(assignment.target == .pod ? "pod" : "container")"
          + " that runs in the host's \(namespace) namespace")
    }
  )
}

extension LintAssignment {
  /// Whether it is a setting of a namespace that is the host's.
  var isOfSharedNamespace: Bool {
    guard let key else { return false }
    return origin.shared.contains(.network) && key.rawValue.hasPrefix("net.")
      || origin.shared.contains(.ipc) && Self.isOfIPC(key)
  }
}
