import Advisor
import TCPModel

/// A pod's securityContext, and what the kubelet of its node must allow for it.
struct KubernetesPod: PlanEmitter {
  let name = "kubernetes-pod"
  let summary = "The securityContext of a pod, and what its kubelet must allow."
  let part = PlanPart.host
  let group = PlanEmitterGroup.containers
  let provedWith: String? = "kubernetes-validate"

  func fileNames(for plan: String) -> [String] { ["\(plan).pod.yaml", "\(plan).kubelet.yaml"] }

  func emission(of plan: PortablePlan) -> Emission {
    let share = PlatformShare(of: plan, on: .kubernetesPod)
    let names = fileNames(for: plan.name)
    return Emission(
      [
        EmittedFile(names[0], pod(share, share.head(of: names[0], Self.podAdvice))),
        EmittedFile(names[1], kubelet(share, plan.head(of: names[1]))),
      ], unmet: share.unmet)
  }

  private static let podAdvice =
    "Goes into a Pod, or below template in a Deployment and its like. Pods with hostNetwork take no"
    + " net sysctls. A pod that asks for what is not allowed is not started: SysctlForbidden."

  private func pod(_ share: PlatformShare, _ head: String) -> String {
    let values = share.entries.map { entry in
      """
      \(entry.sysctl.comments(prefix: "      # "))\(Self.permission(of: entry.sysctl.key))\
            - name: \(entry.key.jsonQuoted)
              value: \(entry.text.jsonQuoted)

      """
    }
    return "\(head)spec:\n  securityContext:\n    sysctls:"
      + (values.isEmpty ? " []\n" : "\n\(values.joined())")
  }

  /// Since when no kubelet need be asked.
  private static func permission(of key: SysctlKey) -> String {
    let since = Platform.kubernetesPod.permitted?[key]
    return CommentWrapper.fold(
      since.map { "safe since Kubernetes \($0); the kubelet must allow it before" }
        ?? "not safe: the kubelet must allow it, by the second file", prefix: "      # ")
  }

  private func kubelet(_ share: PlatformShare, _ head: String) -> String {
    let keys = share.keysToPermit.map { "  - \($0.jsonQuoted)\n" }
    let advice =
      keys.isEmpty
      ? "Nothing to allow: all keys of the pod are safe on the releases that its file names."
      : "Goes into the kubelet's --config-dir (Kubernetes 1.30 and later), or into the file of"
        + " --config. The list replaces an earlier one: put into it what that has."
    return """
      \(head)#
      \(CommentWrapper.fold(advice))apiVersion: kubelet.config.k8s.io/v1beta1
      kind: KubeletConfiguration
      \(keys.isEmpty ? "" : "allowedUnsafeSysctls:\n")\(keys.joined())
      """
  }
}
