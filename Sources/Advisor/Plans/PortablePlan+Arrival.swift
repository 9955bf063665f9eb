package import TCPModel

/// What is there where a target of `emit` has carried a part of a plan, or something near it.
extension PortablePlan {
  /// Returns what the profiles require, held against all kernels of the plan.
  /// - Parameters:
  ///   - sysctls: what the host or its network namespace has beside the kernel's defaults.
  ///   - isIncluded: whose connections are looked at.
  ///   - state: makes of a group what its program does then; on a host that has the sysctls.
  package func findings(
    with sysctls: [SysctlKey: SysctlValue],
    of isIncluded: (ConnectionGroup) -> Bool = { _ in true },
    _ state: (ConnectionGroup, Host) -> GroupState
  ) -> [Finding] {
    let cache = TimelineCache(knowing: known)
    var findings: [Finding] = []
    for kernel in kernels {
      guard let host = try? Host(defaultsOf: kernel).applying(sysctls) else { continue }
      for profile in profiles {
        for group in profile.groups where isIncluded(group) {
          let state = state(group, host)
          findings += Rule.all.flatMap { $0.judge(state, profile, cache) }
        }
        findings += profile.sysctls.map { $0.finding(on: host.snapshot, profile: profile.name) }
      }
    }
    return findings
  }

  /// Returns a group whose program does all that is planned for it.
  package func plannedState(of group: ConnectionGroup, on host: Host) -> GroupState {
    var state = GroupState(group, on: host)
    for change in plan.socketOptions where change.group == group.name {
      let isForConnect =
        change.option == .userTimeout && change.when == .beforeConnect
        && !group.hasSingleUserTimeout
      if isForConnect {
        state.connectUserTimeout = change.value
      } else {
        state.options[change.option] = change.value
      }
    }
    for deadline in plan.deadlines where deadline.group == group.name {
      state.deadlines[deadline.scenario] = deadline.time
    }
    return state
  }

  /// Returns what is missed of what the whole plan meets, each requirement once.
  package func missedBeside(_ findings: [Finding]) -> [Finding] {
    var known = Set(self.findings.filter(\.isMissed).map(\.id))
    return findings.filter { finding in
      if case .silentDrop = finding.subject { return false }
      return finding.isMissed && known.insert(finding.id).inserted
    }
  }

  /// All sysctls of the plan.
  package var sysctls: [SysctlKey: SysctlValue] {
    Dictionary(plan.sysctls.map { ($0.key, $0.to) }) { $1 }
  }
}

extension [Finding] {
  /// One for each requirement: the first that is not met, of those on several kernels.
  package var worstOfEach: [Finding] {
    var places: [String: Int] = [:]
    var worst: [Finding] = []
    for finding in self {
      if let place = places[finding.id] {
        if worst[place].status.isMet, !finding.status.isMet { worst[place] = finding }
      } else {
        places[finding.id] = worst.count
        worst.append(finding)
      }
    }
    return worst
  }
}
