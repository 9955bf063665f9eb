extension Timeline {
  /// What ends a scenario: the limits that are met when the last timer fires, in any of the phases.
  package struct EndReasons: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The count of retransmissions.
    package static let retransmissions = EndReasons(rawValue: 1)
    /// The time that so many doublings would take (`tcp_model_timeout`).
    package static let retransmissionTime = EndReasons(rawValue: 2)
    package static let userTimeout = EndReasons(rawValue: 4)
    /// The count of keepalive or window probes.
    package static let probes = EndReasons(rawValue: 8)
    /// The count of probes for a neighbour's address.
    package static let neighbourProbes = EndReasons(rawValue: 16)
    /// The time that a state lasts.
    package static let lifetime = EndReasons(rawValue: 32)
    /// The program's own.
    package static let deadline = EndReasons(rawValue: 64)
  }

  /// What ends it, over all branches.
  package var endReasons: EndReasons { branches.reduce(into: []) { $0.formUnion($1.endReasons) } }
}
