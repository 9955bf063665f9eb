import Advisor
import TCPModel

/// A Salt state. Rendered as plain YAML: a profile may say what Jinja would take for its own.
struct SaltState: PlanEmitter {
  let name = "salt"
  let summary = "A state for Salt."
  let part = PlanPart.host
  let group = PlanEmitterGroup.configurationManagement

  func fileNames(for plan: String) -> [String] { ["tcpadvisor-\(plan).sls"] }

  func files(for plan: PortablePlan) -> [EmittedFile] {
    fileNames(for: plan.name).map { file in
      let states = plan.annotatedSysctls.map { state($0, plan.path) }
      return EmittedFile(
        file,
        "#!yaml\n" + plan.head(of: file) + (states.isEmpty ? "{}\n" : states.joined()))
    }
  }

  /// Without `config` it depends on whether systemd runs which file is written.
  private func state(_ sysctl: AnnotatedSysctl, _ path: String) -> String {
    """

    \(sysctl.comments())\(sysctl.key.rawValue.jsonQuoted):
      sysctl.present:
        - value: \(sysctl.plainValue.jsonQuoted)
        - config: \(path.jsonQuoted)

    """
  }
}
