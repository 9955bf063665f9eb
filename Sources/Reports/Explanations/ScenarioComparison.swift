package import Advisor
import TCPModel

extension Experiment {
  /// The tick, or that it is unknown.
  fileprivate var tickText: String { snapshot.tickRate?.description ?? "unknown" }
}

/// One scenario under several kernels or for both families, side by side.
package struct ScenarioComparison: Sendable {
  private let explanations: [ScenarioExplanation]
  private let scale: Scale

  /// - Parameter explanations: of one scenario; two at least.
  package init(_ explanations: [ScenarioExplanation], scale: Scale) {
    (self.explanations, self.scale) = (explanations, scale)
  }

  package var document: Document {
    guard let scenario = explanations.first?.experiment.scenario else { return Document([]) }
    let chart = TimelineChart(of: timelines, labels: labels, scale: scale)
    return Document([
      Document.Section(
        "\(scenario.rawValue): \(scenario.summary)", level: .title,
        [.paragraph(RichText(shared))]),
      Document.Section([.notes(captureNotes(on: scenario.sysctls))]),
      Document.Section([.table(endsTable)]), settings, reasons, Document.Section([.chart(chart)]),
      events(of: scenario), pitfalls,
    ])
  }

  /// Each once, as the kernels share the capture.
  private func captureNotes(on keys: [SysctlKey]) -> [RichText] {
    explanations.map(\.experiment.snapshot).reduce(into: []) { notes, snapshot in
      notes += snapshot.captureNotes(on: keys).filter { !notes.contains($0) }
    }
  }

  /// The circumstances that are the same for all.
  private var shared: String {
    let first = explanations.first?.experiment.whatIf ?? []
    return first.filter { part in
      explanations.allSatisfy { $0.experiment.whatIf.contains(part) }
    }.joined(separator: ", ")
  }

  /// A column for each; where those do not fit a line for each.
  private var endsTable: Document.Table {
    var table = Document.Table(ends)
    table.header = header
    table.narrow = [
      .notes(
        labels.enumerated().map { index, label in
          let facts = ends.filter { !$0[index + 1].isEmpty }.map { "\($0[0]) \($0[index + 1])" }
          return "\(label): \(facts.joined(separator: ", "))"
        })
    ]
    return table
  }

  private var header: [RichText] { [""] + labels.map { RichText($0) } }

  private var timelines: [Timeline] { explanations.map(\.timeline) }

  /// What tells the columns apart.
  private var labels: [String] {
    explanations.map { explanation in
      let names = [
        areSame { $0.snapshot.kernel?.release } ? nil : explanation.experiment.snapshot.kernelName,
        areSame(\.family) ? nil : explanation.experiment.family.name,
      ].compactMap { $0 }
      return names.isEmpty
        ? explanation.experiment.snapshot.kernelName : names.joined(separator: ", ")
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
      ["outage survived"] + timelines.map { $0.survives?.text ?? "" },
      ["tick"] + (areSame(\.snapshot.tickRate) ? [] : explanations.map(\.experiment.tickText)),
    ]
    return rows.filter { row in row.dropFirst().contains { !$0.isEmpty } }
  }

  /// Those that the kernels do not have alike.
  private var settings: Document.Section {
    let keys = explanations.first?.experiment.scenario.sysctls ?? []
    let rows = keys.compactMap { key -> [String]? in
      let readings = explanations.map { $0.experiment.snapshot[key] }
      guard Set(readings).count > 1 else { return nil }
      return ["\(key.shortName)"] + readings.map(\.text)
    }
    return Document.Section("Settings that differ", [.table(Document.Table(rows))])
  }

  /// Once where they are the same for all.
  private var reasons: Document.Section {
    let reasons = explanations.map {
      $0.timeline.decision.joined(separator: " ")
    }
    let isShared = Set(reasons).count == 1
    let lines = isShared ? Array(reasons.prefix(1)) : zip(labels, reasons).map { "\($0): \($1)" }
    return Document.Section("What decides it", [.notes(lines.map { RichText($0) })])
  }

  private func events(of scenario: Scenario) -> Document.Section {
    let columns = timelines.map(\.events)
    let longest = columns.map(\.count).max() ?? 0
    // The ends stand on one line, whatever came before.
    let rows = (0..<max(longest - 1, 0)).map { index in
      row(columns.map { index < $0.count - 1 ? $0[index] : nil })
    }
    var table = Document.Table(longest > 0 ? rows + [row(columns.map(\.last))] : [])
    table.header = header
    table.narrow = lists
    return Document.Section("Events, counted from \(scenario.definition.start)", [.table(table)])
  }

  /// The events of each, one below the other.
  private var lists: [Document.Block] {
    zip(labels, timelines).map { label, timeline in
      var table = Document.Table(timeline.events.map { [$0.kind.rawValue, $0.range.text] })
      table.caption = RichText(label)
      return .table(table)
    }
  }

  /// The kind once where all have it, else with each range.
  private func row(_ events: [Timeline.Event?]) -> [String] {
    let kinds = Set(events.compactMap { $0?.kind })
    guard kinds.count == 1, let kind = kinds.first else {
      return [""] + events.map { $0.map { "\($0.kind.rawValue) \($0.range.text)" } ?? "" }
    }
    return [kind.rawValue] + events.map { $0?.range.text ?? "" }
  }

  private var pitfalls: Document.Section {
    var items: [RichText] = []
    var mentioned: Set<String> = []
    for pitfall in explanations.flatMap(\.pitfalls) where mentioned.insert(pitfall.id).inserted {
      let those = zip(labels, explanations).filter { $1.pitfalls.contains { $0.id == pitfall.id } }
      let who = those.count == labels.count ? "" : "\(those.map(\.0).joined(separator: "; ")): "
      items.append("\(who)\(pitfall.sentence)")
    }
    return Document.Section("Pitfalls", [.list(items)])
  }
}
