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
  /// Returns the places of a smallest part that cannot be had together, of the last elements where
  /// there are several; all of them where they can.
  ///
  /// What cannot be had cannot be had with more: the last element that the rest cannot do without is
  /// found by halving, then the next one beside it.
  func smallestConflict(isPossible: ([Element]) throws -> Bool) rethrows -> [Int] {
    func isConflict(_ kept: [Int], from start: Int) throws -> Bool {
      try !isPossible((kept + (start..<endIndex)).map { self[$0] })
    }
    guard try isConflict([], from: 0) else { return Array<Int>(indices) }
    var kept: [Int] = []
    while try !isConflict(kept, from: endIndex) {
      let first = kept.last.map { $0 + 1 } ?? 0
      let last = try BoundedSearch.limit(in: first...endIndex - 1, isUpper: true) {
        try $0 == first || isConflict(kept, from: $0)
      }
      kept.append(last ?? first)
    }
    return kept
  }
}

extension Sequence {
  /// Returns the first result that there is.
  func firstResult<Result>(_ attempt: (Element) throws -> Result?) rethrows -> Result? {
    for element in self {
      if let result = try attempt(element) { return result }
    }
    return nil
  }
}
