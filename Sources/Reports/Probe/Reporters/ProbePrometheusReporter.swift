package import Observations

/// A textfile for Prometheus' node exporter.
package struct ProbePrometheusReporter: ProbeReporter {
  package static let name = "prometheus"

  private var rows: [ProbedAddress] = []

  package init(_ context: ProbeReportContext) {}

  package mutating func add(_ row: ProbedAddress) -> String {
    rows.append(row)
    return ""
  }

  /// A textfile that lacks some addresses would be taken for the whole truth.
  package mutating func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    if let interruption = summary.interruption { return "\(interruption); nothing is printed" }
    rows.sort(by: ProbedAddress.comesBefore)
    PrometheusText(rows).write(to: write)
    return nil
  }
}
