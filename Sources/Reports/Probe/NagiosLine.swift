package import Observations
import TCPModel

/// The line of a Nagios plug-in, which is all that an operator may see.
package struct NagiosLine: Sendable {
  /// So many addresses are named that are not as expected.
  package static let named = 3

  package let status: NagiosStatus
  package let text: String

  /// - Parameters:
  ///   - failures: not as expected; the first few are enough.
  ///   - interruption: nil where everything was probed.
  package init(
    _ tally: ProbeTally, failures: [ProbedAddress], interruption: String? = nil
  ) {
    status = Self.status(of: tally, isComplete: interruption == nil)
    let counts = tally.counts.isEmpty ? "no connection was attempted" : tally.counts.text
    let start = "PROBE \(status.word) - " + (interruption.map { "\($0): " } ?? "") + counts
    text = "\(start)\(Self.list(failures, of: tally))".withoutBars + " | \(Self.data(tally))"
  }

  /// - Parameter isComplete: whether everything was probed.
  package static func status(of tally: ProbeTally, isComplete: Bool) -> NagiosStatus {
    if !isComplete || tally.addresses == 0 { return .unknown }
    if tally.unexpected == 0 { return .ok }
    // What this host could not even try says nothing of the targets.
    return tally.unexpectedCounts[.localError] == tally.unexpected ? .unknown : .critical
  }

  private static func list(_ failures: [ProbedAddress], of tally: ProbeTally) -> String {
    let shown = failures.prefix(named).map { row in
      let result = row.result
      let time = result.connectTime.map { " after \($0.text)" } ?? ""
      return "\(row.name) \(result.outcome.kind.text)\(time)"
    }
    guard !shown.isEmpty else { return "" }
    let more = tally.unexpected - shown.count
    return "; " + shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  /// Numbers without exponents, as the guidelines have them.
  private static func data(_ tally: ProbeTally) -> String {
    let counts = ConnectOutcome.Kind.allCases.map { "'\($0.rawValue)'=\(tally.counts[$0] ?? 0)" }
    let median = tally.statistics(of: .open)?.median
    return (counts + (median.map { ["'median'=\($0.decimalSeconds)s"] } ?? []))
      .joined(separator: " ")
  }
}
