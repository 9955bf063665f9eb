package import TCPModel

/// What a profile asks of a scenario.
package struct Objective: Hashable, Sendable {
  /// A demanded time and where it was written.
  package struct Bound: Hashable, Sendable {
    package let time: Duration
    package let place: Place
    package init(_ time: Duration, at place: Place) { (self.time, self.place) = (time, place) }
  }

  package var scenario: Scenario
  /// The latest end, over all branches and round trips, is at most this.
  package var within: Bound?
  /// An outage of this length, at the worst moment, is outlived.
  package var survive: Bound?
  /// After such an outage traffic resumes within this.
  package var recover: Bound?
  /// The reason and the document behind the numbers.
  package var why, source: String?

  package init(
    _ scenario: Scenario, within: Bound? = nil, survive: Bound? = nil, recover: Bound? = nil,
    why: String? = nil, source: String? = nil
  ) {
    (self.scenario, self.within, self.survive) = (scenario, within, survive)
    (self.recover, self.why, self.source) = (recover, why, source)
  }
}
