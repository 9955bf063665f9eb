package import Advisor
package import Observations
package import TCPModel

/// A format of `probe`: made for a run, given each address in turn, and finished.
package protocol ProbeReporter: Sendable {
  /// The word after `--format`.
  static var name: String { get }
  /// Whether it is laid out for a terminal, whose colours then stand in it.
  static var isPainted: Bool { get }
  /// Whether it prints while addresses are still probed.
  static var isStreaming: Bool { get }
  /// Whether it has room for what profiles say.
  static var tellsFindings: Bool { get }
  /// Whether it has room for all findings, not just those that a person reads.
  static var tellsAllFindings: Bool { get }
  /// Whether it sums up the addresses of a name.
  static var tellsNames: Bool { get }
  /// What it prints of connecting again with one socket; nil where it has no room for that.
  static var reconnectText: ((ReconnectTrial, ProbeReportContext) -> String)? { get }

  init(_ context: ProbeReportContext)

  /// Whether the row of an address with that outcome is wanted.
  func wants(_ kind: ConnectOutcome.Kind, isExpected: Bool) -> Bool
  /// Returns what is to be printed first; empty where there is nothing.
  func begin() -> String
  /// Returns what is to be printed of a row at once; empty where there is nothing.
  mutating func add(_ row: ProbedAddress) -> String
  /// Writes the rest, part by part, as it may be longer than one wants to have in memory.
  ///
  /// Returns what belongs on standard error; nil where nothing does.
  mutating func finish(_ summary: ProbeSummary, to write: (String) -> Void) -> String?
  /// The exit code where the format has one of its own; nil elsewhere.
  func exitCode(_ summary: ProbeSummary) -> Int32?
}

extension ProbeReporter {
  package static var isPainted: Bool { false }
  package static var isStreaming: Bool { false }
  package static var tellsFindings: Bool { false }
  package static var tellsAllFindings: Bool { false }
  package static var tellsNames: Bool { false }
  package static var reconnectText: ((ReconnectTrial, ProbeReportContext) -> String)? { nil }

  package func wants(_ kind: ConnectOutcome.Kind, isExpected: Bool) -> Bool { true }
  package func begin() -> String { "" }
  package func exitCode(_ summary: ProbeSummary) -> Int32? { nil }
}

/// What is known of a run before it begins.
package struct ProbeReportContext: Sendable {
  package let host: SettingsSnapshot
  package let expected: Set<ConnectOutcome.Kind>
  /// Whether profiles were named.
  package let isJudged: Bool
  package let layout: TextLayout

  package init(
    host: SettingsSnapshot, expected: Set<ConnectOutcome.Kind>, isJudged: Bool, layout: TextLayout
  ) {
    (self.host, self.expected) = (host, expected)
    (self.isJudged, self.layout) = (isJudged, layout)
  }
}

/// What is known of a run when it has ended.
package struct ProbeSummary: Sendable {
  package let tally: ProbeTally
  /// The names, with their addresses tried in turn.
  package let turns: [SequentialConnect]
  /// Nil where no profile was named.
  package let judgement: ConnectJudgement?
  /// Nil where everything was probed.
  package let interruption: String?
  package let elapsed: Duration
  /// How many addresses there were, names counted as one each.
  package let listed: UInt64

  package init(
    tally: ProbeTally, turns: [SequentialConnect], judgement: ConnectJudgement?,
    interruption: String?, elapsed: Duration, listed: UInt64
  ) {
    (self.tally, self.turns, self.judgement) = (tally, turns, judgement)
    (self.interruption, self.elapsed, self.listed) = (interruption, elapsed, listed)
  }
}

/// The formats of `probe`; the first is the default.
package enum ProbeReporters {
  package static let all: [any ProbeReporter.Type] = [
    ProbeTextReporter.self, ProbeJSONReporter.self, ProbeJSONLinesReporter.self,
    ProbeCSVReporter.self, ProbePrometheusReporter.self, ProbeNagiosReporter.self,
  ]

  /// Returns the format of a name; nil if there is none.
  package static subscript(name: String) -> (any ProbeReporter.Type)? {
    all.first { $0.name == name }
  }
}
