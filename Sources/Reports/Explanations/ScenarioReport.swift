package import Advisor
import TCPModel

/// A scenario under the settings of one kernel: when it ends and why, event by event, what the
/// program sees, what would change it, what to mind.
package struct ScenarioReport: Sendable {
  private let explanation: ScenarioExplanation
  private let scale: Scale

  package init(_ explanation: ScenarioExplanation, scale: Scale) {
    (self.explanation, self.scale) = (explanation, scale)
  }

  private var timeline: Timeline { explanation.timeline }
  private var scenario: Scenario { timeline.scenario }

  package var document: Document {
    let chart = timeline.branches.isEmpty ? [] : [TimelineChart(of: [timeline], scale: scale)]
    let pitfalls = explanation.pitfalls.map { RichText($0.sentence) }
    return Document([
      heading,
      Document.Section(on: explanation.experiment.snapshot, deciding: scenario.sysctls),
      verdict, Document.Section(chart.map(Document.Block.chart)), events,
      applicationView, changes, Document.Section("Pitfalls", [.list(pitfalls)]),
    ])
  }

  private var heading: Document.Section {
    let whatIf = explanation.experiment.whatIf.joined(separator: ", ")
    return Document.Section(
      "\(scenario.rawValue): \(scenario.summary)", level: .title, [.paragraph(RichText(whatIf))])
  }

  private var verdict: Document.Section {
    var lines = [explanation.acceptance, explanation.verdict].compactMap { $0 } + timeline.decision
    if scenario.definition.survivesOutages, let survives = timeline.survives, survives > .zero {
      lines.append("Survives an outage of up to \(survives.text), whenever it begins.")
    }
    return Document.Section(lines.map { .paragraph(RichText($0)) })
  }

  private var events: Document.Section {
    let tables = zip(timeline.branches, timeline.conditions).map { branch, condition in
      var table = Document.Table(timeline.eventRows(of: branch))
      if timeline.branches.count > 1 {
        table.caption = "ending after \(branch.range.text)\(condition)"
      }
      return Document.Block.table(table)
    }
    return Document.Section(
      "Events, counted from \(scenario.definition.start)", tables + [timeline].omission)
  }

  private var applicationView: Document.Section {
    let view = scenario.definition.applicationView
    let events = scenario.definition.ending.events
    let text = events.map { "epoll: \($0). \(view)" } ?? view
    let isSeen = timeline.ends != .never && !explanation.isReset
    return Document.Section("What the program sees", isSeen ? [.paragraph(RichText(text))] : [])
  }

  private var changes: Document.Section {
    if case .unknown = timeline.ends { return Document.Section([]) }
    return explanation.sensitivities.section(beside: timeline)
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

  /// What becomes of a client that lives, where that is not acceptance at once.
  fileprivate var acceptance: String? {
    guard let acceptance = timeline.acceptance else { return nil }
    let seconds = experiment.options[.deferAccept] ?? 0
    let timeouts = acceptance.timeouts == 1 ? "one timeout" : "\(acceptance.timeouts) timeouts"
    return "A live client that sends nothing is accepted after \(timeouts) of the SYN-ACK,"
      + " \(acceptance.range.text), to which TCP_DEFER_ACCEPT = \(seconds) s is rounded up; one that"
      + " sends is accepted with its data."
  }

  /// When it ends, in a sentence.
  fileprivate var verdict: String {
    if isReset { return "Ends at once: close() sends a reset to the peer, and nothing waits." }
    let event =
      timeline.acceptance == nil
      ? timeline.scenario.event : "a half-open connection whose client is gone is dropped"
    let subject = event.prefix(1).uppercased() + event.dropFirst()
    switch timeline.ends {
    case .never: return "Never ends: \(experiment.whyItNeverEnds)."
    case .unknown(let reason): return "Unknown, because \(reason)."
    case .always, .maybeNever:
      let exact = timeline.exactEnd.map { "; \($0.text) if every timer were exact" } ?? ""
      let comma = timeline.endsByCircumstance == nil ? "" : ","
      let errno = timeline.errno.map { "\(comma) with \($0)" } ?? ""
      let never =
        timeline.ends == .maybeNever ? ", or never: \(experiment.whyItNeverEnds)" : ""
      return "\(subject) after \(timeline.summary)\(errno)\(sinceDeath)\(never)\(exact)."
    }
  }
}

extension [Timeline] {
  /// A note where the events of a branch are not all listed.
  var omission: [Document.Block] {
    let areAllListed = allSatisfy { $0.listed == nil }
    return areAllListed ? [] : [.notes(["Events that only repeat are not all listed."])]
  }
}

extension Timeline {
  /// Kind, range, and the exact time of each event of a branch.
  func eventRows(of branch: Branch) -> [[String]] {
    branch.events.enumerated().map { index, event in
      [
        event.kind.rawValue, event.range.text,
        exactTime(of: event, at: index).map { "exact: \($0.text)" } ?? "",
      ]
    }
  }
}
