import TCPModel

/// A time between two that are known. Nil is longer than any time: an end that never comes, an
/// outage without limit.
package struct Estimate: Hashable, Sendable {
  package var least, most: Duration?
  /// Why it is not known exactly.
  package var doubt: String?

  package init(_ least: Duration?, _ most: Duration?, because doubt: String? = nil) {
    (self.least, self.most, self.doubt) = (least, most, doubt)
  }

  package init(_ time: Duration?) { self.init(time, time) }

  /// Returns a time of which nothing is known.
  package static func unknown(because reason: String) -> Estimate {
    Estimate(.zero, nil, because: reason)
  }
}

extension Objective.Kind {
  /// Returns how a bound of this kind stands against a time: when the scenario ends, the longest
  /// outage that is survived, or when traffic resumes after one.
  package func status(of time: Estimate, bound: Duration) -> Finding.Status {
    switch self {
    case .within, .recover: .atMost(bound, time)
    case .survive: .atLeast(bound, time)
    }
  }
}

extension Finding.Status {
  fileprivate static func atMost(_ bound: Duration, _ time: Estimate) -> Self {
    if let most = time.most, most <= bound { return .met(margin: bound - most) }
    if let doubt = time.doubt, let least = time.least, least <= bound {
      return .unknown(because: doubt)
    }
    return .missed(by: time.most.map { $0 - bound })
  }

  fileprivate static func atLeast(_ bound: Duration, _ time: Estimate) -> Self {
    guard let least = time.least else { return .met(margin: nil) }
    if least >= bound { return .met(margin: least - bound) }
    if let doubt = time.doubt, time.most.map({ $0 >= bound }) ?? true {
      return .unknown(because: doubt)
    }
    return .missed(by: bound - least)
  }
}

extension TimeToEnd {
  /// When it ends at the latest, which is what `within` asks.
  var estimate: Estimate {
    switch ends {
    case .unknown(let reason): .unknown(because: reason)
    case .never, .maybeNever: Estimate(nil)
    case .always: Estimate(range?.latest)
    }
  }
}

extension Timeline {
  /// Returns the time that a bound is about; for `within` that of one address.
  /// - Parameter outage: what `recover` counts after.
  func estimate(of kind: Objective.Kind, after outage: Duration) -> Estimate {
    if case .unknown(let reason) = ends { return .unknown(because: reason) }
    return switch kind {
    case .within: timeToEnd.estimate
    case .survive: Estimate(survives)
    case .recover: Estimate(recovers(after: outage))
    }
  }
}
