import Advisor
import TCPModel

/// CRI-O: what each new pod of the node has.
struct CRIOConfig: PlatformFile {
  let name = "crio"
  let summary = "A drop-in for CRI-O: the defaults of all pods of a node."
  let platform = Platform.crio
  let advice =
    "Goes to /etc/crio/crio.conf.d/, then restart CRI-O: pods made afterwards have it, but for those"
    + " with hostNetwork. The list replaces that of a file read before: put into it what that has."

  func fileName(for plan: String) -> String { "60-tcpadvisor-\(plan).crio.conf" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 2) { "\("\($0.key)=\($0.text)".jsonQuoted)," }
    return "\(head)[crio.runtime]\ndefault_sysctls = [\n\(values)]\n"
  }
}
