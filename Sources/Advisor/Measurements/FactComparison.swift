package import Observations
import TCPModel

/// A socket fact, and what the running kernel made of it.
package struct FactComparison: Sendable {
  package enum Status: Equatable, Sendable {
    case same, different
    /// Seen, but nobody can say what should have been.
    case unknown(because: String)
    case notRun(because: String)
  }

  package let fact: SocketFact
  /// nil if it was not run.
  package let seen: String?
  package let status: Status

  package init(_ fact: SocketFact, _ observation: FactObservation) {
    self.fact = fact
    switch observation {
    case .notRun(let reason): (seen, status) = (nil, .notRun(because: reason))
    case .seen(let text):
      seen = text
      if let doubt = fact.doubt {
        status = .unknown(because: doubt)
      } else {
        status = text == fact.claim ? .same : .different
      }
    }
  }
}

extension [FactComparison] {
  /// 1 something differs, 2 nothing is known, 0 all the same.
  package var exitCode: Int32 {
    if contains(where: { $0.status == .different }) { return 1 }
    return contains { $0.status == .same } ? 0 : 2
  }
}
