package import TCPModel

/// What a profile asks of a sysctl directly.
package struct SysctlDemand: Hashable, Sendable {
  package enum Demand: Hashable, Sendable {
    /// Exactly this, as `/proc` prints it, tabs as one blank.
    case value(String)
    /// At least these numbers, element by element.
    case atLeast([Int])
    case atMost([Int])
    /// Whatever it is, no plan may change it.
    case keep
  }

  package var key: SysctlKey
  package var demand: Demand
  package var why, source: String?
  package var place: Place

  package init(_ key: SysctlKey, _ demand: Demand, why: String?, source: String?, place: Place) {
    (self.key, self.demand, self.why) = (key, demand, why)
    (self.source, self.place) = (source, place)
  }

  /// `net.core.somaxconn at least 4096`.
  package var text: String {
    switch demand {
    case .value(let value): "\(key) = \(value)"
    case .atLeast(let bounds): "\(key) at least \(bounds.map(String.init).joined(separator: " "))"
    case .atMost(let bounds): "\(key) at most \(bounds.map(String.init).joined(separator: " "))"
    case .keep: "\(key) as it is"
    }
  }
}

extension [Profile] {
  /// What the profiles ask of some keys themselves, in their order; one that is only to be kept as it
  /// is asks for nothing.
  func sysctlDemands(on keys: [SysctlKey]) -> [SysctlDemand] {
    flatMap(\.sysctls).filter { keys.contains($0.key) && $0.demand != .keep }
  }
}
