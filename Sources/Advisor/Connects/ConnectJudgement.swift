/// What profiles say of attempts to connect that hung.
package struct ConnectJudgement: Sendable {
  /// In the order of the targets: all, or of many some, first of all what is missed.
  package let findings: [Finding]
  /// Of all findings, those that were not kept as well.
  package let count, missed, unknown: Int
  package let notJudged: [SkippedProfile]

  package init(
    findings: [Finding], count: Int, missed: Int, unknown: Int, notJudged: [SkippedProfile]
  ) {
    (self.findings, self.count, self.missed) = (findings, count, missed)
    (self.unknown, self.notJudged) = (unknown, notJudged)
  }

  /// 0 nothing missed, 1 something missed (also beside unknowns), 2 could not tell.
  package var exitCode: Int32 {
    if missed > 0 { return 1 }
    return unknown > 0 ? 2 : 0
  }
}

/// Why a profile has no finding on attempts to connect.
package struct SkippedProfile: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// None of its groups asks anything of connect.
    case asksNothing
    /// Its groups speak of other destinations.
    case elsewhere([ConnectionGroup])
    case unresolved
    /// Nothing was connected to.
    case nothing
    /// Messages ended what hung, and it asks about timers alone.
    case messages
    /// Another address of what hung was open, so that nothing was given up.
    case open
    case interrupted
    /// Nothing hung.
    case calm
  }

  package let profile: String
  package let reason: Reason

  package init(profile: String, _ reason: Reason) {
    (self.profile, self.reason) = (profile, reason)
  }
}
