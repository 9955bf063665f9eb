import Observations
import TCPModel

/// What a profile asks of the case that is measured; what is not asked is nil.
package struct ExpectedBounds: Hashable, Sendable {
  package var within, survive, recover: Duration?

  package init(within: Duration? = nil, survive: Duration? = nil, recover: Duration? = nil) {
    (self.within, self.survive, self.recover) = (within, survive, recover)
  }

  /// Why what was seen breaks it; nil where it does not, or where it has not shown yet.
  func breach(by observation: Observation) -> String? {
    switch observation.outcome {
    case .notPlayed: return nil
    case .running(let time): return breach(after: time, hasEnded: false)
    case .ended(_, let time):
      if let survive {
        // The process that ends the outage may have woken up late.
        let lasted = observation.outage ?? survive
        return lasted > survive + .milliseconds(5)
          ? nil : "an outage of \(survive.text) was not survived, as requested"
      }
      return breach(after: time, hasEnded: true)
    case .outlived(let resumed):
      guard let recover, resumed > recover else { return nil }
      return "traffic resumed \(resumed.text) after the outage, where \(recover.text) is requested"
    }
  }

  private func breach(after time: Duration, hasEnded: Bool) -> String? {
    guard let within, time > within else { return nil }
    let end = hasEnded ? "it ended after \(time.text)" : "it had not ended after \(time.text)"
    return "\(end), where \(within.text) is requested"
  }
}
