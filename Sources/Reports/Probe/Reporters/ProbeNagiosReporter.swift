package import Observations

/// The line of a Nagios plug-in, with its exit code.
package struct ProbeNagiosReporter: ProbeReporter {
  package static let name = "nagios"

  /// The first that are not as expected.
  private var failures: [ProbedAddress] = []

  package init(_ context: ProbeReportContext) {}

  private var hasRoom: Bool { failures.count < NagiosLine.named }

  package func wants(_ kind: ConnectOutcome.Kind, isExpected: Bool) -> Bool {
    !isExpected && hasRoom
  }

  package mutating func add(_ row: ProbedAddress) -> String {
    if !row.isExpected, hasRoom { failures.append(row) }
    return ""
  }

  package func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    let failures = failures.sorted(by: ProbedAddress.comesBefore)
    let line = NagiosLine(summary.tally, failures: failures, interruption: summary.interruption)
    write(line.text + "\n")
    return nil
  }

  package func exitCode(_ summary: ProbeSummary) -> Int32? {
    NagiosLine.status(of: summary.tally, isComplete: summary.interruption == nil).rawValue
  }
}
