import Advisor
import TCPModel

/// Butane for Fedora CoreOS; Flatcar takes it with its own variant.
struct ButaneConfig: HostFile {
  let name = "butane"
  let summary = "A configuration for Butane (Fedora CoreOS, Flatcar)."

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).bu" }

  func text(for plan: PortablePlan, head: String) -> String {
    """
    \(head)variant: fcos
    version: 1.5.0
    storage:
      files:
        - path: \(plan.path.jsonQuoted)
          mode: 0644
          overwrite: true
          contents:
            inline: |
    \(plan.dropInLines.indented(by: 10))

    """
  }
}
