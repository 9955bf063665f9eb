package import Advisor
import TCPModel

/// A scenario under the settings of one kernel: when it ends and why, event by event, what the
/// program sees, what would change it, what to mind.
package struct ScenarioText: Sendable {
  private let explanation: ScenarioExplanation
  private let layout: TextLayout
  private let scale: Scale

  package init(_ explanation: ScenarioExplanation, scale: Scale, layout: TextLayout) {
    (self.explanation, self.scale, self.layout) = (explanation, scale, layout)
  }

  private var timeline: Timeline { explanation.timeline }
  private var scenario: Scenario { timeline.scenario }

  package var text: String {
    let isKnown = !timeline.branches.isEmpty
    let sections = [
      heading + verdict, isKnown ? drawing : "", isKnown ? events : "",
      timeline.ends == .never || explanation.isReset ? "" : seen, changes, pitfalls,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var heading: String {
    let summary = "\(scenario.rawValue): \(scenario.summary)"
    return layout.section(
      summary, layout.fold(explanation.experiment.whatIf.joined(separator: ", ")) + "\n")
  }

  private var verdict: String {
    var lines = [explanation.verdict]
    lines += timeline.decision(of: explanation.experiment)
    if scenario.mayBeOutlived, let survives = timeline.survives, survives > .zero {
      lines.append(
        "An outage of up to \(survives.text) is outlived, wherever it begins.")
    }
    return lines.map { layout.fold($0) }.joined()
  }

  private var drawing: String { TimelineChart(of: [timeline], scale: scale, layout: layout).text }

  private var events: String {
    let lists = zip(timeline.branches, timeline.conditions).map { branch, condition in
      let isOnly = timeline.branches.count == 1
      let title = isOnly ? "" : layout.fold("  ending after \(branch.range.text)\(condition)")
      return title + layout.table(timeline.eventRows(of: branch))
    }
    return layout.section("Events, counted from \(scenario.start)", lists.joined())
  }

  private var seen: String {
    let seen = scenario.applicationView
    let text = seen.events.map { "epoll: \($0). \(seen.text)" } ?? seen.text
    return layout.section("What the program sees", layout.fold("  \(text)", hanging: 2))
  }

  private var changes: String {
    if case .unknown = timeline.ends { return "" }
    return explanation.sensitivities.text(beside: timeline, layout: layout)
  }

  private var pitfalls: String {
    let lines = explanation.pitfalls.map { layout.fold("  - \($0.sentence)", hanging: 4) }
    return lines.isEmpty ? "" : layout.section("To mind", lines.joined())
  }
}

extension ScenarioExplanation {
  /// Whether there is no waiting at all: a TCP_LINGER2 below zero resets.
  fileprivate var isReset: Bool {
    experiment.scenario == .finWait && timeline.range?.latest == .zero
  }

  /// `, 36–38 s after its death`, where that is not what times count from.
  private var sinceDeath: String {
    guard let time = experiment.timeBeforeDeath, time > .zero, let range = timeline.range else {
      return ""
    }
    let rest = TimeRange(max(range.earliest - time, .zero), max(range.latest - time, .zero))
    return ", \(rest.text) after its death"
  }

  /// When it ends, in a sentence.
  fileprivate var verdict: String {
    if isReset { return "Ends at once: close() sends a reset to the peer, and nothing waits." }
    let event = timeline.scenario.event
    let subject = event.prefix(1).uppercased() + event.dropFirst()
    switch timeline.ends {
    case .never: return "Never ends: \(timeline.scenario.whyItNeverEnds)."
    case .unknown(let reason): return "Unknown, because \(reason)."
    case .always, .maybeNever:
      let exact = timeline.exactEnd.map { "; \($0.text) if every timer were exact" } ?? ""
      let errno = timeline.errno.map { " with \($0)" } ?? ""
      let never =
        timeline.ends == .maybeNever ? ", or never: \(timeline.scenario.whyItNeverEnds)" : ""
      return "\(subject) after \(timeline.summary)\(errno)\(sinceDeath)\(never)\(exact)."
    }
  }
}

extension Timeline {
  /// Kind, range, and the exact time of each event of a branch.
  func eventRows(of branch: Branch) -> [[String]] {
    branch.events.enumerated().map { index, event in
      [
        event.kind.rawValue, event.range.text,
        exactTime(index, event).map { "exact: \($0.text)" } ?? "",
      ]
    }
  }

  private func exactTime(_ index: Int, _ event: Event) -> Duration? {
    guard index < exactEvents.count, exactEvents[index].kind == event.kind else { return nil }
    let exact = exactEvents[index].range.earliest
    // A timer is late by an eighth of its wait at most, or a tick: beyond lies another course.
    return event.range.earliest <= exact + exact / 7 + .milliseconds(20) ? exact : nil
  }
}
