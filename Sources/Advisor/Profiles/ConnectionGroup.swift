package import TCPModel

/// The connections that a profile speaks of together.
package struct ConnectionGroup: Hashable, Sendable {
  package enum Direction: String, CaseIterable, Sendable { case outbound, inbound }

  package var name: String
  package var direction: Direction
  /// The program, as the catalogue names it; nil if the profile does not say.
  package var software: String?
  /// Which live sockets belong to it.
  package var match: Match
  /// What the program is known to set today.
  package var sets: SocketOptions
  /// The times it keeps by itself.
  package var application = ApplicationTimers()
  /// What it could set; nil is everything.
  package var canSet: [SocketOption]?
  package var path: Path
  package var middleboxes: [Middlebox]
  package var levers: Set<Lever>
  /// Whether the program has one knob for the user timeout, which it sets before it connects and
  /// leaves as it is.
  package var hasSingleUserTimeout = false
  /// What the program takes of an option, where that is less than the kernel takes.
  package var ranges: [SocketOption: ClosedRange<Int>] = [:]
  /// What the program sets along with TCP_KEEPIDLE.
  package var keepaliveLink: KeepaliveLink?
  /// Whether several profiles speak of these connections.
  package var isShared = false
  /// At most one for a scenario, in the order of `Scenario.allCases`.
  package var objectives: [Objective]
  package var location: FileLocation

  package init(
    name: String, direction: Direction = .outbound, match: Match = Match(),
    sets: SocketOptions = SocketOptions(), canSet: [SocketOption]? = nil, path: Path = Path(),
    middleboxes: [Middlebox] = [], levers: Set<Lever> = Set(Lever.allCases),
    objectives: [Objective] = [], location: FileLocation
  ) {
    (self.name, self.direction, self.match, self.sets) = (name, direction, match, sets)
    (self.canSet, self.path, self.middleboxes) = (canSet, path, middleboxes)
    (self.levers, self.objectives, self.location) = (levers, objectives, location)
  }

  /// Whether the program can be told of an option, or sets it along with one that it can be told of.
  package func canSet(_ option: SocketOption) -> Bool {
    guard let canSet else { return true }
    return canSet.contains(option)
      || keepaliveLink?.sources[option] != nil && canSet.contains(.keepIdle)
  }
}

extension [SocketOption]? {
  /// Returns what both can set; nil is everything.
  func common(with other: Self) -> Self {
    guard let self, let other else { return self ?? other }
    return self.filter(other.contains)
  }
}

/// What may be changed to meet an objective.
package enum Lever: String, CaseIterable, Sendable {
  /// The program's own time limit.
  case deadline
  /// Socket options.
  case socket
  case sysctl
}
