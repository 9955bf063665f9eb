import TCPModel

@testable import Laboratory

/// Outages of a length that the model is sure about.
enum Outages {
  /// One that is outlived in every phase, even if its end comes late.
  static func outlived(by timeline: Timeline) -> Duration? {
    timeline.survives.map { max(.zero, $0 - Bench.lateness) }
  }

  /// One during which the connection ends.
  static func tooLong(for timeline: Timeline) -> Duration? {
    timeline.range.map { $0.latest + Bench.lateness }
  }

  /// One that ends before the connection does, but after all that it sends; nil where that is one
  /// moment.
  static func endingTooLate(for timeline: Timeline) -> Duration? {
    guard let last = timeline.lastSegment, let end = timeline.range?.earliest,
      last + Bench.lateness * 2 < end
    else { return nil }
    return last - timeline.worstMoment + Bench.lateness
  }
}

extension Timeline {
  /// When the last segment of any branch may leave.
  fileprivate var lastSegment: Duration? {
    branches.compactMap { $0.events.dropLast().last?.range.latest }.max()
  }

  /// When an outage that is hardest to outlive begins.
  fileprivate var worstMoment: Duration {
    scenario == .idle ? events.first?.range.earliest ?? .zero : .zero
  }

  /// The longest time from one event to the next.
  var longestGap: Duration {
    branches.flatMap { branch in
      zip([TimeRange(.zero, .zero)] + branch.events.map(\.range), branch.events.map(\.range))
        .map { $1.latest - $0.earliest }
    }.max() ?? .zero
  }
}
