package import Advisor
package import TCPModel

/// The report of `advise`: what happens today, what is asked, what was measured, what to change.
package struct TextReport: Sendable {
  private let advice: Advice
  private let comparisons: [Comparison]
  private let surroundings: Surroundings
  private let style: Style

  package init(
    _ advice: Advice, comparisons: [Comparison], surroundings: Surroundings, style: Style
  ) {
    (self.advice, self.comparisons) = (advice, comparisons)
    (self.surroundings, self.style) = (surroundings, style)
  }

  package var text: String {
    let sections = [
      heading, today, asked, measured, changes, application,
    ].filter { !$0.isEmpty }
    return sections.joined(separator: "\n")
  }

  private var heading: String {
    let snapshot = advice.host.snapshot
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel"
    let tick = snapshot.tickRate.map(\.description) ?? "unknown tick (100, 250 and 1000 played)"
    return style.fold("\(Tool.name) \(Tool.version): \(kernel), \(tick), \(snapshot.source)")
  }

  /// Each scenario once for each group; idle without keepalive as well, because no sysctl helps it.
  private var today: String {
    let rows = advice.outlooks.filter { $0.settings == .current }.flatMap { outlook in
      let row = [label(outlook.connections, outlook.timeline.scenario), outlook.spanText]
      let scenario = outlook.timeline.scenario
      guard scenario == .idle else { return [row + [scenario.summary]] }
      let never = [label(outlook.connections, .idle), "never", "without SO_KEEPALIVE"]
      guard outlook.basis[.keepalive] ?? 0 != 0 else { return [never] }
      return [never, ["", outlook.spanText, "with \(outlook.basis.text)"]]
    }
    return style.section("Today: how long until the kernel gives up", style.table(rows))
  }

  private var asked: String {
    let names = advice.profiles.map(\.name).joined(separator: " + ")
    let rows = advice.findings.map { finding in
      [
        finding.scenario.map { label(finding.connections, $0) } ?? finding.connections,
        finding.wish, style.mark(finding), finding.reason,
      ]
    }
    return style.section("Asked by \(names)", style.table(rows))
  }

  private var measured: String {
    let rows = comparisons.map { comparison in
      [
        label(comparison.trial.connections, comparison.trial.play.scenario),
        comparison.trial.settings == .current ? "now" : "planned",
        style.mark(comparison.status), comparison.text,
      ]
    }
    return rows.isEmpty
      ? "" : style.section("Measured on this kernel, in a sandbox", style.table(rows))
  }

  private var changes: String {
    let plan = advice.plan
    var body = style.table(plan.rows)
    for (connections, effect) in plan.effects {
      let name = isSingle ? "" : "\(connections): "
      body += style.fold("  \(name)\(effect.text)", hanging: 4)
    }
    for change in plan.sideEffects {
      body += style.fold("  side effect: \(change.text)", hanging: 4)
    }
    for contradiction in plan.contradictions {
      body += style.fold("  \(style.warn("cannot be met")): \(contradiction.text)", hanging: 4)
    }
    if plan.isEmpty, plan.contradictions.isEmpty {
      body += "  Nothing: every objective that the tool can judge is met.\n"
    }
    return style.section("To change", body)
  }

  private var application: String {
    let plan = advice.plan
    var lines: [String] = []
    let profiles = advice.profiles.map { "--profile \($0.name)" }.joined(separator: " ")
    let name = advice.profiles.map(\.name).joined(separator: "+")
    if !plan.sysctls.isEmpty {
      lines.append(
        "  sysctls: \(Tool.name) emit sysctl \(profiles) -o 60-tcpadvisor-\(name).conf,"
          + " commit it to /etc/sysctl.d, then `sysctl --system`")
    }
    if !plan.socketOptions.isEmpty || !plan.deadlines.isEmpty {
      lines.append("  programs: \(Tool.name) emit sockets \(profiles), or emit c for code")
    }
    for override in surroundings.overrides {
      lines.append(
        "  \(style.warn("overridden")) by \(override.file):\(override.line):"
          + " \(override.key) = \(override.value)")
    }
    for (file, errno) in surroundings.unreadFiles.sorted(by: { $0.key < $1.key }) {
      lines.append("  could override, not readable (\(errno)): \(file)")
    }
    if surroundings.processesElsewhere > 0 {
      lines.append(
        "  not reached: \(surroundings.processesElsewhere) processes in"
          + " \(surroundings.namespacesElsewhere) other network namespaces")
    }
    if surroundings.processesUnseen > 0 {
      lines.append(
        "  \(surroundings.processesUnseen) processes of other users: their network namespace is"
          + " not visible without root")
    }
    guard !lines.isEmpty else { return "" }
    return style.section("To apply", lines.map { style.fold($0, hanging: 4) }.joined())
  }

  private var isSingle: Bool { advice.profiles.flatMap(\.groups).count == 1 }

  /// The scenario, with its group's name where there are several.
  private func label(_ connections: String, _ scenario: Scenario) -> String {
    isSingle ? scenario.rawValue : "\(connections) \(scenario.rawValue)"
  }
}

extension Advice.Outlook {
  /// When it ends, branches told apart where a name has one address.
  fileprivate var spanText: String {
    span == timeline.span ? timeline.text : "\(span.text) for all addresses"
  }
}

extension Plan {
  /// Setting, value today, value planned.
  fileprivate var rows: [[String]] {
    sysctls.map { ["\($0.key)", "\($0.from.text) → \($0.to)"] }
      + deadlines.map { ["\($0.scenario.rawValue) deadline, in the program", $0.time.text] }
      + socketOptions.map { ["\($0.option), \($0.when.text)", "\($0.value)"] }
  }

  /// Each effect once, in the order of the changes.
  fileprivate var effects: [(String, Effect)] {
    var seen: Set<Effect> = []
    let all =
      sysctls.flatMap(\.effects) + deadlines.flatMap(\.effects) + socketOptions.flatMap(\.effects)
    return all.filter { seen.insert($0).inserted }.map { ($0.connections, $0) }
  }
}
