package import Advisor
import TCPModel

/// A file for /etc/sysctl.d, ready to commit: above each key why, and what it changes in seconds.
package struct SysctlDropIn: PlanEmitter {
  package let name = "sysctl"
  package let summary = "A file for /etc/sysctl.d."
  package let part = PlanPart.host
  package let group = "configuration management"
  package let provedWith: String? = "sysctl -p"

  package func fileNames(for plan: String) -> [String] { ["60-tcpadvisor-\(plan).conf"] }

  package func files(for plan: PortablePlan) -> [EmittedFile] {
    [EmittedFile(plan.fileName, head(plan) + plan.annotatedSysctls.map(line).joined())]
  }

  private func head(_ plan: PortablePlan) -> String {
    let profiles = plan.profiles.map(\.name)
    let word = profiles.count == 1 ? "profile" : "profiles"
    var text = CommentWrapper.fold(
      "\(plan.fileName), made by \(Tool.name) \(Tool.version) for the \(word)"
        + " \(profiles.joined(separator: ", ")).")
    text += CommentWrapper.fold(
      "Holds on Linux \(KernelVersion.list(plan.kernels)), at any timer tick. Before: the"
        + " kernel's default.")
    for contradiction in plan.plan.contradictions {
      text += "#\n" + CommentWrapper.fold("Not met: \(contradiction.textWithoutPlaces)")
    }
    if plan.plan.sysctls.isEmpty, plan.plan.contradictions.isEmpty {
      text += "#\n" + CommentWrapper.fold("Nothing that a sysctl decides is asked for.")
    }
    return text
  }

  private func line(_ sysctl: AnnotatedSysctl) -> String {
    "\n" + sysctl.paragraphs.map { CommentWrapper.fold($0) }.joined()
      + "\(sysctl.key) = \(sysctl.value)\n"
  }
}

extension Plan.Contradiction {
  /// Emitted text does not depend on where a profile's file lies.
  var textWithoutPlaces: String {
    let named = requirements.map { $0.text + ($0.needs.map { " needs \($0)" } ?? "") }
    return "\(group): \(named.joined(separator: " and ")): \(because)"
  }
}
