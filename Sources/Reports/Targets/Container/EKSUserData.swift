import Advisor
import TCPModel

/// Amazon EKS on Amazon Linux 2023: user data of two parts, for nodeadm and for cloud-init.
struct EKSUserData: PlatformFile {
  let name = "eks-nodeadm"
  let summary = "User data for an EKS node: a NodeConfig, and a file for its /etc/sysctl.d."
  let platform = Platform.eks
  let advice =
    "User data of an Amazon Linux 2023 node; of a node group of one's own, add spec.cluster."
  let provedWith: String? = "Python's email and PyYAML"

  func fileName(for plan: String) -> String { "\(plan).eks.mime" }

  func text(for share: PlatformShare, head: String) -> String {
    """
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="BOUNDARY"

    --BOUNDARY
    Content-Type: application/node.eks.aws; charset="utf-8"

    ---
    \(head)apiVersion: node.eks.aws/v1alpha1
    kind: NodeConfig
    spec:
    \(kubelet(PlatformShare(of: share.whole, on: .kubernetesPod)))
    --BOUNDARY
    Content-Type: text/cloud-config; charset="utf-8"

    \(CloudConfig().text(for: share.whole, head: ""))
    --BOUNDARY--

    """
  }

  /// What pods may ask for by themselves.
  private func kubelet(_ share: PlatformShare) -> String {
    let keys = share.keysToPermit
    guard !keys.isEmpty else { return "  kubelet: {}\n" }
    return "  kubelet:\n    config:\n      allowedUnsafeSysctls:\n"
      + keys.map { "        - \($0.jsonQuoted)\n" }.joined()
  }
}
