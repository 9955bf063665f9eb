package import Advisor
package import SysctlFiles
package import TCPModel

/// A format of `check`.
package protocol FindingsReporter: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// Whether it is laid out for a terminal, whose colours then stand in it.
  static var isPainted: Bool { get }

  static func text(of findings: [Finding], _ run: FindingsRun) -> String
  /// The exit code where the format has one of its own; nil elsewhere.
  static func exitCode(of findings: [Finding]) -> Int32?
}

extension FindingsReporter {
  package static var isPainted: Bool { false }
  package static func exitCode(of findings: [Finding]) -> Int32? { nil }
}

/// What the findings are about, and how wide a reader of text sees.
package struct FindingsRun: Sendable {
  package let host: SettingsSnapshot
  package let phase: PlanPhase
  package let layout: TextLayout
  /// How the keys stand that would have to change, as far as files are known.
  package let standings: [SysctlKey: SysctlStanding]
  /// The files that were judged, and what reads them; nil where none were.
  package let boot: BootSequence?

  package init(
    host: SettingsSnapshot, phase: PlanPhase, layout: TextLayout,
    standings: [SysctlKey: SysctlStanding] = [:], boot: BootSequence? = nil
  ) {
    (self.host, self.phase, self.layout) = (host, phase, layout)
    (self.standings, self.boot) = (standings, boot)
  }

  /// What is known of who sets what a missed requirement is about.
  func standings(of finding: Finding) -> [SysctlStanding] {
    finding.keysToChange.compactMap { standings[$0] }.filter { $0.verdict != .unset }
  }
}

/// The formats of `check`; the first is the default.
package enum FindingsReporters {
  package static let all: [any FindingsReporter.Type] = [
    FindingsText.self, FindingsJSON.self, FindingsTAP.self, FindingsNagios.self,
    FindingsPrometheus.self, FindingsJUnit.self, FindingsAnnotations<SARIF>.self,
    FindingsAnnotations<GitHubAnnotations>.self, FindingsAnnotations<GitLabCodeQuality>.self,
    FindingsAnnotations<CheckstyleXML>.self,
  ]

  /// Returns the format of a name; nil if there is none.
  package static subscript(name: String) -> (any FindingsReporter.Type)? {
    all.first { $0.name == name }
  }
}
