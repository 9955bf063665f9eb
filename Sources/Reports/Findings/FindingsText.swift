package import Advisor

/// Findings for people.
package struct FindingsText: FindingsReporter {
  package static let name = "text"
  package static let isPainted = true

  private let run: FindingsRun
  private var findings: [Finding] = []

  package init(_ run: FindingsRun) { self.run = run }

  package mutating func add(_ finding: Finding) -> String {
    findings.append(finding)
    return ""
  }

  package func finish() -> String {
    let notes = Document.Section(of: run.host, deciding: findings.keys)
    return Document([notes] + Document(of: findings, standings: run.standings(of:)).sections).text(
      run.layout)
  }
}
