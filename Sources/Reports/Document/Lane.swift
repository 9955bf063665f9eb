package import TCPModel

/// One course of events.
package struct Lane: Hashable, Sendable {
  package var label: String
  /// In order; without an end as the last nothing ends it.
  package let events: [Timeline.Event]
  /// When it ends, in words.
  package let endText: String
  /// Whether it goes on, and nobody has looked any longer.
  package let isCutOff: Bool

  /// - Parameter endText: in place of the time of the end, or of “never”.
  package init(
    label: String, events: [Timeline.Event], endText: String? = nil, isCutOff: Bool = false
  ) {
    (self.label, self.events, self.isCutOff) = (label, events, isCutOff)
    self.endText = endText ?? Self.end(of: events)?.text ?? "never"
  }

  /// When the last event ends it; nil if nothing does.
  package var end: TimeRange? { Self.end(of: events) }

  private static func end(of events: [Timeline.Event]) -> TimeRange? {
    events.last.flatMap { $0.kind.isEnd ? $0.range : nil }
  }
}
