package import TCPModel

/// What to change so that the objectives hold: a part for the host, a part for the program.
package struct Plan: Hashable, Sendable {
  /// What a change does to a scenario of a group.
  package struct Effect: Hashable, Sendable {
    package var group: String
    package var objective: Objective
    /// What the program is taken to set.
    package var basis: SocketOptions
    package var before, after: TimeToEnd
  }

  /// Who carries out a change.
  package enum Part: Sendable { case host, programs }

  package struct SysctlChange: Hashable, Sendable {
    package var key: SysctlKey
    package var from: SysctlReading
    package var to: SysctlValue
    package var effects: [Effect]
    /// The demand behind it, where the profile names the key itself.
    package var requirement: SysctlRequirement?
    /// The device that bounds it, the one that forgets first; nil if it is no silence before a probe.
    package var middlebox: Middlebox?
    package var isChange: Bool { from.value != to }
  }

  package enum Moment: String, CaseIterable, Sendable {
    case beforeConnect = "before-connect", afterConnect = "after-connect", listen
  }

  package struct OptionChange: Hashable, Sendable {
    package var group: String
    package var option: SocketOption
    package var from: Int?
    package var value: Int
    package var when: Moment
    package var effects: [Effect]
    /// The device that bounds it, the one that forgets first; nil if it is no silence before a probe.
    package var middlebox: Middlebox?
  }

  package struct Deadline: Hashable, Sendable {
    package var group: String
    package var scenario: Scenario
    /// For one address, where a name has several.
    package var time: Duration
    package var addresses: Int
    package var effects: [Effect]
  }

  /// What changes besides, asked for by nobody.
  package struct SideEffect: Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
      /// A user timeout ends a live connection whose reader stalls for so long.
      case userTimeoutKillsStalledReader(Duration)
      /// A user timeout ends an idle connection whose one keepalive probe got lost.
      case lostProbeKills
      /// The setting decides this scenario too.
      case setting
      /// A shorter outage than before ends a connection; nil is one that nothing limited.
      case shorterOutage(from: Duration?, to: Duration)
      /// Keepalive probes that come so often that their number is felt; packets in a second for a
      /// thousand idle connections, answers included.
      case frequentProbes(packets: Int)
      /// A count of retransmissions of the whole host below what is usually left to it.
      case fewRetransmissions(SysctlKey, Int)
    }
    package var group: String
    package var scenario: Scenario
    package var cause: Cause
    package var before, after: TimeToEnd?
  }

  /// A demand of the profile, as a contradiction names it.
  package struct ConflictParty: Hashable, Sendable {
    package var text: String
    package var location: FileLocation
    /// What it would take to meet it; nil if that is the demand itself.
    package var needs: String?
  }

  /// What cannot be met, and why.
  package struct Contradiction: Hashable, Sendable {
    /// Those who go without; a sysctl where a profile names it.
    package var groups: [String]
    package var requirements: [ConflictParty]
    package var because: String

    package var group: String { groups.joined(separator: ", ") }
  }

  /// What the search did not come to: it is not met although nothing stands against it, or it is met by
  /// options that rely on others which were still to be found.
  package struct Unsearched: Hashable, Sendable {
    package var group: String
    package var scenarios: [Scenario]

    package static let reason = WorkBudget.excuse
    package static let remedy = WorkBudget.remedy
  }

  package var sysctls: [SysctlChange] = []
  package var socketOptions: [OptionChange] = []
  package var deadlines: [Deadline] = []
  package var sideEffects: [SideEffect] = []
  package var contradictions: [Contradiction] = []
  package var unsearched: [Unsearched] = []

  package init() {}

  /// Whether it asks for nothing.
  package var isEmpty: Bool { sysctls.isEmpty && socketOptions.isEmpty && deadlines.isEmpty }
}

/// Which settings something is said of: those in force, or those with the whole plan in place.
package enum PlanPhase: String, CaseIterable, Sendable { case current, planned }
