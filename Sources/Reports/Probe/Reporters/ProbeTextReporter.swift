package import Observations

/// A table for people, some rows of a great number, with all of them summed up below.
package struct ProbeTextReporter: ProbeReporter {
  package static let name = "text"
  package static let isPainted = true
  package static let tellsFindings = true
  package static let tellsNames = true

  package static var reconnectText: ((ReconnectTrial, ProbeReportContext) -> String)? {
    { trial, context in trial.document.text(context.layout) }
  }

  private let context: ProbeReportContext
  private var rows: ProbeRows

  package init(_ context: ProbeReportContext) {
    self.context = context
    rows = ProbeRows(expecting: context.expected)
  }

  package func wants(_ kind: ConnectOutcome.Kind, isExpected: Bool) -> Bool {
    // A judge looks at rows that are not shown, too.
    context.isJudged || rows.admits(kind)
  }

  package mutating func add(_ row: ProbedAddress) -> String {
    rows.add(row)
    return ""
  }

  package func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    let report = ProbeReport(
      rows: rows.rows, tally: summary.tally, turns: summary.turns,
      interruption: summary.interruption, elapsed: summary.elapsed, judgement: summary.judgement,
      on: context.host)
    write(report.document.text(context.layout))
    return nil
  }
}
