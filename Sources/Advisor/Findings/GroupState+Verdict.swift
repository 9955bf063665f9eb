import TCPModel

extension GroupState {
  /// How one bound of an objective stands, given what happens here in its scenario.
  func verdict(
    on kind: Objective.Kind, of objective: Objective, _ timeline: Timeline
  ) -> Finding.Verdict {
    guard let bound = objective[kind] else { return .met(margin: nil) }
    switch kind {
    case .within: return Self.ends(timeToEnd(of: timeline), within: bound.time)
    case .survive: return Self.outlives(timeline, bound.time)
    case .recover:
      let outage = objective.survive?.time ?? .zero
      return Self.resumes(timeline, after: outage, within: bound.time)
    }
  }

  private static func ends(_ timeToEnd: TimeToEnd, within limit: Duration) -> Finding.Verdict {
    switch timeToEnd.ends {
    case .unknown(let reason): return .unknown(because: reason)
    case .never, .maybeNever: return .missed(by: nil)
    case .always:
      guard let latest = timeToEnd.range?.latest else { return .missed(by: nil) }
      return latest <= limit ? .met(margin: limit - latest) : .missed(by: latest - limit)
    }
  }

  private static func outlives(_ timeline: Timeline, _ outage: Duration) -> Finding.Verdict {
    switch timeline.ends {
    case .unknown(let reason): return .unknown(because: reason)
    case .never: return .met(margin: nil)
    case .always, .maybeNever:
      guard let outlived = timeline.survives else { return .met(margin: nil) }
      return outlived >= outage ? .met(margin: outlived - outage) : .missed(by: outage - outlived)
    }
  }

  private static func resumes(
    _ timeline: Timeline, after outage: Duration, within limit: Duration
  ) -> Finding.Verdict {
    if case .unknown(let reason) = timeline.ends { return .unknown(because: reason) }
    guard let wait = timeline.recovers(after: outage) else { return .missed(by: nil) }
    return wait <= limit ? .met(margin: limit - wait) : .missed(by: wait - limit)
  }
}
