package import TCPModel

/// One course of events, drawn as one line.
package struct Lane: Sendable {
  package var label: String
  /// In order; without a give-up as the last nothing ends it.
  package var events: [Timeline.Event]
  /// What stands behind the lane.
  let endText: String

  /// - Parameter endText: in place of the time of the end, or of “never”.
  package init(label: String, events: [Timeline.Event], endText: String? = nil) {
    (self.label, self.events) = (label, events)
    self.endText = endText ?? Self.end(of: events)?.text ?? "never"
  }

  var end: TimeRange? { Self.end(of: events) }

  private static func end(of events: [Timeline.Event]) -> TimeRange? {
    events.last.flatMap { $0.kind == .giveUp ? $0.range : nil }
  }
}

extension Timeline {
  /// A lane for each branch, and one more where it may never end; none where nobody knows.
  /// - Parameter name: what tells this timeline from others beside it, such as its kernel.
  package func lanes(named name: String? = nil) -> [Lane] {
    if case .unknown = ends { return [] }
    var lanes = zip(distinctions, branches).map { Lane(label: $0, events: $1.events) }
    if ends != .always { lanes.append(Lane(label: "", events: [])) }
    guard let first = lanes.first.map({ lanes.count > 1 ? $0.label : "" }) else { return [] }
    let words = [name ?? (first.isEmpty ? scenario.rawValue : ""), first]
    lanes[0].label = words.filter { !$0.isEmpty }.joined(separator: ", ")
    return lanes
  }
}
