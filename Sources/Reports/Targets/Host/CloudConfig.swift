import Advisor
import TCPModel

/// cloud-init, which has no module for sysctls: the drop-in as a file, and a command that loads it.
struct CloudConfig: HostFile {
  let name = "cloud-init"
  let summary = "User data for cloud-init."
  let provedWith: String? = "cloud-init 22.4"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)-user-data.yaml" }

  func text(for plan: PortablePlan, head: String) -> String {
    """
    #cloud-config
    \(head)write_files:
      - path: \(plan.path.jsonQuoted)
        owner: root:root
        permissions: "0644"
        content: |
    \(plan.dropInLines.indented(by: 6))
    runcmd:
      - [sysctl, -p, \(plan.path.jsonQuoted)]

    """
  }
}
