import Advisor
import TCPModel

/// A TuneD profile; under /etc/tuned/profiles since 2.23, before that in /etc/tuned.
struct TuneDProfile: HostFile {
  let name = "tuned"
  let summary = "A profile for TuneD."
  let provedWith: String? = "TuneD 2.20"

  func fileName(for plan: String) -> String { "tcpadvisor-\(plan)/tuned.conf" }

  func text(for plan: PortablePlan, head: String) -> String {
    head + advice + main(plan) + plan.annotatedSysctls.map { "\n\($0.tunedLines)" }.joined()
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

extension AnnotatedSysctl {
  /// As TuneD reads it, below its comments.
  var tunedLines: String {
    let isOne = !plainValue.contains { $0 == " " || $0 == "#" || $0 == "$" }
    return "\(comments())\(key)=\(isOne ? plainValue : plainValue.jsonQuoted)\n"
  }
}
