package import Advisor
import TCPModel

/// One scenario under several kernels or for both families, side by side.
package struct ScenarioComparison: Sendable {
  private let explanations: [ScenarioExplanation]
  private let layout: TextLayout
  private let scale: Scale

  /// - Parameter explanations: of one scenario; two at least.
  package init(_ explanations: [ScenarioExplanation], scale: Scale, layout: TextLayout) {
    (self.explanations, self.scale, self.layout) = (explanations, scale, layout)
  }

  package var text: String {
    guard let scenario = explanations.first?.experiment.scenario else { return "" }
    let title = "\(scenario.rawValue): \(scenario.summary)"
    let sections = [
      layout.section(title, layout.fold(shared) + "\n" + endsTable), settings, reasons, drawing,
      events(of: scenario), pitfalls,
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The circumstances that are the same for all.
  private var shared: String {
    let first = explanations.first?.experiment.whatIf ?? []
    return first.filter { part in
      explanations.allSatisfy { $0.experiment.whatIf.contains(part) }
    }.joined(separator: ", ")
  }

  /// A column for each; where those do not fit a line for each.
  private var endsTable: String {
    let columns = [[""] + labels] + ends
    guard !layout.fits(columns) else { return layout.table(columns) }
    return labels.enumerated().map { index, label in
      let facts = ends.filter { !$0[index + 1].isEmpty }.map { "\($0[0]) \($0[index + 1])" }
      return layout.fold("  \(label): \(facts.joined(separator: ", "))", hanging: 4)
    }.joined()
  }

  private var timelines: [Timeline] { explanations.map(\.timeline) }

  /// What tells the columns apart.
  private var labels: [String] {
    explanations.map { explanation in
      let names = [
        areSame { $0.snapshot.kernel?.release } ? nil : explanation.experiment.kernelName,
        areSame(\.family) ? nil : explanation.experiment.family.name,
      ].compactMap { $0 }
      return names.isEmpty ? explanation.experiment.kernelName : names.joined(separator: ", ")
    }
  }

  private func areSame<Value: Equatable>(_ value: (Experiment) -> Value) -> Bool {
    guard let first = explanations.first else { return true }
    return explanations.allSatisfy { value($0.experiment) == value(first.experiment) }
  }

  private var ends: [[String]] {
    let rows = [
      ["ends after"] + timelines.map(\.summary),
      ["if every timer were exact"] + timelines.map { $0.exactEnd?.text ?? "" },
      ["errno"] + timelines.map { $0.errno ?? "none" },
      ["outage outlived"] + timelines.map { $0.survives?.text ?? "" },
    ]
    return rows.filter { row in row.dropFirst().contains { !$0.isEmpty } }
  }

  /// Those that the kernels do not have alike.
  private var settings: String {
    let keys = explanations.first?.experiment.scenario.sysctls ?? []
    let rows = keys.compactMap { key -> [String]? in
      let readings = explanations.map { $0.experiment.snapshot[key] }
      guard Set(readings).count > 1 else { return nil }
      return ["\(key.shortName)"] + readings.map(\.text)
    }
    return rows.isEmpty ? "" : layout.section("Settings that differ", layout.table(rows))
  }

  /// Once where they are the same for all.
  private var reasons: String {
    let reasons = explanations.map {
      $0.timeline.decision(of: $0.experiment).joined(separator: " ")
    }
    let isShared = Set(reasons).count == 1
    let lines = isShared ? Array(reasons.prefix(1)) : zip(labels, reasons).map { "\($0): \($1)" }
    return layout.section(
      "What decides it", lines.map { layout.fold("  \($0)", hanging: 4) }.joined())
  }

  private var drawing: String {
    TimelineChart(of: timelines, labels: labels, scale: scale, layout: layout).text
  }

  private func events(of scenario: Scenario) -> String {
    let columns = timelines.map(\.events)
    let longest = columns.map(\.count).max() ?? 0
    // The ends stand on one line, whatever came before.
    let rows = (0..<max(longest - 1, 0)).map { index in
      row(columns.map { index < $0.count - 1 ? $0[index] : nil })
    }
    let all = rows + [row(columns.map(\.last))]
    let title = "Events, counted from \(scenario.start)"
    guard longest > 0 else { return "" }
    let table = [[""] + labels] + all
    return layout.section(title, layout.fits(table) ? layout.table(table) : lists)
  }

  /// The events of each, one below the other.
  private var lists: String {
    zip(labels, timelines).map { label, timeline in
      layout.fold("  \(label)")
        + layout.table(timeline.events.map { [$0.kind.rawValue, $0.range.text] })
    }.joined()
  }

  /// The kind once where all have it, else with each range.
  private func row(_ events: [Timeline.Event?]) -> [String] {
    let kinds = Set(events.compactMap { $0?.kind })
    guard kinds.count == 1, let kind = kinds.first else {
      return [""] + events.map { $0.map { "\($0.kind.rawValue) \($0.range.text)" } ?? "" }
    }
    return [kind.rawValue] + events.map { $0?.range.text ?? "" }
  }

  private var pitfalls: String {
    var lines: [String] = []
    var mentioned: Set<String> = []
    for pitfall in explanations.flatMap(\.pitfalls) where mentioned.insert(pitfall.id).inserted {
      let those = zip(labels, explanations).filter { $1.pitfalls.contains { $0.id == pitfall.id } }
      let who = those.count == labels.count ? "" : "\(those.map(\.0).joined(separator: "; ")): "
      lines.append(layout.fold("  - \(who)\(pitfall.sentence)", hanging: 4))
    }
    return lines.isEmpty ? "" : layout.section("To mind", lines.joined())
  }
}
