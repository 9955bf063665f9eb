import TCPModel

/// One bound of an objective, asked of the connections of a group: the smallest thing that can be
/// met or missed.
struct Requirement: Sendable {
  let profile: String
  let group: ConnectionGroup
  let objective: Objective
  let kind: Objective.Kind
  let bound: Objective.Bound

  var scenario: Scenario { objective.scenario }
  var time: Duration { bound.time }

  /// Whether so many retransmission timeouts play a part that it takes a while.
  var isWide: Bool { scenario.depends(on: .retransmissionTimeout) && group.path.isWide }

  /// `idle survive 20 s`, as a contradiction names it.
  var named: Plan.ConflictParty {
    Plan.ConflictParty(
      text: "\(scenario.rawValue) \(kind.rawValue) \(bound.written.text)", location: bound.location)
  }

  /// Returns the same where these devices are on the path, and no others.
  func passing(_ boxes: [Middlebox]) -> Requirement {
    var group = group
    group.middleboxes = boxes
    return Requirement(
      profile: profile, group: group, objective: objective, kind: kind, bound: bound)
  }

  /// Returns the same after a shorter outage, where the one that is asked for is longer.
  func after(outageOf longest: Duration) -> Requirement {
    guard let survive = objective.survive, survive.time > longest else { return self }
    var objective = objective
    objective.survive = Objective.Bound(WrittenTime(longest), at: survive.location)
    return Requirement(
      profile: profile, group: group, objective: objective, kind: kind, bound: bound)
  }

  func needing(_ need: String) -> Plan.ConflictParty {
    var requirement = named
    requirement.needs = need
    return requirement
  }
}

extension ConnectionGroup {
  /// Everything that the objectives of the group ask.
  func requirements(in profile: String) -> [Requirement] {
    objectives.flatMap { objective in
      objective.bounds.map { kind, bound in
        Requirement(profile: profile, group: self, objective: objective, kind: kind, bound: bound)
      }
    }
  }
}
