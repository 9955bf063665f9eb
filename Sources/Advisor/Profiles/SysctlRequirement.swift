package import TCPModel

/// What a profile asks of a sysctl directly.
package struct SysctlRequirement: Hashable, Sendable {
  package enum Bound: Hashable, Sendable {
    /// Exactly this.
    case value(SysctlValue)
    /// At least these numbers, element by element.
    case atLeast([Int])
    case atMost([Int])
    /// Whatever it is, no plan may change it.
    case keep
  }

  package var key: SysctlKey
  package var bound: Bound
  package var why, source: String?
  package var location: FileLocation

  package init(
    _ key: SysctlKey, _ bound: Bound, why: String?, source: String?, location: FileLocation
  ) {
    (self.key, self.bound, self.why) = (key, bound, why)
    (self.source, self.location) = (source, location)
  }

  /// `net.core.somaxconn at least 4096`.
  package var text: String {
    switch bound {
    case .value(let value): "\(key) = \(value)"
    case .atLeast(let bounds): "\(key) at least \(SysctlValue(bounds))"
    case .atMost(let bounds): "\(key) at most \(SysctlValue(bounds))"
    case .keep: "\(key) as it is"
    }
  }
}

extension [Profile] {
  /// Returns what the profiles ask of some keys themselves, in their order; one that is only to be
  /// kept as it is asks for nothing.
  func sysctlRequirements(on keys: [SysctlKey]) -> [SysctlRequirement] {
    flatMap(\.sysctls).filter { keys.contains($0.key) && $0.bound != .keep }
  }
}
