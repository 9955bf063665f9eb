import Advisor
import TCPModel

/// Puppet, by the define of thias-sysctl: a file for each key, which the define names.
struct PuppetSysctlDefine: PlanEmitter {
  let name = "puppet-thias"
  let summary = "A manifest for the sysctl define of thias-sysctl."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement
  let provedWith: String? = "puppet parser validate"

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan)-thias.pp"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      EmittedFile(file, plan.head(of: file) + plan.annotatedSysctls.map(resource).joined())
    }
  }

  private func resource(_ sysctl: AnnotatedSysctl) -> String {
    let lines = sysctl.paragraphs.map { "    \($0.printableLine.rubyQuoted),\n" }.joined()
    return """

      sysctl { \(sysctl.key.rawValue.rubyQuoted):
        value   => \(sysctl.plainValue.rubyQuoted),
        prefix  => '60',
        comment => [
      \(lines)  ],
      }

      """
  }
}
