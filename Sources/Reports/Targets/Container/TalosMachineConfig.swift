import Advisor
import TCPModel

/// Talos before 1.14, which took it as a field of the machine.
struct TalosMachineConfig: PlatformFile {
  let name = "talos-machine"
  let summary = "The machine.sysctls of Talos, deprecated from 1.14 on."
  let platform = Platform.talos
  let advice =
    "A patch for talosctl patch machineconfig; from Talos 1.14 on emit talos writes what replaces it."

  func fileName(for plan: String) -> String { "\(plan).talos-machine.yaml" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 4) { "\($0.key.jsonQuoted): \($0.text.jsonQuoted)" }
    return "\(head)machine:\n  sysctls:" + (values.isEmpty ? " {}\n" : "\n\(values)")
  }
}
