package import Advisor
import Observations
import TCPModel

/// What was measured beside what was predicted, case by case; what is outside comes first, because
/// it is what somebody has to look at.
package struct MeasurementText: Sendable {
  private let comparisons: [Comparison]
  private let leftOut: [Grid.LeftOut]
  private let layout: TextLayout

  package init(_ comparisons: [Comparison], leftOut: [Grid.LeftOut], layout: TextLayout) {
    (self.leftOut, self.layout) = (leftOut, layout)
    self.comparisons =
      comparisons.filter(\.status.isOutside) + comparisons.filter { !$0.status.isOutside }
  }

  package var text: String {
    let details = comparisons.details
    let shared = comparisons.sharedReasons
    let rows = zip(comparisons, details).compactMap { comparison, details -> [String]? in
      let settings = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
      guard shared[comparison.status] == nil else { return nil }
      return [layout.mark(comparison.status), comparison.name, comparison.text + settings]
    }
    let together = shared.sorted { $0.value > $1.value }.map { status, count in
      [layout.mark(status), "\(count) cases", status.reason ?? ""]
    }
    // Of many cases those are drawn that somebody has to look at.
    let drawn = zip(comparisons, details).filter { comparison, _ in
      !comparison.observation.events.isEmpty && !comparison.status.isNotRun
        && (comparisons.count <= Self.fewCases || comparison.status.isOutside)
    }
    let drawings = drawn.map { comparison, details in
      let title = ([comparison.name] + details).joined(separator: ", ")
      return "\n" + layout.section(title, comparison.drawing(layout).text)
    }
    let lines = leftOut.map {
      layout.fold(
        "  left out: \($0.experiments) cases with \($0.setting), which this kernel has not")
    }
    let location = comparisons.lazy.compactMap(\.venue).first
    let heading = location.map { layout.fold("  \($0)", hanging: 4) } ?? ""
    return heading + layout.table(rows + together) + lines.joined()
      + (comparisons.count > 3 ? summary : "")
      + drawings.joined()
  }

  private static let fewCases = 6

  private var summary: String {
    let counts = Dictionary(comparisons.map { ($0.status.name, 1) }, uniquingKeysWith: +)
    let names = ["confirmed", "confirmed-so-far", "outside", "not-run"]
    let parts = names.compactMap { name in counts[name].map { "\($0) \(name)" } }
    return "\(comparisons.count) cases: \(parts.joined(separator: ", "))\n"
  }
}

extension [Comparison] {
  /// Why many cases were not run, told once for all: how many have the same reason.
  fileprivate var sharedReasons: [Comparison.Status: Int] {
    let reasons = filter(\.status.isNotRun).map { ($0.status, 1) }
    return Dictionary(reasons, uniquingKeysWith: +).filter { $0.value > 3 }
  }
}

extension Comparison {
  /// What was predicted and, below it on the same axis, what was seen.
  fileprivate func drawing(_ layout: TextLayout) -> TimelineChart {
    let predicted = timeline.events
    var seen = observation.events.enumerated().map { index, event in
      // What leaves at once is seen a bit later, which a logarithmic axis would make much of.
      let isAtOnce = index < predicted.count && predicted[index].range.latest == .zero
      let time = isAtOnce ? .zero : event.time
      return Timeline.Event(event.kind, TimeRange(time, time))
    }
    if let measured { seen.append(Timeline.Event(.giveUp, TimeRange(measured, measured))) }
    let lanes =
      timeline.lanes(named: "predicted") + [
        Lane(label: "seen", events: seen, endText: measured?.text ?? "so far")
      ]
    return TimelineChart(lanes: lanes, scale: .auto, layout: layout)
  }
}

extension Comparison {
  /// Scenario and family.
  fileprivate var name: String {
    "\(request.experiment.scenario.rawValue) \(request.experiment.family.rawValue)"
  }
}

extension [Comparison] {
  /// What tells each case from others of the same scenario: the settings that they do not have
  /// alike.
  fileprivate var details: [[String]] {
    let groups = Dictionary(grouping: self) { $0.request.experiment.scenario }
    let telling = groups.mapValues { comparisons in
      comparisons[0].request.experiment.details.keys.filter { name in
        Set(comparisons.map { $0.request.experiment.details[name] }).count > 1
      }
    }
    return map { comparison in
      let experiment = comparison.request.experiment
      let names = Set(telling[experiment.scenario] ?? [])
      return experiment.details.filter { names.contains($0.key) }
        .sorted { $0.value.order < $1.value.order }.map(\.value.text).filter { !$0.isEmpty }
    }
  }
}

extension Experiment {
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
      ("segments", path.segments == 1 ? "1 segment" : "\(path.segments) segments")
    ]
    rest.append(("outage", outage.map { "outage \($0.text)" } ?? ""))
    rest.append(("stall", timeBeforeDeath.map { "dead after \($0.text)" } ?? ""))
    let all = (sysctls + options + rest).enumerated().map { order, detail in
      (detail.0, Detail(order: order, text: detail.1))
    }
    return Dictionary(all) { first, _ in first }
  }
}
