package import Advisor

/// Findings for people.
package enum FindingsText: FindingsReporter {
  package static let name = "text"
  package static let isPainted = true

  package static func text(of findings: [Finding], _ run: FindingsRun) -> String {
    let notes = Document.Section(of: run.host, deciding: findings.decidingKeys)
    return Document([notes] + Document(of: findings, run).sections).text(run.layout)
  }
}
