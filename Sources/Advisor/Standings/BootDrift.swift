/// A key of which files, loaders and kernel do not say the same, and what that costs.
package struct BootDrift: Sendable {
  package let standing: SysctlStanding
  /// The requirements that are met today and missed after the next boot, by their ids.
  package let missedAfterBoot: [String]

  init(_ standing: SysctlStanding, missedAfterBoot: [String]) {
    (self.standing, self.missedAfterBoot) = (standing, missedAfterBoot)
  }

  /// What to do, best first: what the boot gives is not to be applied where it would be a miss.
  package var remedies: [StandingRemedy] {
    let keeping = standing.remedies.filter { if case .apply = $0 { false } else { true } }
    return missedAfterBoot.isEmpty || keeping.isEmpty ? standing.remedies : keeping
  }
}

extension BootDrift: Hashable {
  package static func == (left: BootDrift, right: BootDrift) -> Bool {
    left.standing.key == right.standing.key && left.standing.verdict == right.standing.verdict
      && left.missedAfterBoot == right.missedAfterBoot
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(standing.key) }
}

extension SysctlStanding.Verdict {
  /// Whether files, loaders and kernel do not say the same; what else may be wrong with a key, rules
  /// for files say.
  var isDrift: Bool {
    switch self {
    case .lostAtBoot, .notLive, .overridden, .loadersDisagree, .notInNamespace: true
    case .refused, .absent, .unreadable, .configured, .inForce, .unset: false
    }
  }
}
