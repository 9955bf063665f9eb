import Advisor
import TCPModel

/// GKE: the file of `gcloud container node-pools create --system-config-from-file`.
struct GKEConfig: PlatformFile {
  let name = "gke"
  let summary = "A file for gcloud container node-pools create --system-config-from-file."
  let platform = Platform.gke
  let advice = "GKE has ranges of its own for these keys and refuses what is outside."

  func fileName(for plan: String) -> String { "\(plan).gke.yaml" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 4) { "\($0.name.jsonQuoted): \($0.text.jsonQuoted)" }
    return "\(head)linuxConfig:\n  sysctl:" + (values.isEmpty ? " {}\n" : "\n\(values)")
  }
}
