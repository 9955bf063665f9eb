import TCPModel

extension ConnectionGroup {
  /// Returns the same connections as those of a known program; what the group says itself wins.
  package func carried(by program: KnownProgram) -> ConnectionGroup {
    var group = self
    group.ranges = program.ranges
    guard software != program.name else { return group }
    group.software = program.name
    group.sets = program.sets.overridden(by: sets)
    group.canSet = canSet.common(with: program.canSet)
    (group.hasSingleUserTimeout, group.keepaliveLink) = (
      program.hasSingleUserTimeout, program.keepaliveLink
    )
    for timer in ApplicationTimers.all {
      group.application[keyPath: timer] =
        application[keyPath: timer] ?? program.application[keyPath: timer]
    }
    if !program.keepsConnectDeadline { group.levers.remove(.deadline) }
    return group
  }
}

extension KnownProgram {
  /// Whether it can be told when to give up connecting; a program of which no knobs are known may.
  fileprivate var keepsConnectDeadline: Bool {
    knobs.isEmpty || knob(.connectTimeout) != nil || knob(.connectTotal) != nil
  }
}

extension PortablePlan {
  /// Returns the plan for the same profiles where connections are those of known programs.
  /// - Parameter program: whose they are; nil for groups that stay as they are.
  package func carried(by program: (ConnectionGroup) -> KnownProgram?) -> PortablePlan {
    let carried = profiles.map { profile in
      var profile = profile
      profile.groups = profile.groups.map { group in
        program(group).map(group.carried) ?? group
      }
      return profile
    }
    guard carried != profiles,
      let plan = try? PortablePlan(
        for: carried, kernels: kernels, programs: programs, asking: TimelineCache(knowing: known))
    else { return self }
    return plan
  }
}
