import SysctlFiles
import TCPModel

/// A mistake that files with sysctls hold: how it is found, why it is one, and what helps.
///
/// A class, because each of thousands of findings refers to one of a few dozen.
package final class LintRule: Sendable {
  package enum Severity: String, Sendable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (left: Self, right: Self) -> Bool {
      left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What a rule looks at.
  enum Check: Sendable {
    /// Each assignment of one of these keys.
    case keys([SysctlKey], @Sendable (LintAssignment, LintContext) -> LintHit?)
    /// Every assignment.
    case assignments(@Sendable (LintAssignment, LintContext) -> LintHit?)
    /// Every line of a sysctl file.
    case lines(@Sendable (SysctlLine) -> LintHit?)
    /// Every setting of a file of a known program.
    case settings(@Sendable (ProgramSetting, LintProgram, LintContext) -> LintHit?)
    /// A file as a whole.
    case file(@Sendable (LintFile, LintContext) -> [LintHit])
    /// What silences say, known only when all else is found.
    case silences
  }

  /// Stable: `TA012`.
  package let id: String
  /// What it is about in a few words: `octal-value`.
  package let slug: String
  /// The most that its findings are.
  package let severity: Severity
  /// Why it is a mistake, in a line.
  package let why: String
  /// The kernels that it is about, in words; nil where that is all of them.
  package let since: String?
  package let source: String
  package let remedy: String
  /// Whether `--fix` mends it.
  package let isFixable: Bool
  let check: Check

  init(
    _ id: String, _ slug: String, _ severity: Severity, why: String, since: String? = nil,
    source: String, remedy: String, isFixable: Bool = false, _ check: Check
  ) {
    (self.id, self.slug, self.severity, self.why) = (id, slug, severity, why)
    (self.since, self.source, self.remedy) = (since, source, remedy)
    (self.isFixable, self.check) = (isFixable, check)
  }

  /// Returns the rule of an id, in capitals or small letters; nil if there is none.
  package static subscript(id id: some StringProtocol) -> LintRule? {
    byID[id.uppercased()]
  }

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}

extension LintRule: Hashable {
  package static func == (left: LintRule, right: LintRule) -> Bool { left.id == right.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A mistake that a rule has found, in the file that it was given.
struct LintHit {
  var message: String
  /// Nil: where the assignment begins, or the file.
  var place: LintPlace?
  var key: String?
  /// Nil: that of the rule.
  var severity: LintRule.Severity?
  /// In place of what the rule advises.
  var remedy: String?
  var since: String?
  var fix: LintFix?

  init(
    _ message: String, at place: LintPlace? = nil, key: String? = nil,
    severity: LintRule.Severity? = nil, remedy: String? = nil, since: String? = nil,
    fix: LintFix? = nil
  ) {
    (self.message, self.place, self.key, self.severity) = (message, place, key, severity)
    (self.remedy, self.since, self.fix) = (remedy, since, fix)
  }
}

/// A place in a file: a line, and the columns of what is meant; from 1, in Unicode scalars.
package struct LintPlace: Hashable, Sendable {
  package let line, column: Int
  /// One past the last.
  package let endColumn: Int

  package init(line: Int, column: Int = 1, endColumn: Int? = nil) {
    (self.line, self.column) = (line, column)
    self.endColumn = max(endColumn ?? column, column)
  }
}

/// A change that mends a file and cannot make it mean something worse.
package enum LintFix: Hashable, Sendable {
  /// A line becomes these.
  case line(Int, [String])
  /// Newlines alone end lines.
  case lineEndings
  /// The last line gets a newline.
  case finalNewline
  /// The mark at the beginning goes.
  case byteOrderMark
}
