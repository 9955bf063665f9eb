import Advisor
import TCPModel

/// AKS: the file of `az aks nodepool add --linux-os-config`.
struct AKSConfig: PlatformFile {
  let name = "aks"
  let summary = "A file for az aks nodepool add --linux-os-config."
  let platform = Platform.aks
  let advice = ""
  let takesComments = false

  func fileName(for plan: String) -> String { "\(plan).aks.json" }

  func text(for share: PlatformShare, head: String) -> String {
    let fields = share.entries.map { entry in
      (entry.name, json(entry.value, share.platform.field(entry.sysctl.key)))
    }
    let config: JSON = ["sysctls": .object(Dictionary(fields) { $1 })]
    return config.text + "\n"
  }

  private func json(_ value: SysctlValue, _ field: Platform.Field?) -> JSON {
    if case .flag? = field?.kind { return .bool(value.number == 1) }
    return value.number.map(JSON.integer) ?? .string(value.printed)
  }
}
