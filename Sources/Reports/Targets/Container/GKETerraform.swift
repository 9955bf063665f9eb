import Advisor
import TCPModel

/// GKE, by the google provider of Terraform and OpenTofu.
struct GKETerraform: PlatformFile {
  let name = "gke-terraform"
  let summary = "The node_config of a GKE node pool for Terraform and OpenTofu."
  let platform = Platform.gke
  let advice =
    "Goes into a google_container_node_pool. GKE has ranges of its own for these keys and refuses what"
    + " is outside."
  let provedWith: String? = "python-hcl2"

  func fileName(for plan: String) -> String { "\(plan).gke.tf" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 6) { "\($0.name.hclQuoted) = \($0.text.hclQuoted)" }
    return "\(head)node_config {\n  linux_node_config {\n    sysctls = {\n\(values)    }\n  }\n}\n"
  }
}
