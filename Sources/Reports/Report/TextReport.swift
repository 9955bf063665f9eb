package import Advisor
import SysctlFiles
import TCPModel

/// The report of `advise`: what happens today, what is asked, what was measured, what to change.
package struct TextReport: Sendable {
  private let advice: Advice
  private let comparisons: [Comparison]
  private let surroundings: DeploymentContext
  private let layout: TextLayout

  package init(
    _ advice: Advice, comparisons: [Comparison], surroundings: DeploymentContext, layout: TextLayout
  ) {
    (self.advice, self.comparisons) = (advice, comparisons)
    (self.surroundings, self.layout) = (surroundings, layout)
  }

  package var text: String {
    let sections = [heading, today, asked, measured, changes, application].filter { !$0.isEmpty }
    return sections.joined(separator: "\n")
  }

  private var heading: String {
    let snapshot = advice.host.snapshot
    let kernel = snapshot.kernel.map { "Linux \($0)" } ?? "unknown kernel"
    let tick = snapshot.tickRate.map(\.description) ?? "unknown tick (100, 250 and 1000 played)"
    return layout.fold("\(Tool.name) \(Tool.version): \(kernel), \(tick), \(snapshot.source)")
  }

  /// Each scenario once for each group; idle without keepalive as well, because no sysctl helps it.
  private var today: String {
    let rows = advice.forecasts.filter { $0.phase == .current }.flatMap { forecast in
      let row = [label(forecast.group, forecast.timeline.scenario), forecast.spanText]
      let scenario = forecast.timeline.scenario
      guard scenario == .idle else { return [row + [scenario.brief]] }
      let never = [label(forecast.group, .idle), "never", "without SO_KEEPALIVE"]
      guard forecast.basis[.keepalive] ?? 0 != 0 else { return [never] }
      return [never, ["", forecast.spanText, "with \(forecast.basis.text)"]]
    }
    return layout.section("Today: how long until the kernel gives up", layout.table(rows))
  }

  private var asked: String {
    let names = advice.profiles.map(\.name).joined(separator: " + ")
    let rows = advice.findings.map { finding in
      [
        finding.scenario.map { label(finding.group, $0) } ?? finding.group,
        finding.wish, layout.mark(finding), finding.reason,
      ]
    }
    return layout.section("Asked by \(names)", layout.table(rows))
  }

  private var measured: String {
    let refusal = comparisons.refusal
    let location = refusal == nil ? "in a sandbox" : "on the host's loopback"
    let title = "Measured on this kernel, \(location)"
    let why = refusal.map { layout.fold("  no sandbox: \($0)", hanging: 4) } ?? ""
    if let reason = comparisons.sharedRefusal {
      return layout.section(title, why + layout.fold("  nothing: \(reason)", hanging: 4))
    }
    let rows = comparisons.map { comparison in
      [
        label(comparison.request.group, comparison.request.experiment.scenario),
        comparison.request.phase == .current ? "now" : "planned",
        layout.mark(comparison.status), comparison.text,
      ]
    }
    return rows.isEmpty ? "" : layout.section(title, why + layout.table(rows))
  }

  /// The host part, the program part, and what stands in the way.
  private var changes: String {
    let plan = advice.plan
    let host = part("To change on the host", plan.hostRows, plan.hostEffects)
    // With several groups each row says whose program it is.
    let rows = plan.programRows.map { isSingle ? $0.cells : [$0.group] + $0.cells }
    let programs = part("To change in programs", rows, plan.programEffects)
    var rest = ""
    for change in plan.sideEffects {
      let name = isSingle ? "" : "\(change.group): "
      rest += layout.fold("  side effect: \(name)\(change.text)", hanging: 4)
    }
    for contradiction in plan.contradictions {
      rest += layout.fold("  \(layout.warn("cannot be met")): \(contradiction.text)", hanging: 4)
    }
    if plan.isEmpty, plan.contradictions.isEmpty {
      rest = "To change: nothing, every objective that the tool can judge is met.\n"
    }
    return [host, programs, rest].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func part(_ title: String, _ rows: [[String]], _ effects: [Plan.Effect]) -> String {
    guard !rows.isEmpty else { return "" }
    let lines = effects.map { effect in
      layout.fold("  \(isSingle ? "" : "\(effect.group): ")\(effect.text)", hanging: 4)
    }
    return layout.section(title, layout.table(rows) + lines.joined())
  }

  private var application: String {
    let plan = advice.plan
    var lines: [String] = []
    let kernel = advice.scope == .kernel ? advice.host.snapshot.kernel : nil
    let profiles =
      (advice.profiles.map { "--profile \($0.name)" }
      + [kernel.map { "--kernel \($0.major).\($0.minor)" }].compactMap { $0 }).joined(
        separator: " ")
    let name = advice.profiles.map(\.name).joined(separator: "+")
    if advice.scope == .host {
      lines.append(
        "  the values above take into account what else is set on this host;"
          + " \(Tool.name) emit writes what suits hosts that have the defaults besides")
    } else if !plan.sysctls.isEmpty {
      lines.append(
        "  sysctls: \(Tool.name) emit sysctl \(profiles) -o 60-tcpadvisor-\(name).conf,"
          + " commit it to /etc/sysctl.d, then `sysctl --system`")
    }
    if !plan.socketOptions.isEmpty || !plan.deadlines.isEmpty {
      lines.append("  programs: \(Tool.name) emit sockets \(profiles), or emit c for code")
    }
    for override in surroundings.overrides {
      let statement = override.value.map { "\(override.key) = \($0)" } ?? "-\(override.key)"
      lines.append(
        "  \(layout.warn("overridden")) by \(override.file):\(override.line): \(statement)")
    }
    for (file, errno) in surroundings.unreadFiles.sorted(by: { $0.key < $1.key }) {
      lines.append("  could override, not readable (\(errno)): \(file)")
    }
    if surroundings.processesElsewhere > 0 {
      lines.append(
        "  not reached: processes in other network namespaces,"
          + " \(surroundings.processesElsewhere) in \(surroundings.namespacesElsewhere)")
    }
    if surroundings.processesUnseen > 0 {
      lines.append(
        "  perhaps not reached: processes whose namespace this user may not see,"
          + " \(surroundings.processesUnseen)")
    }
    guard !lines.isEmpty else { return "" }
    return layout.section("To apply", lines.map { layout.fold($0, hanging: 4) }.joined())
  }

  private var isSingle: Bool { advice.profiles.flatMap(\.groups).count == 1 }

  /// The scenario, with its group's name where there are several.
  private func label(_ group: String, _ scenario: Scenario) -> String {
    isSingle ? scenario.rawValue : "\(group) \(scenario.rawValue)"
  }
}

extension Advice.ScenarioForecast {
  /// When it ends, branches told apart where a name has one address.
  fileprivate var spanText: String {
    timeToEnd == timeline.timeToEnd ? timeline.text : "\(timeToEnd.text) for all addresses"
  }
}

extension Plan {
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

  /// Each effect once, in the order of the changes.
  private static func once(_ effects: [Effect]) -> [Effect] {
    var seen: Set<[String]> = []
    return effects.filter { seen.insert([$0.group, $0.text]).inserted }
  }
}
