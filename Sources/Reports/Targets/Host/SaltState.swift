import Advisor
import TCPModel

/// A Salt state. Rendered as plain YAML: a profile may say what Jinja would take for its own.
struct SaltState: HostFile {
  let name = "salt"
  let summary = "A state for Salt."
  let provedWith: String? = "Salt 3008"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan).sls" }

  func text(for plan: PortablePlan, head: String) -> String {
    let states = plan.annotatedSysctls.map { state($0, plan.path) }
    return "#!yaml\n" + head + (states.isEmpty ? "{}\n" : states.joined())
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
