package import Advisor
import SysctlFiles

/// Findings as one JSON object.
package enum FindingsJSON: FindingsReporter {
  package static let name = "json"

  package static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let rows = findings.map { finding in
      let standings =
        if case .drift(let drift) = finding.subject { [drift.standing] } else {
          run.standings(of: finding)
        }
      return finding.json.merging(["set_by": .array(standings.map(\.briefJSON))])
    }
    let part: JSON = [
      "settings": .string(run.phase.rawValue), "findings": .array(rows),
      "boot": run.boot.map { boot in
        ["files": .integer(boot.load.files.count), "loader": boot.settings.loader.json]
      } ?? .null,
    ]
    return JSON.answer("check", about: run.host, part).text
  }
}
