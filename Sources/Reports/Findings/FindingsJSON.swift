package import Advisor

/// Findings as one JSON object.
package struct FindingsJSON: FindingsReporter {
  package static let name = "json"

  private let run: FindingsRun
  private var rows: [JSON] = []

  package init(_ run: FindingsRun) { self.run = run }

  package mutating func add(_ finding: Finding) -> String {
    let standings = run.standings(of: finding)
    rows.append(finding.json.merging(["set_by": .array(standings.map(\.briefJSON))]))
    return ""
  }

  package func finish() -> String {
    let part: JSON = ["settings": .string(run.phase.rawValue), "findings": .array(rows)]
    return JSON.answer("check", about: run.host, part).text
  }
}
