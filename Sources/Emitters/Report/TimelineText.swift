package import TCPModel

/// A timeline as a list of events.
package struct TimelineText: Sendable {
  private let timeline: Timeline
  private let snapshot: SettingsSnapshot

  package init(_ timeline: Timeline, of snapshot: SettingsSnapshot) {
    (self.timeline, self.snapshot) = (timeline, snapshot)
  }

  package var text: String {
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel"
    let tick = snapshot.tickRate.map(\.description) ?? "HZ=100, 250 or 1000"
    let head = """
      \(timeline.scenario.rawValue): \(timeline.scenario.summary)
      \(kernel), \(tick), \(snapshot.source)
      \(verdict)

      """
    return head + timeline.branches.map(branch).joined()
  }

  private var verdict: String {
    switch timeline.ends {
    case .never: return "never ends: \(timeline.scenario.whyItNeverEnds)"
    case .unknown(let reason): return "unknown, because \(reason)"
    case .always, .maybeNever:
      let exact = timeline.nominalEnd.map { " (\($0.text) if every timer were exact)" } ?? ""
      let errno = timeline.errno.map { " with \($0)" } ?? ""
      let end = timeline.errno == nil ? timeline.scenario.silentEnd.map { ": \($0)" } ?? "" : ""
      return "ends after \(timeline.text)\(errno)\(exact)\(end)"
    }
  }

  private func branch(_ branch: Timeline.Branch) -> String {
    let several = timeline.branches.count > 1
    let title = several ? "\nends after \(branch.range.text)\(share(branch))\n" : "\n"
    let names = branch.events.map(\.kind.rawValue)
    let width = names.map(\.count).max() ?? 0
    let rows = branch.events.enumerated().map { index, event in
      let name = event.kind.rawValue + String(repeating: " ", count: width - names[index].count)
      let nominal = nominalText(index, event).map { "  (exact: \($0))" } ?? ""
      return "  \(name)  \(event.range.text)\(nominal)\n"
    }
    return title + rows.joined()
  }

  private func nominalText(_ index: Int, _ event: Timeline.Event) -> String? {
    guard index < timeline.nominalEvents.count, timeline.nominalEvents[index].kind == event.kind
    else { return nil }
    let exact = timeline.nominalEvents[index].range.earliest
    // A timer is late by an eighth of its wait at most, or a tick: beyond lies another course.
    return event.range.earliest <= exact + exact / 7 + .milliseconds(20) ? exact.text : nil
  }

  private func share(_ branch: Timeline.Branch) -> String {
    branch.share.map { " in \((($0 * 1000).rounded() / 10)) % of phases" } ?? ""
  }
}
