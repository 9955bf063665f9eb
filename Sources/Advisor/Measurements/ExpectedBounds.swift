import Observations
import TCPModel

/// What a profile asks of the case that is measured; what is not asked is nil.
package struct ExpectedBounds: Hashable, Sendable {
  package var within, survive, recover: Duration?

  package init(within: Duration? = nil, survive: Duration? = nil, recover: Duration? = nil) {
    (self.within, self.survive, self.recover) = (within, survive, recover)
  }

  private subscript(kind: Objective.Kind) -> Duration? {
    switch kind {
    case .within: within
    case .survive: survive
    case .recover: recover
    }
  }

  /// Returns why what was seen misses it; nil if it does not, or if it has not shown yet.
  func miss(in observation: Observation) -> String? {
    for kind in Objective.Kind.allCases {
      guard let bound = self[kind] else { continue }
      let status = kind.status(of: observation.estimate(of: kind), bound: bound)
      if status.isMissed { return observation.text(of: kind, missing: bound) }
    }
    return nil
  }
}

extension Observation {
  /// Returns what was seen of the time that a bound is about.
  fileprivate func estimate(of kind: Objective.Kind) -> Estimate {
    switch (kind, outcome) {
    case (.within, .ended(_, let time)): Estimate(time)
    case (.within, .running(let time)): Estimate(time, nil, because: "it has not ended yet")
    // The process that ends the outage may have woken up late.
    case (.survive, .ended):
      Estimate(
        .zero, outage.map { $0 - .milliseconds(5) } ?? .zero, because: "the outage was longer")
    case (.recover, .outlived(let resumed)): Estimate(resumed)
    case (.within, _), (.survive, _), (.recover, _): .unknown(because: "it has not shown")
    }
  }

  fileprivate func text(of kind: Objective.Kind, missing bound: Duration) -> String {
    switch (kind, outcome) {
    case (.survive, _): "an outage of \(bound.text) was not survived, as requested"
    case (_, .ended(_, let time)): "it ended after \(time.text), where \(bound.text) is requested"
    case (_, .running(let time)):
      "it had not ended after \(time.text), where \(bound.text) is requested"
    case (_, .outlived(let resumed)):
      "traffic resumed \(resumed.text) after the outage, where \(bound.text) is requested"
    case (_, .notRun(let reason)): reason
    }
  }
}
