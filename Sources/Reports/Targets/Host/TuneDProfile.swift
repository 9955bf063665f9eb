import Advisor
import TCPModel

/// A TuneD profile; under /etc/tuned/profiles since 2.23, before that in /etc/tuned.
struct TuneDProfile: HostFile {
  let name = "tuned"
  let summary = "A profile for TuneD."
  let provedWith: String? = "TuneD 2.20"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)/tuned.conf" }

  func text(for plan: PortablePlan, head: String) -> String {
    let lines = plan.annotatedSysctls.map { sysctl in
      let value = sysctl.plainValue
      let isOne = !value.contains { $0 == " " || $0 == "#" || $0 == "$" }
      return "\n\(sysctl.comments())\(sysctl.key)=\(isOne ? value : value.jsonQuoted)\n"
    }
    return head + advice + main(plan) + lines.joined()
  }

  private var advice: String {
    CommentWrapper.fold(
      "Goes to /etc/tuned/profiles/ (TuneD 2.23 and later) or /etc/tuned/. One profile is active at"
        + " a time: name the one that is today after include=, or its settings are lost. What"
        + " sysctl.d sets wins, unless reapply_sysctl is off.")
  }

  private func main(_ plan: PortablePlan) -> String {
    """
    [main]
    summary=\("TCP timers for \(plan.name), by \(Tool.name)".printableLine)
    # include=throughput-performance

    [sysctl]

    """
  }
}
