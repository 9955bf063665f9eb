package import Advisor
import TCPModel

extension [Finding] {
  /// The sysctls that decide what they are about.
  var keys: [SysctlKey] {
    flatMap { finding -> [SysctlKey] in
      if case .sysctl(let requirement) = finding.subject { return [requirement.key] }
      return finding.scenario?.sysctls ?? []
    }
  }
}

extension Document {
  /// What is asked, what is and what helps, finding by finding.
  package init(of findings: [Finding]) {
    let entries = findings.map { finding in
      let remedies = finding.remedies.map { "; \($0.text(for: finding))" }.joined()
      return StatusEntry(
        finding.status.mark, "\(finding.id): \(finding.wish)",
        details: ["\(finding.reason)\(remedies)"])
    }
    let missed = findings.count(where: \.isMissed)
    let unknown = findings.count(where: \.isUnknown)
    self.init(
      .statuses(entries),
      .paragraph("\(findings.count) checked, \(missed) missed, \(unknown) unknown"))
  }
}
