import Advisor
import TCPModel

/// A file for /etc/sysctl.d, ready to commit: above each key why, and what it changes in seconds.
package struct SysctlDropIn: HostFile {
  package let name = "sysctl"
  package let summary = "A file for /etc/sysctl.d."
  package let provedWith: String? = "sysctl -p and systemd-sysctl"

  func fileName(for plan: String) -> String { PortablePlan.fileName(for: plan) }

  func text(for plan: PortablePlan, head: String) -> String {
    head
      + plan.annotatedSysctls.map {
        "\n\($0.comments())\($0.key) = \($0.value.printableLine)\n"
      }.joined()
  }
}
