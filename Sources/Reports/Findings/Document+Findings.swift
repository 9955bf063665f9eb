package import Advisor

extension Document {
  /// What is asked, what is and what helps, finding by finding.
  package init(_ findings: [Finding], remediedBy plan: Plan) {
    let entries = findings.map { finding in
      let remedy = finding.isMissed ? plan.remedy(for: finding).map { "; \($0)" } ?? "" : ""
      return StatusEntry(
        finding.mark, "\(finding.id): \(finding.wish)", details: ["\(finding.reason)\(remedy)"])
    }
    let missed = findings.count(where: \.isMissed)
    let unknown = findings.count(where: \.isUnknown)
    self.init(
      .statuses(entries),
      .paragraph("\(findings.count) checked, \(missed) missed, \(unknown) unknown"))
  }
}
