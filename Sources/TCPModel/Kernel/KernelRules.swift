/// What a kernel does, made once from its release and the keys it shows; simulations take it and never
/// ask for a version themselves.
package struct KernelRules: Sendable {
  /// Something that came with a release.
  package enum Feature: UInt32, CaseIterable, Sendable {
    /// The first SYN retransmissions keep the interval (`tcp_retransmit_timer`).
    case linearSYNTimeouts
    /// The RTO minimum is a sysctl (`tcp_rto_min`).
    case rtoMinimumSetting
    /// The RTO maximum is a sysctl and an option (`tcp_rto_max`).
    case rtoMaximumSetting
    /// Timers fall into buckets (`calc_wheel_index`), they are not put off by a 256th.
    case timerWheel
    /// Half-open and time-wait connections have a timer each, not one for all.
    case timerPerConnection
    /// Waits are cut short, so that a timer fires when the user timeout is over
    /// (`tcp_clamp_rto_to_user_timeout`).
    case waitsClampedToUserTimeout
    /// The user timeout ends an attempt to connect (`tcp_write_timeout`).
    case userTimeoutOfConnect
    /// As many unanswered window probes as tcp_retries2 says are enough, not one more; the clock of
    /// the user timeout starts with the first (`icsk_probes_tstamp`).
    case countedWindowProbes
    /// TCP_LINGER2 is bounded by two minutes, not by tcp_fin_timeout.
    case lingerOfTwoMinutes
    /// Neighbour probes may come more often than twice a second.
    case frequentNeighbourProbes
    /// The RTO maximum bounds the waits of SYN-ACKs too (`tcp_reqsk_timeout`).
    case cappedSYNACKWaits
    /// A window probe that is answered once the user timeout is over is followed by the next at once,
    /// not after a whole wait (`tcp_clamp_probe0_to_user_timeout`).
    case signedProbeClamp
  }

  /// Several of them; a search looks at them by the million.
  struct Features: Hashable, Sendable, ExpressibleByArrayLiteral {
    private let bits: UInt32

    private init(bits: UInt32) { self.bits = bits }
    init(_ features: some Sequence<Feature>) {
      bits = features.reduce(0) { $0 | 1 << $1.rawValue }
    }
    init(arrayLiteral features: Feature...) { self.init(features) }

    var isEmpty: Bool { bits == 0 }
    func contains(_ feature: Feature) -> Bool { bits & 1 << feature.rawValue != 0 }
    func union(_ others: Self) -> Self { Self(bits: bits | others.bits) }
    func intersection(_ others: Self) -> Self { Self(bits: bits & others.bits) }
    func subtracting(_ others: Self) -> Self { Self(bits: bits & ~others.bits) }
  }

  /// The oldest release whose timers these simulations follow.
  package static let oldest = KernelVersion(3, 10)
  /// The newest release whose timers were read; newer ones are simulated by its rules.
  package static let newestChecked = KernelVersion(7, 3)
  /// The first release that was read to have the retries and times of TCP in each network namespace,
  /// out of reach of whoever is root in another.
  package static let firstWithNamespacedTCP = KernelVersion(4, 14)
  /// The first release that shows the sysctls of neighbours in a user namespace: commit 8c8b7aa7fb0c.
  package static let firstWithNeighboursInUserNamespaces = KernelVersion(5, 17)
  /// The releases with long support that emitted text holds on when none is named.
  package static let longTerm = [
    KernelVersion(5, 15), KernelVersion(6, 1), KernelVersion(6, 6), KernelVersion(6, 12),
    KernelVersion(6, 18),
  ]

  /// Returns why nothing can be simulated for a release; nil if something can.
  package static func objection(to release: KernelVersion) -> String? {
    if release < oldest {
      return "the timers of Linux \(release) are not modelled; \(oldest) is the oldest"
    }
    guard let wheel = history.first(where: { $0.feature == .timerWheel }),
      wheel.isUnchecked(in: release)
    else { return nil }
    // The wheel came with commit 500462a9de65 (4.8). In between `tcp_write_timeout` of connects and
    // `tcp_probe_timer` were rewritten, in stable series and by vendors too: 4.4 ends a connect by time
    // alone and sends one window probe more, trees of 4.9.337 do as 5.4 does, and a release number does
    // not tell which.
    return """
      the timers of Linux \(release) are not modelled: between \(oldest) and \(wheel.since) the \
      kernel's timers and what ends a connect were rewritten, and stable releases and vendors took \
      over different parts of it; the nearest that are modelled are \(oldest) and \(wheel.since)
      """
  }

  /// Returns the release whose rules stand in for those of a newer one that nobody has read; nil
  /// where its own are known.
  package static func standIn(for release: KernelVersion) -> KernelVersion? {
    release > newestChecked ? newestChecked : nil
  }

  /// The sysctls whose presence shows what a kernel does.
  package static var telltales: [SysctlKey] { history.compactMap(\.shownBy) }

  package let release: KernelVersion
  /// The tick, or all the common ones where it is unknown.
  package let tickRates: [TickRate]
  let features: Features
  /// What nobody has checked for this release.
  let unchecked: Features

  /// The rules of the kernel that a snapshot was taken from: what its /proc shows beats the table.
  /// - Throws: `Unknown` when the release is not known or older than `oldest`.
  package init(of snapshot: SettingsSnapshot) throws(Unknown) {
    guard let release = snapshot.kernel else {
      throw Unknown("\(snapshot.source) does not name its kernel release; give one with --kernel")
    }
    if let objection = Self.objection(to: release) {
      throw Unknown(snapshot.capture == nil ? objection : "\(snapshot.releasePlace): \(objection)")
    }
    self.release = release
    tickRates = snapshot.tickRate.map { [$0] } ?? TickRate.common
    features = Features(
      Self.history.filter { $0.isPresent(in: snapshot, of: release) }.map(\.feature))
    unchecked = Features(Self.history.filter { $0.isUnchecked(in: release) }.map(\.feature))
  }

  /// Returns whether the kernel has a feature, as its /proc shows or as its release number says.
  package func has(_ feature: Feature) -> Bool { features.contains(feature) }

  /// Returns whether the kernel has a feature, where that decides.
  /// - Throws: `Unknown` for a release between those that were checked.
  func knows(_ feature: Feature) throws(Unknown) -> Bool {
    guard !unchecked.contains(feature) else {
      throw Unknown("the behaviour of Linux \(release) has not been verified (\(feature))")
    }
    return has(feature)
  }

  /// - Throws: `Unknown` where such connections share a timer, which is not modelled.
  func needTimerPerConnection() throws(Unknown) {
    guard try knows(.timerPerConnection) else {
      throw Unknown("this scenario is not modelled for Linux \(release)")
    }
  }

  /// Returns the timers of a kernel with this tick.
  func wheel(at tickRate: TickRate) -> TimerWheel {
    has(.timerWheel) ? TimerWheel(tickRate) : .slack
  }

  /// Returns the same kernel built with other ticks.
  package func with(tickRates: [TickRate]) -> KernelRules {
    KernelRules(
      release: release, tickRates: tickRates, features: features, unchecked: unchecked)
  }

  private init(
    release: KernelVersion, tickRates: [TickRate], features: Features, unchecked: Features
  ) {
    (self.release, self.tickRates) = (release, tickRates)
    (self.features, self.unchecked) = (features, unchecked)
  }
}
