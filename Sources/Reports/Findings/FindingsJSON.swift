package import Advisor

/// Findings as one JSON object.
package enum FindingsJSON: FindingsReporter {
  package static let name = "json"

  package static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let rows = findings.map { finding in
      let standings = run.standings(of: finding)
      return finding.json.merging(["set_by": .array(standings.map(\.briefJSON))])
    }
    let part: JSON = ["settings": .string(run.phase.rawValue), "findings": .array(rows)]
    return JSON.answer("check", about: run.host, part).text
  }
}
