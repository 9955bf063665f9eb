import Advisor
import TCPModel

/// A note of one's own for saptune. Its date is that of what the profile says, or of the tool, never of
/// today.
struct SaptuneNote: HostFile {
  let name = "saptune"
  let summary = "A note for saptune."

  func fileName(for plan: String) -> String { "saptune/tcpadvisor-\(plan).conf" }

  func text(for plan: PortablePlan, head: String) -> String {
    head
      + CommentWrapper.fold(
        "Goes to /etc/saptune/extra/, then: saptune note apply tcpadvisor-\(plan.name)")
        + """
        [version]
        VERSION=1
        DATE=\(date(plan))
        DESCRIPTION=\("TCP timers for \(plan.name), by \(Tool.name)".printableLine)
        REFERENCES=\(references(plan))

        [sysctl]

        """
      + plan.annotatedSysctls.map {
        "\n\($0.comments())\($0.key) = \($0.plainValue)\n"
      }.joined()
  }

  /// The day on which the devices of the profiles were last looked up, or that of the tool, as saptune
  /// writes it.
  private func date(_ plan: PortablePlan) -> String {
    let dates = plan.profiles.flatMap(\.groups).flatMap(\.middleboxes).compactMap(\.checkedOn)
    let parts = (dates.max() ?? Tool.date).split(separator: "-")
    return parts.reversed().joined(separator: ".").printableLine
  }

  /// The places on the web that the profiles name.
  private func references(_ plan: PortablePlan) -> String {
    let sources = plan.profiles.flatMap(\.groups).flatMap(\.middleboxes).compactMap(\.source)
    return Set(sources.filter { $0.hasPrefix("https://") && !$0.contains(" ") }).sorted()
      .map(\.printableLine).joined(separator: " ")
  }
}
