extension Timeline {
  /// A limit that may end a scenario, and the settings it comes from.
  package struct EndReason: Hashable, Sendable {
    package enum Limit: UInt16, Sendable {
      /// The count of retransmissions.
      case retransmissions
      /// The same count, used up by one in every tick once the user timeout is over.
      case retransmissionsInEveryTick
      /// The time that so many doublings would take (`tcp_model_timeout`).
      case retransmissionTime
      /// The shorter one that holds once the timeout has reached its maximum.
      case retransmissionTimeAtMaximum
      case userTimeout
      /// The count of keepalive or window probes.
      case probes
      /// The count of probes for a neighbour's address.
      case neighbourProbes
      /// How long a neighbour that does not answer is believed to be where it was.
      case neighbourEntry
      /// The time that a state lasts.
      case lifetime
      /// The least that the retransmission timeout lets it last.
      case leastLifetime
      /// The program's own.
      case deadline
    }

    package let limit: Limit
    /// The settings it is made of, the decisive one first; none where it is compiled in.
    package let settings: [SettingValue]
    /// How many retransmissions or probes it allows, or stands for; nil if none are counted.
    package let count: Int?
    /// How long it lasts with exact timers; nil if that is the sum of the scenario's waits.
    package let time: Duration?
    /// A setting that has no part in it, though its name says otherwise.
    package let overruled: SettingValue?

    init(
      _ limit: Limit, _ settings: [SettingValue], count: Int? = nil, time: Duration? = nil,
      overruling overruled: SettingValue? = nil
    ) {
      (self.limit, self.settings) = (limit, settings)
      (self.count, self.time, self.overruled) = (count, time, overruled)
    }
  }

  /// Which limits are met when the last timer fires, in any of the phases.
  package struct EndReasons: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    private init(_ limit: EndReason.Limit) { rawValue = 1 << limit.rawValue }

    package static let retransmissions = EndReasons(.retransmissions)
    package static let retransmissionsInEveryTick = EndReasons(.retransmissionsInEveryTick)
    package static let retransmissionTime = EndReasons(.retransmissionTime)
    package static let retransmissionTimeAtMaximum = EndReasons(.retransmissionTimeAtMaximum)
    package static let userTimeout = EndReasons(.userTimeout)
    package static let probes = EndReasons(.probes)
    package static let neighbourProbes = EndReasons(.neighbourProbes)
    package static let neighbourEntry = EndReasons(.neighbourEntry)
    package static let lifetime = EndReasons(.lifetime)
    package static let leastLifetime = EndReasons(.leastLifetime)
    package static let deadline = EndReasons(.deadline)

    /// Pairs of which one run meets one at most.
    private static let alternatives: [EndReasons] = [
      [.retransmissions, .retransmissionsInEveryTick],
      [.retransmissionTime, .retransmissionTimeAtMaximum], [.lifetime, .leastLifetime],
    ]

    fileprivate var mayBeMetAtOnce: Bool {
      Self.alternatives.allSatisfy { !isSuperset(of: $0) }
    }

    package func contains(_ limit: EndReason.Limit) -> Bool { contains(EndReasons(limit)) }
  }

  /// What ends it, over all branches.
  package var endReasons: EndReasons { branches.reduce(into: []) { $0.formUnion($1.endReasons) } }

  /// Whether every branch meets all the limits that any of them meets.
  package var isEndedByAllLimits: Bool {
    let met = endReasons
    return met.mayBeMetAtOnce && branches.allSatisfy { $0.endReasons == met }
  }

  /// The limits that end it, in any of the branches.
  package var decisiveLimits: [EndReason] {
    let met = endReasons
    return limits.filter { met.contains($0.limit) }
  }
}
