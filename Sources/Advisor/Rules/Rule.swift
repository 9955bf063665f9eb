import TCPModel

/// Something that is held against the connections of a group; one rule, one file.
package struct Rule: Sendable {
  package let name: String
  /// The findings on a situation; none where the profile asks nothing of the kind.
  let judge: @Sendable (GroupState, Profile, TimelineCache) -> [Finding]

  package static let all: [Rule] = [.objectives, .middleboxes]
}

extension Profile {
  /// Holds every rule and every demanded sysctl against a host.
  /// - Parameter situation: makes the situation of a group, as it is today or as it is planned.
  package func findings(
    on host: Host, _ cache: TimelineCache, _ state: (ConnectionGroup) -> GroupState
  ) -> [Finding] {
    groups.flatMap { group in
      let state = state(group)
      return Rule.all.flatMap { $0.judge(state, self, cache) }
    } + sysctls.map { $0.finding(on: host.snapshot, profile: name) }
  }
}

extension [Profile] {
  /// Returns what the profiles require, held against a host and its programs as they are.
  package func findings(on host: Host, asking cache: TimelineCache = TimelineCache()) -> [Finding] {
    let groups = EqualGroups(of: self)
    return groups.expanded(groups.profiles.findings(onEachOf: [host], asking: cache))
  }

  /// Returns the same of groups each of which is worked out by itself, on one host after the other.
  func findings(onEachOf hosts: [Host], asking cache: TimelineCache) -> [Finding] {
    hosts.flatMap { host in
      flatMap { $0.findings(on: host, cache) { GroupState($0, on: host) } }
    }
  }
}
