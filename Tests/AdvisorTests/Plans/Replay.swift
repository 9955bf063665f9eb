import TCPModel

@testable import Advisor

/// What the published parts of a plan do, simulated by someone who follows them to the letter.
struct Replay {
  let plan: Plan
  let profiles: [Profile]

  func findings(on host: Host) -> [Finding] {
    let cache = TimelineCache()
    let sysctls = Dictionary(plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    let host = host.applying(sysctls)
    return profiles.flatMap { profile in
      profile.findings(on: host, cache) { state($0, on: host) }
    }
  }

  private func state(_ group: ConnectionGroup, on host: Host) -> GroupState {
    let changes = plan.socketOptions.filter { $0.group == group.name }
    func options(_ moments: Plan.Moment...) -> SocketOptions {
      SocketOptions(
        Dictionary(
          changes.filter { moments.contains($0.when) }.map { ($0.option, $0.value) }
        ) { $1 })
    }
    let connecting = group.sets.overridden(by: options(.beforeConnect, .listen))
    var state = GroupState(group, on: host)
    state.options = connecting.overridden(by: options(.afterConnect))
    state.connectUserTimeout = connecting[.userTimeout] ?? 0
    for deadline in plan.deadlines where deadline.group == group.name {
      state.deadlines[deadline.scenario] = deadline.time
    }
    return state
  }
}

extension Plan {
  /// Whether a contradiction speaks of what is missed: its demand, or its connections.
  func explains(_ finding: Finding) -> Bool {
    contradictions.contains { contradiction in
      contradiction.requirements.contains { $0.location == finding.location }
        || contradiction.group.split(separator: ", ").contains { $0 == finding.group }
    }
  }
}

extension Finding {
  var isMet: Bool { status.isMet }
  /// What a device on the path drops silently, only the profile's own bound can tell.
  var isSilentDrop: Bool { if case .silentDrop = subject { true } else { false } }
}
