import Advisor
import TCPModel

/// Butane for Fedora CoreOS; Flatcar takes it with its own variant.
struct ButaneConfig: PlanEmitter {
  let name = "butane"
  let summary = "A configuration for Butane (Fedora CoreOS, Flatcar)."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan).bu"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      EmittedFile(
        file,
        """
        \(plan.head(of: file))variant: fcos
        version: 1.5.0
        storage:
          files:
            - path: \(plan.path.jsonQuoted)
              mode: 0644
              overwrite: true
              contents:
                inline: |
        \(plan.dropInLines.indented(by: 10))

        """)
    }
  }
}
