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
      guard assignment.target == .pod, !assignment.isOfSharedNamespace, let key = assignment.key,
        !isSafe(key), key.rawValue.hasPrefix("net."),
        assignment.absence(of: key, in: context) == nil
      else { return nil }
      return LintHit("\(assignment.shortName) is no safe sysctl for the kubelet")
    }
  )

  /// Whether every release that is maintained today has it so; the oldest is of August 2025.
  private static func isSafe(_ key: SysctlKey) -> Bool {
    Platform.kubernetesPod.permitted?[key].map { $0 <= Platform.Release(1, 34) } ?? false
  }
}
