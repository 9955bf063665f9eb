/// What a kernel does, made once from its release and the keys it shows; plays take it and never
/// ask for a version themselves.
package struct KernelRules: Sendable {
  /// Something that came with a release, or went.
  package enum Feature: String, CaseIterable, Sendable {
    /// The first SYN retransmissions keep the interval (`tcp_retransmit_timer`).
    case linearSYNTimeouts
    /// The RTO minimum is a sysctl (`tcp_rto_min`).
    case rtoMinimumSetting
    /// The RTO maximum is a sysctl and an option (`tcp_rto_max`).
    case rtoMaximumSetting
  }

  /// One row of the version table.
  struct Row {
    let feature: Feature
    let since: KernelVersion
    /// The sysctl whose presence shows the feature, whatever the release: distributions backport.
    let shownBy: SysctlKey
  }

  static let history: [Row] = [
    Row(feature: .linearSYNTimeouts, since: KernelVersion(6, 5), shownBy: .tcpSynLinearTimeouts),
    Row(feature: .rtoMinimumSetting, since: KernelVersion(6, 11), shownBy: .tcpRtoMinUs),
    Row(feature: .rtoMaximumSetting, since: KernelVersion(6, 15), shownBy: .tcpRtoMaxMs),
  ]

  /// The oldest release whose timers these plays follow; before it, limits were tested otherwise.
  package static let oldest = KernelVersion(5, 4)
  /// The releases with long support that emitted text holds on when none is named.
  package static let longTerm = [
    KernelVersion(5, 15), KernelVersion(6, 1), KernelVersion(6, 6), KernelVersion(6, 12),
    KernelVersion(6, 18),
  ]

  /// The sysctls whose presence shows what a kernel does.
  package static var telltales: [SysctlKey] { history.map(\.shownBy) }

  package let release: KernelVersion
  /// The tick, or all the common ones where it is unknown.
  package let tickRates: [TickRate]
  let features: Set<Feature>

  /// The rules of the kernel that a snapshot was taken from: what its /proc shows beats the table.
  /// - Throws: `Unknown` when the release is not known or older than `oldest`.
  package init(of snapshot: SettingsSnapshot) throws(Unknown) {
    guard let release = snapshot.kernel else {
      throw Unknown("\(snapshot.source) does not say which kernel it is from; --kernel names one")
    }
    guard release >= Self.oldest else {
      throw Unknown("the timers of Linux \(release) are not modelled; \(Self.oldest) is the oldest")
    }
    self.release = release
    tickRates = snapshot.tickRate.map { [$0] } ?? TickRate.common
    features = Set(Self.history.filter { snapshot[$0.shownBy] != .absent }.map(\.feature))
  }

  package func has(_ feature: Feature) -> Bool { features.contains(feature) }

  /// The same kernel built with other ticks.
  package func with(tickRates: [TickRate]) -> KernelRules {
    KernelRules(release: release, tickRates: tickRates, features: features)
  }

  private init(release: KernelVersion, tickRates: [TickRate], features: Set<Feature>) {
    (self.release, self.tickRates, self.features) = (release, tickRates, features)
  }
}
