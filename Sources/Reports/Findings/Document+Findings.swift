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
  ///
  /// - Parameter standings: of the keys that would have to change.
  package init(
    of findings: [Finding], standings: (Finding) -> [SysctlStanding] = { _ in [] }
  ) {
    let entries = findings.map { finding in
      let remedies = finding.remedies.map { "; \($0.text(for: finding))" }.joined()
      return StatusEntry(
        finding.status.mark, "\(finding.id): \(finding.wish)",
        details: ["\(finding.reason)\(remedies)"]
          + standings(finding).map { "\($0.key): \($0.reason)" })
    }
    let missed = findings.count(where: \.isMissed)
    let unknown = findings.count(where: \.isUnknown)
    self.init(
      .statuses(entries),
      .paragraph("\(findings.count) checked, \(missed) missed, \(unknown) unknown"))
  }
}
