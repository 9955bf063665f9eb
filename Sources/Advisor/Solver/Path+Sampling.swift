import TCPModel

extension Path {
  private static let minimum = RetransmissionTimeout.defaultMinimum
  private var timeouts: ClosedRange<Duration> { timeouts(minimum: Self.minimum) }

  /// Whether so many timeouts follow from it that simulating all of them takes a while.
  var isWide: Bool {
    retransmissionTimeout == nil
      && timeouts.upperBound - timeouts.lowerBound > .milliseconds(16)
  }

  /// Some paths out of this one, each with one timeout, the longest and the shortest first: where one
  /// fails, it is mostly one of these. The path itself where it is narrow.
  func sample(_ sampling: Sampling) -> [Path] {
    guard isWide, let steps = sampling.steps else { return [self] }
    return ([steps, 0] + Array(1..<steps)).map { step in
      let width = timeouts.upperBound - timeouts.lowerBound
      let timeout = timeouts.lowerBound + width * step / steps
      var path = self
      path.retransmissionTimeout = timeout
      let trip = min(max(timeout - Self.minimum, roundTrip.lowerBound), roundTrip.upperBound)
      path.roundTrip = trip...trip
      return path
    }
  }
}

/// How many of a path's retransmission timeouts are simulated: few say quickly what cannot do, and only
/// all of them what does.
enum Sampling: CaseIterable {
  case few, some, all

  fileprivate var steps: Int? {
    switch self {
    case .few: 6
    case .some: 16
    case .all: nil
    }
  }
}
