package import Observations

/// Comma-separated values, a row as it comes.
package struct ProbeCSVReporter: ProbeReporter {
  package static let name = "csv"
  package static let isStreaming = true

  package init(_ context: ProbeReportContext) {}

  package func begin() -> String { ProbeTable.header }

  package mutating func add(_ row: ProbedAddress) -> String { ProbeTable.line(for: row) }

  package func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    summary.interruption
  }
}
