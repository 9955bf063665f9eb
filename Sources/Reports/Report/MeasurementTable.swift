package import Advisor
import NetAddress
import TCPModel

/// Measurements as comma-separated values (RFC 4180), a line each below the names of the columns.
package struct MeasurementTable: Sendable {
  private let comparisons: [Comparison]

  package init(_ comparisons: [Comparison]) { self.comparisons = comparisons }

  private static let columns = [
    "scenario", "family", "connections", "settings", "sysctls", "options", "segments",
    "after_death_seconds", "outage_seconds", "rehearsal", "status", "run_again", "earliest_seconds",
    "latest_seconds", "ends", "measured_seconds", "resumed_after_seconds", "events_seen",
    "events_expected", "reason", "middlebox", "forgets_after_seconds", "lost_probes", "client",
    "neighbour_entry", "last_seen_seconds",
  ]

  package var csv: String {
    ([Self.columns] + comparisons.map(cells)).map(CSV.line).joined()
  }

  private func cells(_ comparison: Comparison) -> [String] {
    let experiment = comparison.request.experiment
    let timeToEnd = comparison.timeToEnd
    return [
      experiment.scenario.rawValue, experiment.family.rawValue, comparison.request.group,
      comparison.request.phase.rawValue, experiment.sysctlText, experiment.options.listed,
      "\(experiment.path.segments)", experiment.timeBeforeDeath.number, experiment.outage.number,
      comparison.request.isRehearsal ? "yes" : "no", comparison.status.name,
      "\(comparison.repetitions)",
      timeToEnd.range?.earliest.number ?? "", timeToEnd.range?.latest.number ?? "",
      timeToEnd.ends.name,
      comparison.measured.number, comparison.resumedAfter.number, "\(comparison.seen)",
      "\(comparison.expected)",
      [comparison.status.reason, comparison.venue].compactMap { $0 }.joined(separator: "; "),
      comparison.request.middlebox ?? "", experiment.box?.memory.number ?? "",
      experiment.box.map { "\($0.lostSegments)" } ?? "",
      experiment.scenario.depends(on: .client) ? experiment.client.rawValue : "",
      experiment.scenario.depends(on: .neighbourEntry) ? experiment.neighbourEntry.rawValue : "",
      comparison.lastSeen.number,
    ]
  }
}

extension Experiment {
  fileprivate var sysctlText: String {
    decidingSysctls.compactMap { key in
      snapshot[key].printed.map { "\(key.shortName)=\($0)" }
    }.joined(separator: " ")
  }
}

extension SocketOptions {
  fileprivate var listed: String {
    sorted.map { "\($0.option.name)=\($0.value)" }.joined(separator: " ")
  }
}

extension Duration {
  fileprivate var number: String { decimalSeconds }
}

extension Duration? {
  fileprivate var number: String { self?.number ?? "" }
}
