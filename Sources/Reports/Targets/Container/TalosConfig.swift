import Advisor
import TCPModel

/// Talos since 1.14: a document of the machine's configuration.
struct TalosConfig: PlatformFile {
  let name = "talos"
  let summary = "A SysctlConfig document for Talos 1.14 and later."
  let platform = Platform.talos
  let advice = "A patch for talosctl patch machineconfig, for Talos 1.14 and later."

  func fileName(for plan: String) -> String { "\(plan).talos.yaml" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 2) { "\($0.key.jsonQuoted): \($0.text.jsonQuoted)" }
    return "\(head)apiVersion: v1alpha1\nkind: SysctlConfig\nparams:"
      + (values.isEmpty ? " {}\n" : "\n\(values)")
  }
}
