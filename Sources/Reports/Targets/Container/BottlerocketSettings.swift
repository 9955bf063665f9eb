import Advisor
import TCPModel

/// Bottlerocket: user data.
struct BottlerocketSettings: PlatformFile {
  let name = "bottlerocket"
  let summary = "User data for Bottlerocket."
  let platform = Platform.bottlerocket
  let advice = ""

  func fileName(for plan: String) -> String { "\(plan).bottlerocket.toml" }

  func text(for share: PlatformShare, head: String) -> String {
    let values = share.lines(indent: 0) { "\($0.key.jsonQuoted) = \($0.text.jsonQuoted)" }
    return "\(head)\(permission(share.whole))[settings.kernel.sysctl]\n\(values)"
  }

  /// A comment: not all variants have the setting.
  private func permission(_ plan: PortablePlan) -> String {
    let keys = PlatformShare(of: plan, on: .kubernetesPod).keysToPermit
    guard !keys.isEmpty else { return "" }
    return "#\n"
      + CommentWrapper.fold(
        "Pods may ask for what is not safe where [settings.kubernetes] has: allowed-unsafe-sysctls ="
          + " [\(keys.map(\.jsonQuoted).joined(separator: ", "))]")
  }
}
