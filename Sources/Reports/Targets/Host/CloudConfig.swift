import Advisor
import TCPModel

/// cloud-init, which has no module for sysctls: the drop-in as a file, and a command that loads it.
struct CloudConfig: PlanEmitter {
  let name = "cloud-init"
  let summary = "User data for cloud-init."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan)-user-data.yaml"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      EmittedFile(
        file,
        """
        #cloud-config
        \(plan.head(of: file))write_files:
          - path: \(plan.path.jsonQuoted)
            owner: root:root
            permissions: "0644"
            content: |
        \(plan.dropInLines.indented(by: 6))
        runcmd:
          - [sysctl, -p, \(plan.path.jsonQuoted)]

        """)
    }
  }
}
