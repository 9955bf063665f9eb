package import Advisor
package import TCPModel

/// A file for /etc/sysctl.d, ready to commit: above each key why, and what it changes in seconds.
package struct SysctlDropIn: Sendable {
  package init() {}

  package func text(for portablePlan: PortablePlan) -> String {
    let profiles = portablePlan.profiles.map(\.name)
    let word = profiles.count == 1 ? "profile" : "profiles"
    var text = CommentWrapper.fold(
      "\(portablePlan.fileName), made by \(Tool.name) \(Tool.version) for the \(word)"
        + " \(profiles.joined(separator: ", ")).")
    text += CommentWrapper.fold(
      "Holds on Linux \(KernelVersion.list(portablePlan.kernels)), at any timer tick. Before: the"
        + " kernel's default.")
    for contradiction in portablePlan.plan.contradictions {
      text += "#\n" + CommentWrapper.fold("Not met: \(contradiction.textWithoutPlaces)")
    }
    let sysctls = portablePlan.plan.sysctls
    if sysctls.isEmpty, portablePlan.plan.contradictions.isEmpty {
      text += "#\n" + CommentWrapper.fold("Nothing that a sysctl decides is asked for.")
    }
    // Keys that serve one objective share its reason; it stands above the first.
    var mentioned: Set<Objective> = []
    return text
      + sysctls.map { "\n\(comment($0, &mentioned))\($0.key) = \($0.to)\n" }.joined()
  }

  private func comment(_ change: Plan.SysctlChange, _ mentioned: inout Set<Objective>) -> String {
    let unit = SysctlCatalog[change.key]?.unit.suffix ?? ""
    let before = change.from.printed.map {
      $0 == change.to ? "the default" : "default \($0)\(unit)"
    }
    var lines = CommentWrapper.fold(
      (change.key.comment ?? "asked for by the profile") + (before.map { " (\($0))" } ?? ""))
    if let requirement = change.requirement { lines += reason(requirement.why, requirement.source) }
    for effect in change.effects {
      let who = effect.basis.isEmpty ? "" : ", with \(effect.basis.text)"
      let asked = effect.asked.map { "; asked: \($0)" } ?? ""
      lines += CommentWrapper.fold("\(effect.group): \(effect.text)\(who)\(asked)")
      if mentioned.insert(effect.objective).inserted {
        lines += reason(effect.objective.why, effect.objective.source)
      }
    }
    return lines
  }

  private func reason(_ why: String?, _ source: String?) -> String {
    guard let why else { return "" }
    return CommentWrapper.fold("why: \(why)" + (source.map { " [\($0)]" } ?? ""))
  }
}

extension Plan.Contradiction {
  /// Emitted text does not depend on where a profile's file lies.
  var textWithoutPlaces: String {
    let named = requirements.map { $0.text + ($0.needs.map { " needs \($0)" } ?? "") }
    return "\(group): \(named.joined(separator: " and ")): \(because)"
  }
}

/// The file that takes a drop-in back: the same keys with the values read before.
package struct UndoDropIn: Sendable {
  package init() {}

  package func text(for portablePlan: PortablePlan, valuesOf snapshot: SettingsSnapshot) -> String {
    let head = CommentWrapper.fold(
      "Takes back \(portablePlan.fileName): the values that \(snapshot.source) had."
        + " Made by \(Tool.name) \(Tool.version).")
    let lines = portablePlan.plan.sysctls.map { change in
      snapshot[change.key].printed.map { "\(change.key) = \($0)\n" }
        ?? "# \(change.key): \(snapshot[change.key].text)\n"
    }
    return head + "\n" + lines.joined()
  }
}
