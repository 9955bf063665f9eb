import TCPModel

extension Path {
  /// Retransmission timeouts from the shortest to the longest that follow from the round trips when
  /// the kernel's minimum is what it is by default.
  private var timeouts: ClosedRange<Duration> {
    let minimum = Duration.milliseconds(200)
    let highest = roundTrip.upperBound + max(roundTrip.upperBound * 2, minimum)
    return roundTrip.lowerBound + minimum...highest
  }

  /// Whether so many timeouts follow from it that simulating all of them takes a while.
  var isWide: Bool {
    retransmissionTimeout == nil
      && timeouts.upperBound - timeouts.lowerBound > .milliseconds(16)
  }

  /// Some paths out of this one, each with one timeout; the path itself where it is narrow.
  func sample(_ sampling: Sampling) -> [Path] {
    guard isWide, let steps = sampling.steps else { return [self] }
    return (0...steps).map { step in
      let width = timeouts.upperBound - timeouts.lowerBound
      let timeout = timeouts.lowerBound + width * step / steps
      var path = self
      path.retransmissionTimeout = timeout
      let trip = min(max(timeout - .milliseconds(200), roundTrip.lowerBound), roundTrip.upperBound)
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
    case .some: 60
    case .all: nil
    }
  }
}
