extension Timeline {
  /// What ends a scenario: the limits that are met when the last timer fires, in any of the phases.
  package struct Limits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The count of retransmissions.
    package static let retransmissions = Limits(rawValue: 1)
    /// The time that so many doublings would take (`tcp_model_timeout`).
    package static let retransmissionTime = Limits(rawValue: 2)
    package static let userTimeout = Limits(rawValue: 4)
    /// The count of keepalive or window probes.
    package static let probes = Limits(rawValue: 8)
    /// The count of probes for a neighbour's address.
    package static let neighbourProbes = Limits(rawValue: 16)
    /// The time that a state lasts.
    package static let lifetime = Limits(rawValue: 32)
    /// The program's own.
    package static let deadline = Limits(rawValue: 64)
  }

  /// What ends it, over all branches.
  package var limits: Limits { branches.reduce(into: []) { $0.formUnion($1.limits) } }
}
