import Advisor
import TCPModel

/// The CNI plug-in tuning: an element of the list of a network.
struct CNITuning: PlatformFile {
  let name = "cni-tuning"
  let summary = "An element for the list of plug-ins of a CNI network."
  let platform = Platform.cniTuning
  let advice = ""
  let takesComments = false
  let provedWith: String? = "the plug-in tuning, ADD and CHECK"

  func fileName(for plan: String) -> String { "\(plan).cni.json" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.entries.map { ($0.key, JSON.string($0.asRead)) }
    let plugIn: JSON = ["type": "tuning", "sysctl": .object(Dictionary(values) { $1 })]
    return plugIn.text + "\n"
  }
}

extension PlatformShare.Entry {
  /// As the kernel prints it, with tabs between numbers: CHECK compares texts.
  fileprivate var asRead: String {
    value.numbers.count > 1 ? value.numbers.map(String.init).joined(separator: "\t") : text
  }
}
