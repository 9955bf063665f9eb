import Advisor
import TCPModel

/// The same for the Kubernetes provider of Terraform and OpenTofu.
struct KubernetesTerraform: PlatformFile {
  let name = "kubernetes-terraform"
  let summary = "The security_context of a pod for Terraform and OpenTofu."
  let platform = Platform.kubernetesPod
  let advice =
    "Goes into the spec of a kubernetes_pod_v1, or of the template of a kubernetes_deployment_v1"
    + " and its like."
  let provedWith: String? = "python-hcl2"

  func fileName(for plan: String) -> String { "\(plan).pod.tf" }

  func text(for share: PlatformShare, head: String) -> String {
    let blocks = share.lines(indent: 2) { entry in
      """
      sysctl {
        name  = \(entry.key.hclQuoted)
        value = \(entry.text.hclQuoted)
      }
      """
    }
    let keys = share.keysToPermit
    let permission =
      keys.isEmpty
      ? ""
      : "#\n" + CommentWrapper.fold("The kubelet must allow \(keys.listed): allowedUnsafeSysctls.")
    return "\(head)\(permission)security_context {\n\(blocks)}\n"
  }
}
