import TCPModel

extension [Profile] {
  /// The profiles as a conjunction: each once, and groups of one name that can be the connections of
  /// one program speak of it together.
  ///
  /// What is known of such a program is put together; what it may set or a plan may change is what
  /// all of them let. A name that two profiles use for different connections carries its profile's
  /// name.
  package var joined: [Profile] {
    var profiles: [Profile] = []
    for profile in self where !profiles.contains(profile) { profiles.append(profile) }
    var locations: [String: [(profile: Int, group: Int)]] = [:]
    for profile in profiles.indices {
      for (group, name) in profiles[profile].groups.map(\.name).enumerated() {
        locations[name, default: []].append((profile, group))
      }
    }
    for locations in locations.values where locations.count > 1 {
      let groups = locations.map { profiles[$0].groups[$1] }
      let program = groups.dropFirst().reduce(groups.first) { $0?.joined(with: $1) }
      for (profile, group) in locations {
        profiles[profile].groups[group].join(program, in: profiles[profile].name)
      }
    }
    return profiles
  }
}

extension ConnectionGroup {
  /// Returns what both know of one program; nil if they cannot speak of the same connections.
  fileprivate func joined(with other: ConnectionGroup) -> ConnectionGroup? {
    let agree = sets.values.allSatisfy { option, value in other.sets[option] ?? value == value }
    guard direction == other.direction, match == other.match, agree,
      hasSingleUserTimeout == other.hasSingleUserTimeout,
      keepaliveLink == other.keepaliveLink, ranges == other.ranges,
      let timers = application.joined(with: other.application)
    else { return nil }
    var joined = self
    joined.application = timers
    joined.sets = sets.overridden(by: other.sets)
    joined.canSet = canSet.common(with: other.canSet)
    joined.levers = levers.intersection(other.levers)
    return joined
  }

  /// Takes in what is known of the program; nil stands for connections of its own.
  fileprivate mutating func join(_ program: ConnectionGroup?, in profile: String) {
    guard let program else { return name = "\(profile)/\(name)" }
    (sets, canSet, levers) = (program.sets, program.canSet, program.levers)
    application = program.application
    isShared = true
  }
}
