package import Advisor
import SysctlFiles
import TCPModel

/// The report of `advise`: what happens today, what is asked, what was measured, what to change.
package struct AdviceReport: Sendable {
  let advice: Advice
  let comparisons: [Comparison]
  private let surroundings: DeploymentContext
  /// Whether it need not be said which connections something is about.
  private let isSingle: Bool

  package init(_ advice: Advice, comparisons: [Comparison], surroundings: DeploymentContext) {
    (self.advice, self.comparisons, self.surroundings) = (advice, comparisons, surroundings)
    isSingle = advice.profiles.reduce(0) { $0 + $1.groups.count } == 1
  }

  package var document: Document {
    Document([heading, today, asked, measured] + changes + [application])
  }

  var heading: Document.Section {
    let snapshot = advice.host.snapshot
    return Document.Section([
      .paragraph(
        "\(Tool.name) \(Tool.version): \(snapshot.kernelName), \(snapshot.tickName), \(snapshot.sourceText)"
      ),
      .notes(snapshot.captureNotes(on: advice.findings.decidingKeys)),
    ])
  }

  /// Each scenario once for each group; idle without keepalive as well, because no sysctl helps it.
  private var today: Document.Section {
    let rows = advice.forecasts.filter { $0.phase == .current }.flatMap { forecast in
      let row = [label(forecast.group, forecast.timeline.scenario), forecast.spanText]
      let scenario = forecast.timeline.scenario
      guard scenario == .idle else { return [row + [scenario.brief]] }
      let timers = forecast.state.timers(in: .idle)
      guard timers.heartbeat == nil else { return [row + ["with \(timers.text)"]] }
      let never = [label(forecast.group, .idle), "never", "without SO_KEEPALIVE"]
      guard forecast.basis[.keepalive] ?? 0 != 0 else { return [never] }
      return [never, ["", forecast.spanText, "with \(forecast.basis.text)"]]
    }
    return Document.Section(
      "How long until the kernel gives up, today", [.table(Document.Table(rows))])
  }

  var asked: Document.Section {
    let names = advice.profiles.map(\.name).joined(separator: " + ")
    let rows = advice.findings.map { finding -> [RichText] in
      [
        RichText(finding.scenario.map { label(finding.group, $0) } ?? finding.group),
        RichText(finding.wish), "\(finding.status.mark)", RichText(finding.reason),
      ]
    }
    return Document.Section("Objectives of \(names)", [.table(Document.Table(rows))])
  }

  var measured: Document.Section {
    let refusal = comparisons.refusal
    let venue = refusal == nil ? "in a sandbox" : "on the host's loopback"
    var notes = refusal.map { ["no sandbox: \($0)" as RichText] } ?? []
    if let reason = comparisons.sharedRefusal { notes.append("nothing: \(reason)") }
    let table = comparisons.sharedRefusal == nil ? comparisons.map(row) : []
    return Document.Section(
      "Measured on this kernel, \(venue)", [.notes(notes), .table(Document.Table(table))])
  }

  private func row(_ comparison: Comparison) -> [RichText] {
    [
      RichText(label(comparison.request.group, comparison.request.experiment.scenario)),
      comparison.request.phase == .current ? "now" : "planned",
      "\(comparison.status.mark)", RichText(comparison.text),
    ]
  }

  /// The host part, the program part, and what stands in the way.
  var changes: [Document.Section] {
    let plan = advice.plan
    if plan.isEmpty, plan.contradictions.isEmpty, plan.unsearched.isEmpty {
      let nothing: RichText = "Nothing to change: every objective that can be judged is met."
      return [Document.Section([.paragraph(nothing)])]
    }
    // With several groups each row says whose program it is.
    let rows = plan.programRows.map { isSingle ? $0.cells : [$0.group] + $0.cells }
    let hostEffects = Set(plan.hostEffects)
    let effects = plan.programEffects.filter { !hostEffects.contains($0) }
    let isTwofold = !plan.hostRows.isEmpty && !rows.isEmpty
    return [
      part("To change on the host", plan.hostRows, plan.hostEffects, plan.hostBounds),
      part(
        "To change in programs", rows, effects,
        plan.programBounds.map { isSingle ? $0.text : "\($0.group): \($0.text)" }),
      Document.Section(isTwofold ? [.paragraph(sufficiency)] : []),
      Document.Section([
        .notes(
          plan.sideEffects.map(note) + plan.contradictions.map(note)
            + plan.unsearchedTexts.map { RichText($0) })
      ]),
    ]
  }

  /// Whether the host or the programs have to change, or both.
  private var sufficiency: RichText {
    switch (advice.sufficientParts.contains(.host), advice.sufficientParts.contains(.programs)) {
    case (true, true): "Either list is enough: the host or the programs."
    case (true, false): "The changes on the host are enough alone."
    case (false, true): "The changes in programs are enough alone."
    case (false, false): "Both lists are needed."
    }
  }

  private func note(_ effect: Plan.SideEffect) -> RichText {
    "side effect: \(isSingle ? "" : "\(effect.group): ")\(effect.text)"
  }

  private func note(_ contradiction: Plan.Contradiction) -> RichText {
    "\(StatusMark("cannot be met", .doubtful)): \(contradiction.text)"
  }

  private func part(
    _ title: RichText, _ rows: [[String]], _ effects: [Plan.Effect], _ bounds: [String]
  ) -> Document.Section {
    let notes = effects.map { effect -> RichText in
      "\(isSingle ? "" : "\(effect.group): ")\(effect.text)"
    }
    return Document.Section(
      title, [.table(Document.Table(rows)), .notes(notes + bounds.map { RichText($0) })])
  }

  var application: Document.Section {
    Document.Section("To apply", [.notes(commands + surroundings.notes)])
  }

  /// What writes the plan as files.
  private var commands: [RichText] {
    let plan = advice.plan
    var lines: [RichText] = []
    let file = PortablePlan.fileName(for: advice.profiles.joinedName)
    if advice.scope == .host {
      lines.append(
        """
        the values above depend on other settings of this host; \
        \(command: "\(Tool.name) emit") writes values for hosts that otherwise have the defaults
        """)
    } else if !plan.sysctls.isEmpty {
      let command = "\(Tool.name) emit sysctl \(arguments) -o \(file)"
      lines.append(
        "sysctls: \(command: command), commit it to /etc/sysctl.d, then `sysctl --system`")
    }
    if plan.changesPrograms {
      let command = "\(Tool.name) emit sockets \(arguments)"
      lines.append("programs: \(command: command), or \(command: "emit c") for code")
    }
    return lines
  }

  /// Of `emit`, so that it writes the same plan.
  private var arguments: String {
    let kernel = advice.scope == .kernel ? advice.host.snapshot.kernel : nil
    let profiles = advice.profiles.map { "--profile \($0.name)" }
    return (profiles + (kernel.map { ["--kernel \($0.major).\($0.minor)"] } ?? []))
      .joined(separator: " ")
  }

  /// The scenario, with its group's name where there are several.
  func label(_ group: String, _ scenario: Scenario) -> String {
    isSingle ? scenario.rawValue : "\(group) \(scenario.rawValue)"
  }
}

extension DeploymentContext {
  /// What may keep the plan from taking effect.
  fileprivate var notes: [RichText] {
    var notes = overrides.map { override -> RichText in
      let overridden = StatusMark("overridden", .doubtful)
      return "\(overridden) by \(override.text)"
    }
    if let loaderMask {
      let lost = StatusMark("not applied", .doubtful)
      let remedy = StandingRemedy.unmask(loaderMask).text(prefix: nil)
      notes.append("\(lost) at boot: systemd-sysctl is masked (\(loaderMask)); \(remedy)")
    }
    notes += unreadFiles.sorted { $0.key < $1.key }.map { file, errno in
      "may override, but is not readable (\(errno)): \(file)"
    }
    if processesElsewhere > 0 {
      let namespaces = namespacesElsewhere.counted("other network namespace")
      notes.append(
        "not reached: \(processesElsewhere.counted("process", "es")) in \(namespaces)")
    }
    if processesUnseen > 0 {
      let processes = processesUnseen.counted("process", "es")
      notes.append("possibly not reached: \(processes) whose namespace this user may not inspect")
    }
    return notes
  }
}

extension SysctlOverride {
  /// Who does it, where, and what it says.
  fileprivate var text: String {
    let statement = value.map { "\(key) = \($0)" }
    guard let owner else { return "\(place): \(statement ?? "-\(key)")" }
    return "\(owner) (\(place)): \(statement ?? "\(key), which it chooses")"
  }
}

extension Advice.ScenarioForecast {
  /// When it ends; branches are listed apart if a name has one address.
  var spanText: String {
    timeToEnd == timeline.timeToEnd
      ? timeline.withAcceptance(timeline.text) : "\(timeToEnd.text) for all addresses"
  }
}

extension Plan {
  /// Whether programs have something to change.
  var changesPrograms: Bool { !socketOptions.isEmpty || !deadlines.isEmpty }

  /// Setting, value today and planned.
  fileprivate var hostRows: [[String]] {
    sysctls.map { ["\($0.key)", "\($0.from.text) → \($0.to)"] }
  }

  /// For each group setting, when, value.
  fileprivate var programRows: [(group: String, cells: [String])] {
    deadlines.map {
      ($0.group, ["\($0.scenario.rawValue) deadline", "in the program", $0.time.text])
    }
      + socketOptions.map {
        ($0.group, [$0.option.name, $0.when.text, $0.option.text(of: $0.value)])
      }
  }

  fileprivate var hostEffects: [Effect] { Self.once(sysctls.flatMap(\.effects)) }

  fileprivate var programEffects: [Effect] {
    Self.once(deadlines.flatMap(\.effects) + socketOptions.flatMap(\.effects))
  }

  /// Which device bounds what is set on the host.
  fileprivate var hostBounds: [String] {
    sysctls.compactMap { change in change.middlebox.map { "\(change.key): \($0.boundText)" } }
  }

  /// The same of what programs set, with the group.
  fileprivate var programBounds: [(group: String, text: String)] {
    socketOptions.compactMap { change in
      change.middlebox.map { (change.group, "\(change.option): \($0.boundText)") }
    }
  }

  /// Each effect once, in the order of the changes.
  private static func once(_ effects: [Effect]) -> [Effect] {
    var seen: Set<[String]> = []
    return effects.filter { seen.insert([$0.group, $0.text]).inserted }
  }
}
