package import Advisor
import Observations
import TCPModel

extension AdviceReport {
  /// The report with room for more than a terminal has: today beside planned, drawn, and the files
  /// to copy.
  /// - Parameter emitted: what `emit` writes for these profiles; nil where that is not this plan.
  package func page(emitting emitted: PortablePlan?) -> Document {
    Document(
      [heading, verdict, ends, asked, timelines, measured] + changes
        + [files(of: emitted), application])
  }

  /// What heads the page.
  package var title: String {
    "\(advice.profiles.joinedName) on \(advice.host.snapshot.kernelName)"
  }

  private var verdict: Document.Section {
    let findings = advice.findings
    let missed = findings.count(where: \.isMissed)
    let unknown = findings.count(where: \.isUnknown)
    let met = findings.count - missed - unknown
    let entries = [
      (missed, StatusMark("missed", .bad)), (unknown, StatusMark("unknown", .doubtful)),
      (met, StatusMark("met", .good)),
    ]
    let words = entries.filter { $0.0 > 0 }.map { count, mark -> RichText in "\(count) \(mark)" }
    let left = advice.plannedFindings.count(where: \.isMissed)
    let plan: RichText =
      advice.plan.isEmpty || missed == 0
      ? "" : left == 0 ? "; with the plan none is missed" : "; with the plan \(left) are missed"
    guard let first = words.first else { return Document.Section([]) }
    let list = words.dropFirst().reduce(first) { "\($0), \($1)" }
    return Document.Section([.paragraph("Objectives: \(list)\(plan)")])
  }

  private typealias Course = (today: Advice.ScenarioForecast, planned: Advice.ScenarioForecast?)

  /// Each scenario of each group, before and after.
  private var courses: [Course] {
    let planned = advice.forecasts.filter { $0.phase == .planned }
    return advice.forecasts.filter { $0.phase == .current }.map { today in
      let other = planned.first {
        $0.group == today.group && $0.timeline.scenario == today.timeline.scenario
      }
      return (today, other)
    }
  }

  private var ends: Document.Section {
    var table = Document.Table(
      courses.flatMap { course -> [[String]] in
        let name = label(course.today.group, course.today.timeline.scenario)
        let row = [
          name, course.today.endText, course.planned.map(\.endText) ?? course.today.endText,
        ]
        return course.today.isKeptAlive
          ? [["\(name), without SO_KEEPALIVE", "never", "never"], row] : [row]
      })
    table.header = ["connections", "today", "planned"]
    return Document.Section("How long until the kernel gives up", [.table(table)])
  }

  /// One chart for all that have the same course.
  private var timelines: Document.Section {
    let charts = courses.grouped(by: lanes).filter { lanes, _ in
      lanes.contains { !$0.events.isEmpty }
    }
    return Document.Section(
      "Timelines",
      charts.map { lanes, courses in
        let names = courses.map { label($0.today.group, $0.today.timeline.scenario) }
        return .chart(
          TimelineChart(
            lanes, scale: Self.scale(for: lanes), caption: RichText(names.joined(separator: ", "))))
      })
  }

  /// Where one ends much sooner than another, it would shrink to a point on a linear axis.
  private static func scale(for lanes: [Lane]) -> Scale {
    let ends = lanes.compactMap { $0.end?.latest }
    guard let first = ends.min(), let last = ends.max() else { return .auto }
    return last > first * 12 ? .logarithmic : .auto
  }

  private func lanes(of course: Course) -> [Lane] {
    let today = course.today.timeline.lanes(named: "today")
    let seenToday = seen(in: course.today, as: "measured today")
    guard let planned = course.planned, planned.timeline != course.today.timeline else {
      return today + seenToday
    }
    return today + seenToday + planned.timeline.lanes(named: "planned")
      + seen(in: planned, as: "measured, planned")
  }

  /// What was measured of it with its own times.
  private func seen(in forecast: Advice.ScenarioForecast, as name: String) -> [Lane] {
    comparisons.filter { comparison in
      let request = comparison.request
      return request.phase == forecast.phase && request.group == forecast.group
        && request.experiment.scenario == forecast.timeline.scenario && !request.isRehearsal
        && request.experiment.outage == nil && request.experiment.box == nil
        && !comparison.observation.events.isEmpty
    }.prefix(1).map { $0.seenLane(named: name) }
  }

  /// As `emit` writes them: what is committed is the same text.
  private func files(of emitted: PortablePlan?) -> Document.Section {
    guard let emitted, !advice.plan.isEmpty else { return Document.Section([]) }
    let targets: [any PlanEmitter] = [SysctlDropIn(), SocketOptionTable()]
    let files = targets.filter { target in
      target.part == .host ? !advice.plan.sysctls.isEmpty : advice.plan.changesPrograms
    }.flatMap { $0.files(for: emitted) }
    return Document.Section("Files", files.map { .code(Document.Code(RichText($0.name), $0.text)) })
  }
}

extension Advice.ScenarioForecast {
  /// When it ends, and what the program is taken to set where that decides it.
  fileprivate var endText: String {
    guard timeline.scenario == .idle else { return spanText }
    let timers = state.timers(in: .idle)
    if timers.heartbeat != nil { return "\(spanText) with \(timers.text)" }
    return "\(spanText) \(isKeptAlive ? "with \(basis.text)" : "without SO_KEEPALIVE")"
  }

  /// Whether it is noticed only since the program asks for keepalive, as no sysctl does.
  fileprivate var isKeptAlive: Bool {
    timeline.scenario == .idle && state.timers(in: .idle).heartbeat == nil
      && basis[.keepalive] ?? 0 != 0
  }
}
