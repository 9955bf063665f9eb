import TCPModel

/// Something that bounds the keepalive numbers.
enum KeepaliveConstraint {
  case requirement(Application, Requirement)
  /// A device on the path must see a probe well before it forgets.
  case reminder(Application, Middlebox, FileLocation)
  /// A number that a profile names itself.
  case sysctl(SysctlRequirement)
  /// A user timeout that `for` these demands replaces the count.
  case userTimeout(Application, milliseconds: Int, for: [Requirement])

  var requirement: Requirement? {
    if case .requirement(_, let requirement) = self { requirement } else { nil }
  }
  var middlebox: Middlebox? { if case .reminder(_, let box, _) = self { box } else { nil } }
  /// In milliseconds.
  var userTimeout: Int? {
    if case .userTimeout(_, let milliseconds, _) = self { milliseconds } else { nil }
  }

  /// As a contradiction names it, with what it takes.
  var named: [Plan.ConflictParty] {
    switch self {
    case .requirement(_, let requirement):
      switch requirement.kind {
      case .within: [requirement.named]
      case .survive: [requirement.needing("probes for \(requirement.time.text) after a lost one")]
      case .recover:
        [
          requirement.needing(
            "a probe at least every \(requirement.time.text) for"
              + " \((requirement.objective.survive?.time ?? .zero).text)")
        ]
      }
    case .reminder(_, let box, let location):
      [
        Plan.ConflictParty(
          text: "\(box.name) forgets after \(box.idleTimeout.text)", location: location,
          needs: "the first probe within \(box.longestIdle.text)")
      ]
    case .sysctl(let requirement): [requirement.named]
    case .userTimeout(let application, let milliseconds, let requirements):
      named(Duration.milliseconds(milliseconds), of: application, for: requirements)
    }
  }

  private func named(
    _ timeout: Duration, of application: Application, for requirements: [Requirement]
  ) -> [Plan.ConflictParty] {
    if requirements.isEmpty {
      return [
        Plan.ConflictParty(
          text: "TCP_USER_TIMEOUT \(timeout.text), which the program sets",
          location: application.program.location)
      ]
    }
    return requirements.map { $0.needing("TCP_USER_TIMEOUT \(timeout.text)") }
  }
}

extension Array {
  /// Returns the places of a smallest part that cannot be had together, found by leaving out one
  /// after the other.
  func smallestConflict(isPossible: ([Element]) -> Bool) -> [Int] {
    var kept = Array<Int>(indices)
    for index in indices {
      let fewer = kept.filter { $0 != index }
      if !isPossible(fewer.map { self[$0] }) { kept = fewer }
    }
    return kept
  }
}
