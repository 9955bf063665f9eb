package import TCPModel

/// What is there where a target of `emit` has carried a part of a plan, or something near it.
extension PortablePlan {
  /// Returns what the profiles require of the connections of one name, held against all kernels of the
  /// plan.
  /// - Parameters:
  ///   - sysctls: what the host or its network namespace has beside the kernel's defaults.
  ///   - state: makes of a group what its program does then; on a host that has the sysctls.
  package func findings(
    on group: String, with sysctls: [SysctlKey: SysctlValue],
    _ state: (ConnectionGroup, Host) -> GroupState
  ) -> [Finding] {
    let cache = TimelineCache(knowing: known)
    let profiles = profiles.map { profile in
      var profile = profile
      profile.groups.removeAll { $0.name != group }
      return profile
    }
    let hosts = kernels.compactMap { try? Host(defaultsOf: $0).applying(sysctls) }
    return hosts.flatMap { host in
      profiles.flatMap { $0.findings(on: host, cache) { state($0, host) } }
    }.filter { $0.group == group }
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
