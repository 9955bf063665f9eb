import TCPModel

/// How the axis of a chart measures time.
package enum Scale: String, CaseIterable, Sendable {
  case auto, linear, logarithmic = "log"

  /// Whether lanes are drawn on a logarithmic axis.
  ///
  /// Where waits grow, as those of a timer that backs off do, on a linear axis all but the last few
  /// events would stand in one place.
  package func isLogarithmic(for lanes: [Lane]) -> Bool {
    switch self {
    case .linear: false
    case .logarithmic: true
    case .auto: lanes.contains(where: \.waitsGrow)
    }
  }
}

extension Lane {
  /// Later than this many first waits is too far off for a linear axis.
  private static let reach = 12

  fileprivate var waitsGrow: Bool {
    var (last, first, longest) = (Duration.zero, Duration.zero, Duration.zero)
    for event in events {
      let wait = event.range.latest - last
      last = event.range.latest
      if first == .zero { first = wait }
      longest = max(longest, wait)
    }
    return last > first * Self.reach && longest >= first * 2
  }
}
