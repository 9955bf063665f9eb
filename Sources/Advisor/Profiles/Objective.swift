package import TCPModel

/// What a profile asks of a scenario.
package struct Objective: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// The latest end, over all branches and round trips, is at most this.
    case within
    /// An outage of this length, at the worst moment, is survived.
    case survive
    /// After such an outage traffic resumes within this.
    case recover
  }

  /// A demanded time and where it was written.
  package struct Bound: Hashable, Sendable {
    package let written: WrittenTime
    package let location: FileLocation

    package init(_ written: WrittenTime, at location: FileLocation) {
      (self.written, self.location) = (written, location)
    }

    package var time: Duration { written.time }
  }

  package var scenario: Scenario
  package var within, survive, recover: Bound?
  /// The reason and the document behind the numbers.
  package var why, source: String?

  package init(
    _ scenario: Scenario, within: Bound? = nil, survive: Bound? = nil, recover: Bound? = nil,
    why: String? = nil, source: String? = nil
  ) {
    (self.scenario, self.within, self.survive) = (scenario, within, survive)
    (self.recover, self.why, self.source) = (recover, why, source)
  }

  package subscript(kind: Kind) -> Bound? {
    switch kind {
    case .within: within
    case .survive: survive
    case .recover: recover
    }
  }

  /// The bounds that are asked for, in the order of the kinds.
  package var bounds: [(kind: Kind, bound: Bound)] {
    Kind.allCases.compactMap { kind in self[kind].map { (kind, $0) } }
  }
}
