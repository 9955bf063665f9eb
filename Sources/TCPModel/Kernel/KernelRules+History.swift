extension KernelRules {
  /// One row of the version table.
  struct Row {
    let feature: Feature
    /// The first release that has it, as it is quoted or as it was read.
    let since: KernelVersion
    /// The last release that was read and does not have it, where those between are in doubt.
    var lastWithout: KernelVersion?
    /// The sysctl whose presence shows the feature, whatever the release: distributions backport.
    var shownBy: SysctlKey?

    func isPresent(in snapshot: SettingsSnapshot, of release: KernelVersion) -> Bool {
      shownBy.map { snapshot[$0] != .absent } ?? (release >= since)
    }

    func isUnchecked(in release: KernelVersion) -> Bool {
      guard let lastWithout else { return false }
      return release > lastWithout && release < since
    }
  }

  /// Read in the sources of 3.10.105, 4.14.5, 4.19.78, 5.4.273, and 5.15 to 7.3.
  ///
  /// From 6.18 on changed besides, without moving a timer: a socket filter needs CAP_NET_ADMIN (7.0),
  /// a SYN or data timeout over IPv6 resets the route (7.2), and a reset outside of the exact sequence
  /// gets a challenge ACK in SYN-RECV (7.3).
  static let history: [Row] = [
    Row(feature: .linearSYNTimeouts, since: KernelVersion(6, 5), shownBy: .tcpSynLinearTimeouts),
    Row(feature: .rtoMinimumSetting, since: KernelVersion(6, 11), shownBy: .tcpRtoMinUs),
    Row(feature: .rtoMaximumSetting, since: KernelVersion(6, 15), shownBy: .tcpRtoMaxMs),
    // 4.8 is quoted for the wheel.
    Row(feature: .timerWheel, since: KernelVersion(4, 14), lastWithout: KernelVersion(3, 10)),
    Row(
      feature: .timerPerConnection, since: KernelVersion(4, 14), lastWithout: KernelVersion(3, 10)),
    Row(
      feature: .waitsClampedToUserTimeout, since: KernelVersion(4, 19),
      lastWithout: KernelVersion(4, 14)),
    Row(
      feature: .userTimeoutOfConnect, since: KernelVersion(5, 4),
      lastWithout: KernelVersion(4, 19)),
    Row(
      feature: .countedWindowProbes, since: KernelVersion(5, 4), lastWithout: KernelVersion(4, 19)),
    Row(
      feature: .lingerOfTwoMinutes, since: KernelVersion(5, 4), lastWithout: KernelVersion(4, 19)),
    // Commit 19e16d220f0a, and a second one that mended it, as 5.7 was made.
    Row(
      feature: .frequentNeighbourProbes, since: KernelVersion(5, 8),
      lastWithout: KernelVersion(5, 6)),
    // Commit 1e9d3005e02c.
    Row(feature: .cappedSYNACKWaits, since: KernelVersion(6, 19)),
    Row(feature: .signedProbeClamp, since: KernelVersion(7, 0)),
  ]

  /// Whether a user timeout means nothing to an attempt to connect: it neither ends it nor cuts waits.
  package var connectIgnoresUserTimeout: Bool {
    !has(.waitsClampedToUserTimeout) && !has(.userTimeoutOfConnect)
  }

  /// What ends an attempt to connect (`tcp_write_timeout`, `retransmits_timed_out`).
  struct ConnectLimits: Hashable {
    /// Whether retransmissions are counted.
    var countsRetries = true
    /// The first wait of the sum that the attempt may last; nil if time does not end it.
    var timeBase: Duration? = RetransmissionTimeout.initial
    /// Whether waits end when the user timeout does, and whether that ends the attempt.
    var clampsToUserTimeout = true
    var endsAtUserTimeout = true
  }

  /// - Parameter userTimeout: whether the socket has one; without, far more is known.
  func connectLimits(withUserTimeout userTimeout: Bool) throws(Unknown) -> ConnectLimits {
    if release < KernelVersion(4, 14) {
      return ConnectLimits(
        countsRetries: false, clampsToUserTimeout: false, endsAtUserTimeout: false)
    }
    if release == KernelVersion(4, 19) { return try limitsOf4_19() }
    if !userTimeout { return ConnectLimits() }
    let clamps = try knows(.waitsClampedToUserTimeout)
    let ends = try knows(.userTimeoutOfConnect)
    return ConnectLimits(
      timeBase: ends ? RetransmissionTimeout.initial : nil, clampsToUserTimeout: clamps,
      endsAtUserTimeout: ends)
  }

  /// Commit a41e8a88b06e (4.19.77) made the user timeout end a connect, and time as well, summed up
  /// from the base of established sockets; 3256a2d6ab1f (4.19.209) put that right. Before, it was
  /// counted only, with a SYN in every jiffy once the user timeout is over.
  private func limitsOf4_19() throws(Unknown) -> ConnectLimits {
    guard let patch = release.patch else {
      throw Unknown(
        "\(release) does not say which 4.19 it is, and they differ in what ends a connect")
    }
    return switch patch {
    case ..<77: ConnectLimits(timeBase: nil, endsAtUserTimeout: false)
    case ..<209: ConnectLimits(timeBase: RetransmissionTimeout.defaultMinimum)
    default: ConnectLimits()
    }
  }
}
