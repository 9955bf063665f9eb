package import Advisor
package import TCPModel

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
