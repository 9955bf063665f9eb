package import Advisor
import NetAddress
import Observations
package import TCPModel

/// What was measured beside what was predicted, case by case; what is outside comes first, because
/// it is what somebody has to look at.
package struct MeasurementReport: Sendable {
  private let comparisons: [Comparison]
  private let leftOut: [Grid.LeftOut]
  private let host: SettingsSnapshot

  /// - Parameter host: whose settings were measured.
  package init(_ comparisons: [Comparison], leftOut: [Grid.LeftOut], of host: SettingsSnapshot) {
    (self.leftOut, self.host) = (leftOut, host)
    self.comparisons =
      comparisons.filter(\.status.isOutside) + comparisons.filter { !$0.status.isOutside }
  }

  package var document: Document {
    Document(opening(with: table(cases)) + charted(cases).map(Self.chart))
  }

  /// The report with room for more than a terminal has: the table can be sorted, and every case that
  /// was run is drawn.
  package var page: Document {
    let cases = cases
    var sortable = table(cases)
    sortable.header = ["status", "case", "what was seen, and what predicted"]
    let charts = cases.filter(Self.isDrawable).map { charted in
      Document.Block.chart(
        TimelineChart(
          charted.comparison.chart.lanes, caption: RichText(Self.title(of: charted))))
    }
    return Document(opening(with: sortable) + [Document.Section("Timelines", charts)])
  }

  private var cases: [Case] { Array(zip(comparisons, comparisons.details)) }

  /// What comes before the charts.
  private func opening(with table: Document.Table) -> [Document.Section] {
    let venue = comparisons.lazy.compactMap(\.venue).first
    let left = leftOut.map { left -> RichText in
      "left out: \(left.experiments) cases with \(left.setting), which this kernel does not have"
    }
    let summary = Document.Section(
      [
        .notes(venue.map { [RichText($0)] } ?? []), .table(table), .notes(left),
      ] + (comparisons.count > 3 ? [.paragraph(sum)] : []))
    let keys = comparisons.flatMap(\.request.experiment.scenario.sysctls)
    return [Document.Section(of: host, deciding: keys), summary]
  }

  /// What heads the page.
  package var title: String { "Measured on \(host.kernelName)" }

  private typealias Case = (comparison: Comparison, details: [String])

  /// A row for each case, and one for all that have the same reason for not having run.
  private func table(_ cases: [Case]) -> Document.Table {
    let shared = comparisons.sharedReasons
    let rows = cases.filter { shared[$0.comparison.status] == nil }.map {
      comparison, details -> [RichText] in
      let settings = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
      return [
        "\(comparison.status.mark)", RichText(comparison.name),
        RichText(comparison.text + settings),
      ]
    }
    let together = shared.sorted { $0.value > $1.value }.map { status, count -> [RichText] in
      ["\(status.mark)", "\(count) cases", RichText(status.reason ?? "")]
    }
    return Document.Table(rows + together)
  }

  private static let fewCases = 6

  /// Of many cases those have a chart that somebody has to look at.
  private func charted(_ cases: [Case]) -> [Case] {
    cases.filter { charted in
      Self.isDrawable(charted)
        && (comparisons.count <= Self.fewCases || charted.comparison.status.isOutside)
    }
  }

  private static func isDrawable(_ charted: Case) -> Bool {
    !charted.comparison.observation.events.isEmpty && !charted.comparison.status.isNotRun
  }

  private static func chart(_ charted: Case) -> Document.Section {
    Document.Section(RichText(title(of: charted)), [.chart(charted.comparison.chart)])
  }

  private static func title(of charted: Case) -> String {
    ([charted.comparison.name] + charted.details).joined(separator: ", ")
  }

  private var sum: RichText {
    let counts = Dictionary(comparisons.map { ($0.status.name, 1) }, uniquingKeysWith: +)
    let names = ["confirmed", "confirmed-so-far", "outside", "not-run"]
    let parts = names.compactMap { name in counts[name].map { "\($0) \(name)" } }
    return "\(comparisons.count) cases: \(parts.joined(separator: ", "))"
  }
}

extension [Comparison] {
  /// How many cases have not run for the same reason, where that are many.
  fileprivate var sharedReasons: [Comparison.Status: Int] {
    let reasons = filter(\.status.isNotRun).map { ($0.status, 1) }
    return Dictionary(reasons, uniquingKeysWith: +).filter { $0.value > 3 }
  }
}

extension Comparison {
  /// What its end was: the new owner of an address tells by a reset, or by taking a connection.
  private var end: Timeline.EventKind {
    guard case .ended(let errno, _) = observation.outcome, errno != "ETIMEDOUT" else {
      return .giveUp
    }
    return request.experiment.scenario.depends(on: .client) ? .newOwner : .giveUp
  }

  /// What was predicted and, below it on the same axis, what was seen.
  fileprivate var chart: TimelineChart {
    TimelineChart(timeline.lanes(named: "predicted") + [seenLane(named: "seen")])
  }

  /// What was seen.
  func seenLane(named name: String) -> Lane {
    let predicted = timeline.events
    var seen = observation.events.enumerated().map { index, event in
      // What leaves at once is seen a bit later, which a logarithmic axis would make much of.
      let isAtOnce = index < predicted.count && predicted[index].range.latest == .zero
      let time = isAtOnce ? .zero : event.time
      return Timeline.Event(event.kind, TimeRange(time, time))
    }
    if let measured { seen.append(Timeline.Event(end, TimeRange(measured, measured))) }
    return Lane(
      label: name, events: seen, endText: measured?.text ?? "so far", isCutOff: measured == nil)
  }
}

extension Comparison {
  /// Scenario and family.
  fileprivate var name: String {
    let experiment = request.experiment
    return "\(experiment.kind) \(experiment.family.rawValue)"
  }
}

extension [Comparison] {
  /// What tells each case from others of the same scenario: the settings that they do not have
  /// alike.
  fileprivate var details: [[String]] {
    let groups = Dictionary(grouping: self) { $0.request.experiment.kind }
    let telling = groups.mapValues { comparisons in
      comparisons[0].request.experiment.details.keys.filter { name in
        Set(comparisons.map { $0.request.experiment.details[name] }).count > 1
      }
    }
    return map { comparison in
      let experiment = comparison.request.experiment
      let names = Set(telling[experiment.kind] ?? [])
      let device = [comparison.device].compactMap(\.self)
      return device
        + experiment.details.filter { names.contains($0.key) }
        .sorted { $0.value.order < $1.value.order }.map(\.value.text).filter { !$0.isEmpty }
    }
  }
}

extension Experiment {
  /// What is run, but for the settings.
  fileprivate var kind: String {
    scenario.depends(on: .client) ? "\(scenario.rawValue) \(client.rawValue)" : scenario.rawValue
  }

  fileprivate struct Detail: Hashable {
    let order: Int
    let text: String
  }

  /// Everything that decides it and can differ from case to case, by name.
  fileprivate var details: [String: Detail] {
    let sysctls = decidingSysctls.map { key in
      ("\(key)", snapshot[key].printed.map { "\(key.shortName)=\($0)" } ?? "")
    }
    let options = SocketOption.all.map { option in
      (option.name, self.options[option].map { "\(option.name)=\($0)" } ?? "")
    }
    var rest = [
      ("segments", path.segments.counted("segment"))
    ]
    rest.append(("outage", outage.map { "outage \($0.text)" } ?? ""))
    rest.append(("stall", timeBeforeDeath.map { "dead after \($0.text)" } ?? ""))
    let all = (sysctls + options + rest).enumerated().map { order, detail in
      (detail.0, Detail(order: order, text: detail.1))
    }
    return Dictionary(all) { first, _ in first }
  }
}
