/// Keepalive probes each of which is answered: an answer puts the next one off by the idle time but, where
/// that is longer, the timer was armed for the interval when the probe left (`tcp_keepalive_timer`).
struct AnsweredProbes {
  /// When the first one leaves after other traffic, and how long after one the next does.
  let first, apart: TimeRange

  /// Returns when one leaves, after others.
  func range(after others: Int) -> TimeRange { first + apart * others }

  /// Returns when one leaves, where it is not certain how many left before.
  func range(after others: ClosedRange<Int>) -> TimeRange {
    let (fewest, most) = (range(after: others.lowerBound), range(after: others.upperBound))
    return TimeRange(fewest.earliest, most.latest)
  }

  /// Returns how many leave before a time: those that certainly do, and those that may.
  func count(before time: Duration) -> ClosedRange<Int> {
    let certain = Self.count(before: time, first.latest, apart.latest)
    return certain...max(certain, Self.count(before: time, first.earliest, apart.earliest))
  }

  /// Beyond so many, what they take together may be more than a time can be.
  private static let mostCounted = 1 << 50

  private static func count(before time: Duration, _ first: Duration, _ apart: Duration) -> Int {
    if first >= time { return 0 }
    // Probes without a pause between them have no number.
    guard apart > .zero else { return 1 }
    let count = Int(min(((time - first) / apart).rounded(.up), Double(mostCounted)))
    return (max(count - 1, 1)...count + 1).last { first + apart * ($0 - 1) < time } ?? 1
  }

  /// Returns the first ones: of very many the first and the last.
  func events(_ count: Int) -> [Timeline.Event] {
    let most = EventTrace.mostTimes
    let numbers = Array(0..<min(count, most)) + (count > most ? [count - 1] : [])
    return numbers.map { Timeline.Event(.keepaliveProbe, range(after: $0)) }
  }
}

extension Timeline {
  /// The same where no probe was answered before: as an experiment begins.
  package var withoutAnsweredProbes: Timeline {
    var timeline = self
    timeline.branches.removeAll { $0.circumstance == .answeredProbes }
    timeline.afterAnswer = nil
    return timeline
  }

  /// The probes of an idle connection if the peer is not gone, as this timeline has it, but answers; nil
  /// where none is sent.
  var answeredProbes: AnsweredProbes? {
    func first(_ branches: [Branch]) -> TimeRange? {
      branches.compactMap { $0.probes.first?.range }.union
    }
    guard let begin = first(withoutAnsweredProbes.branches) else { return nil }
    return AnsweredProbes(first: begin, apart: afterAnswer.flatMap(first) ?? begin)
  }
}
