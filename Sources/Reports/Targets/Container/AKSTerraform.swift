import Advisor
import TCPModel

/// AKS, by the azurerm provider of Terraform and OpenTofu.
struct AKSTerraform: PlatformFile {
  let name = "aks-terraform"
  let summary = "The linux_os_config of an AKS node pool for Terraform and OpenTofu."
  let platform = Platform.aksTerraform
  let advice =
    "Goes into an azurerm_kubernetes_cluster_node_pool. Releases of the provider before 3.72 take"
    + " narrower ranges."
  let provedWith: String? = "python-hcl2"

  func fileName(for plan: String) -> String { "\(plan).aks.tf" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 4) { entry in
      attributes(entry, share.platform.field(entry.sysctl.key))
    }
    return "\(head)linux_os_config {\n  sysctl_config {\n\(values)  }\n}\n"
  }

  /// The provider has the two ends of a range apart.
  private func attributes(_ entry: PlatformShare.Entry, _ field: Platform.Field?) -> String {
    if case .flag? = field?.kind { return "\(entry.name) = \(entry.value.number == 1)" }
    let numbers = entry.value.numbers
    guard numbers.count == 2 else { return "\(entry.name) = \(entry.text)" }
    return "\(entry.name)_min = \(numbers[0])\n\(entry.name)_max = \(numbers[1])"
  }
}
