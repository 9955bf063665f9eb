/// What a timeline has cost: events simulated. It is no part of what the timeline says, so timelines
/// of any effort may be equal.
package struct Effort: Hashable, Sendable {
  package var events = 0

  package static func == (left: Self, right: Self) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}
