import Advisor
import TCPModel

/// OpenShift: a TuneD profile that the Node Tuning Operator puts on its nodes.
struct OpenShiftTuned: PlatformFile {
  let name = "openshift-tuned"
  let summary = "A Tuned object for OpenShift's Node Tuning Operator."
  let platform = Platform.openShift
  let advice = "For the workers; the profile includes the one that they have by default."

  func fileName(for plan: String) -> String { "\(plan).tuned.yaml" }

  func text(for share: PlatformShare, head: String) -> String {
    let profile = "tcpadvisor-\(share.whole.name.dnsLabel)"
    return """
      \(head)apiVersion: tuned.openshift.io/v1
      kind: Tuned
      metadata:
        name: \(profile)
        namespace: openshift-cluster-node-tuning-operator
      spec:
        profile:
          - name: \(profile)
            data: |
              [main]
              summary=\("TCP timers for \(share.whole.name), by \(Tool.name)".printableLine)
              include=openshift-node
              [sysctl]
      \(share.entries.map { $0.sysctl.tunedLines.indented(by: 8) }.joined())\
        recommend:
          - match:
              - label: node-role.kubernetes.io/worker
            priority: 20
            profile: \(profile)

      """
  }
}
