package import Observations

/// One object with every row.
package struct ProbeJSONReporter: ProbeReporter {
  package static let name = "json"
  package static let tellsFindings = true
  package static let tellsAllFindings = true
  package static let tellsNames = true

  package static var reconnectText: ((ReconnectTrial, ProbeReportContext) -> String)? {
    { trial, context in
      let part: JSON = ["reconnect": trial.json, "interrupted": .bool(trial.isInterrupted)]
      return JSON.answer("probe", about: context.host, part).text
    }
  }

  private let context: ProbeReportContext
  private var rows: [ProbedAddress] = []

  package init(_ context: ProbeReportContext) { self.context = context }

  package mutating func add(_ row: ProbedAddress) -> String {
    rows.append(row)
    return ""
  }

  package mutating func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String? {
    // In place: a copy of a hundred thousand rows would be the larger part of the memory.
    rows.sort(by: ProbedAddress.comesBefore)
    let rows = rows
    let part: JSON = [
      "results": .each(count: rows.count) { rows[$0].json },
      "names": .array(summary.turns.map(\.json)), "verdicts": .array([]),
    ]
    let whole = part.merging(summary.json).merging(summary.judgement?.json ?? [:])
    JSON.answer("probe", about: context.host, whole).write(to: write)
    write("\n")
    return nil
  }
}
