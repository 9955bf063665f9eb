package import Advisor
import TCPModel

extension Experiment {
  /// The tick, or that it is unknown.
  fileprivate var tickText: String { snapshot.tickRate?.description ?? "unknown" }
}

/// One scenario under several kernels, for both families or for several clients, side by side.
package struct ScenarioComparison: Sendable {
  private let explanations: [ScenarioExplanation]
  private let scale: Scale

  /// - Parameter explanations: of one scenario; two at least.
  package init(_ explanations: [ScenarioExplanation], scale: Scale) {
    (self.explanations, self.scale) = (explanations, scale)
  }

  package var document: Document {
    guard let scenario = explanations.first?.experiment.scenario else { return Document([]) }
    let chart = TimelineChart(
      of: courses.map(\.timeline), labels: courses.map(\.label), scale: scale)
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
    let rows = ends
    var table = Document.Table(rows)
    table.header = header
    table.narrow = [
      .notes(
        courses.enumerated().map { index, course in
          let facts = rows.filter { !$0[index + 1].isEmpty }.map { "\($0[0]) \($0[index + 1])" }
          return "\(course.label): \(facts.joined(separator: ", "))"
        })
    ]
    return table
  }

  private var header: [RichText] { [""] + courses.map { RichText($0.label) } }

  private var courses: [SharedCourse] {
    SharedCourse.all(of: explanations.map(\.timeline), labels: labels)
  }

  /// What tells the columns apart.
  private var labels: [String] {
    explanations.map { explanation in
      let names = [
        areSame { $0.snapshot.kernel?.release } ? nil : explanation.experiment.snapshot.kernelName,
        areSame(\.family) ? nil : explanation.experiment.family.name,
        areSame(\.client) ? nil : explanation.experiment.client.text,
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
    let timelines = courses.map(\.timeline)
    let survive = timelines.contains { $0.survives.map { $0 > .zero } ?? false }
    let outages = timelines.map { survive ? $0.survives?.text ?? "" : "" }
    let rows = [
      ["accepted if alive"] + timelines.map { $0.acceptance?.range.text ?? "" },
      ["ends after"] + timelines.map(\.summary),
      ["if every timer were exact"] + timelines.map { $0.exactEnd?.text ?? "" },
      ["errno"] + timelines.map { $0.errno ?? "none" },
      ["outage survived"] + outages,
    ]
    return rows.filter { row in row.dropFirst().contains { !$0.isEmpty } }
  }

  /// Those that the kernels do not have alike.
  private var settings: Document.Section {
    let deciding = Set(explanations.flatMap(\.experiment.decidingSysctls))
    let keys = (explanations.first?.experiment.scenario.sysctls ?? []).filter(deciding.contains)
    let rows = keys.compactMap { key -> [String]? in
      let readings = explanations.map { $0.experiment.snapshot[key] }
      guard Set(readings).count > 1 else { return nil }
      return ["\(key.shortName)"] + readings.map(\.text)
    }
    let ticks =
      areSame(\.snapshot.tickRate) ? [] : [["tick"] + explanations.map(\.experiment.tickText)]
    var table = Document.Table(rows + ticks)
    // Where kernels share a column above, theirs are not the columns here.
    if courses.count < labels.count { table.header = [""] + labels.map { RichText($0) } }
    return Document.Section("Settings that differ", [.table(table)])
  }

  /// Each once, with the kernels it is of unless that is all.
  private var reasons: Document.Section {
    var groups: [(reason: String, labels: [String])] = []
    for (label, explanation) in zip(labels, explanations) {
      let reason = explanation.timeline.decision.joined(separator: " ")
      if let known = groups.firstIndex(where: { $0.reason == reason }) {
        groups[known].labels.append(label)
      } else {
        groups.append((reason, [label]))
      }
    }
    let lines = groups.filter { !$0.reason.isEmpty }.map { reason, labels in
      groups.count == 1 ? reason : "\(SharedCourse.joined(labels)): \(reason)"
    }
    return Document.Section("What decides it", [.notes(lines.map { RichText($0) })])
  }

  /// Side by side where each has one course of events, else one below the other.
  private func events(of scenario: Scenario) -> Document.Section {
    let title = "Events, counted from \(scenario.definition.start)"
    let hasBranches = courses.contains { $0.timeline.branches.count > 1 }
    return Document.Section(
      RichText(title),
      (hasBranches ? lists : [.table(eventsTable)]) + courses.map(\.timeline).omission)
  }

  private var eventsTable: Document.Table {
    let columns = courses.map(\.timeline.events)
    let longest = columns.map(\.count).max() ?? 0
    // The ends stand on one line, whatever came before.
    let rows = (0..<max(longest - 1, 0)).map { index in
      row(columns.map { index < $0.count - 1 ? $0[index] : nil })
    }
    var table = Document.Table(longest > 0 ? rows + [row(columns.map(\.last))] : [])
    table.header = header
    table.narrow = lists
    return table
  }

  /// The events of each branch, one below the other.
  private var lists: [Document.Block] {
    courses.flatMap { course in
      let branches = course.timeline.branches
      return zip(branches, course.timeline.conditions).map { branch, condition in
        var table = Document.Table(branch.events.map { [$0.kind.rawValue, $0.range.text] })
        let end = ", ending after \(branch.range.text)\(condition)"
        table.caption = RichText("\(course.label)\(branches.count > 1 ? end : "")")
        return Document.Block.table(table)
      }
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
      let who = those.count == labels.count ? "" : "\(SharedCourse.joined(those.map(\.0))): "
      items.append("\(who)\(pitfall.sentence)")
    }
    return Document.Section("Pitfalls", [.list(items)])
  }
}
