import TCPModel

/// The connections of one program, with all that the profiles ask of them.
struct Application {
  let index: Int
  /// The group as each profile has it; what is known of the program is the same in all of them.
  let parts: [(profile: Profile, group: ConnectionGroup)]

  /// What is known of the program.
  var program: ConnectionGroup { parts[0].group }
  var name: String { program.name }
  var groups: [ConnectionGroup] { parts.map(\.group) }

  func requirements(in scenarios: Scenario...) -> [Requirement] {
    parts.flatMap { $0.group.requirements(in: $0.profile.name) }.filter {
      scenarios.contains($0.scenario)
    }
  }

  /// What is asked of data that the peer does not acknowledge; a heartbeat is such data.
  var dataRequirements: [Requirement] {
    requirements(in: .send, .zeroWindow, .close) + (hasHeartbeat ? requirements(in: .idle) : [])
  }

  /// What is asked of an idle connection that the program leaves alone.
  var idleRequirements: [Requirement] { hasHeartbeat ? [] : requirements(in: .idle) }

  /// Whether the program sends something on a connection that is not in use.
  private var hasHeartbeat: Bool { program.application.heartbeat != nil }

  /// Devices on the way that keepalive probes keep from forgetting.
  var remindedMiddleboxes: [(box: Middlebox, location: FileLocation)] {
    groups.flatMap { group in
      group.middleboxes.filter(\.tcpKeepaliveCounts).map { ($0, group.location) }
    }
  }

  /// Returns all programs that the profiles speak of, in their order.
  static func all(of profiles: [Profile]) -> [Application] {
    var names: [String] = []
    var parts: [String: [(Profile, ConnectionGroup)]] = [:]
    for profile in profiles {
      for group in profile.groups {
        if parts[group.name] == nil { names.append(group.name) }
        parts[group.name, default: []].append((profile, group))
      }
    }
    return names.enumerated().map { index, name in
      Application(index: index, parts: (parts[name] ?? []).map { (profile: $0, group: $1) })
    }
  }
}
