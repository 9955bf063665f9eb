package import TCPModel

/// A socket fact, and what the running kernel made of it.
package struct FactComparison: Sendable {
  package enum Status: Hashable, Sendable {
    case same, different
    /// Seen, but nobody can say what should have been.
    case unknown(because: String)
    case notPlayed(because: String)
  }

  package let fact: SocketFact
  /// nil where it was not played.
  package let seen: String?
  package let status: Status

  package init(_ fact: SocketFact, _ observation: FactObservation) {
    self.fact = fact
    switch observation {
    case .notPlayed(let reason): (seen, status) = (nil, .notPlayed(because: reason))
    case .seen(let text):
      seen = text
      if let doubt = fact.doubt {
        status = .unknown(because: doubt)
      } else {
        status = Self.agree(fact.claim, text) ? .same : .different
      }
    }
  }

  private static func agree(_ claim: String, _ seen: String) -> Bool {
    if claim == seen { return true }
    let (claimed, found) = (SocketFact.parts(of: claim), SocketFact.parts(of: seen))
    return claimed.count == found.count
      && zip(claimed, found).allSatisfy { $0.step == $1.step && admits($0.result, $1.result) }
  }

  /// A claim `< 1` is a bound; every other one is literal.
  private static func admits(_ claim: String?, _ seen: String?) -> Bool {
    guard let claim, let seen, claim.hasPrefix("< "), let bound = Double(claim.dropFirst(2)),
      let number = Double(seen)
    else { return claim == seen }
    return number < bound
  }
}

extension [FactComparison] {
  /// 1 something differs, 2 nothing could be told, 0 all the same.
  package var exitCode: Int32 {
    if contains(where: { $0.status == .different }) { return 1 }
    return contains { $0.status == .same } ? 0 : 2
  }
}
