package import TCPModel

/// A mistake in a file, with all that a report says of it; a class, because there may be thousands.
package final class LintFinding: Sendable {
  /// Why a finding does not count.
  package struct Suppression: Hashable, Sendable {
    package let reason: String
    /// Whether the file itself says so, or a profile.
    package let isInSource: Bool

    package init(_ reason: String, isInSource: Bool) {
      (self.reason, self.isInSource) = (reason, isInSource)
    }
  }

  package let rule: LintRule
  package let severity: LintRule.Severity
  package let location: FileLocation
  /// One past the last column of what is meant.
  package let endColumn: Int
  /// The sysctl that it is about, as it is written; nil if it is about none.
  package let key: String?
  private let said: String
  /// Where more of its rule is left out; nil where nothing is.
  private let omission: String?
  package let remedy: String
  package let since: String?
  package let fix: LintFix?
  package let suppression: Suppression?

  init(of rule: LintRule, _ hit: LintHit, in file: LintFile, _ assignment: LintAssignment? = nil) {
    let place = hit.place ?? assignment?.place ?? LintPlace(line: 1)
    self.rule = rule
    severity = hit.severity ?? rule.severity
    location = FileLocation(file: file.path, line: place.line, column: place.column)
    endColumn = place.endColumn
    key = hit.key ?? assignment?.name
    (said, omission) = (hit.message, nil)
    remedy = hit.remedy ?? rule.remedy
    since = hit.since ?? rule.since
    fix = hit.fix
    suppression = nil
  }

  private init(_ finding: LintFinding, omission: String?, suppression: Suppression?) {
    (rule, severity, location) = (finding.rule, finding.severity, finding.location)
    (endColumn, key, said) = (finding.endColumn, finding.key, finding.said)
    (remedy, since, fix) = (finding.remedy, finding.since, finding.fix)
    (self.omission, self.suppression) = (omission, suppression)
  }

  package var message: String {
    omission.map { "\(said); more that \(rule.id) may find in \($0) is left out" } ?? said
  }

  /// The same, which does not count.
  func suppressed(by suppression: Suppression) -> LintFinding {
    LintFinding(self, omission: omission, suppression: suppression)
  }

  /// The same as the last that is told of its rule.
  func last(of files: String) -> LintFinding {
    LintFinding(self, omission: files, suppression: suppression)
  }
}

extension LintFinding: Hashable {
  package static func == (one: LintFinding, other: LintFinding) -> Bool {
    one.rule == other.rule && one.location == other.location && one.message == other.message
      && one.suppression == other.suppression
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(location)
    hasher.combine(rule)
  }
}

extension [LintFinding] {
  /// 1 if one counts that is at least as severe, else 0.
  package func exitCode(failingOn least: LintRule.Severity?) -> Int32 {
    guard let least else { return 0 }
    return contains { $0.suppression == nil && $0.severity >= least } ? 1 : 0
  }
}
