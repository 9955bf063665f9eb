extension ScenarioDefinition {
  static let finWait = ScenarioDefinition(
    "we closed, the peer acknowledged and never closes", from: "the acknowledgement of our FIN",
    ending: .unreported, sysctls: [.tcpFinTimeout, .tcpRtoMinUs, .tcpRtoMaxMs],
    options: [.rtoMax, .rtoMin, .linger2],
    features: [
      .rtoMinimumSetting, .rtoMaximumSetting, .timerPerConnection, .lingerOfTwoMinutes,
    ],
    rehearsalOptions: SocketOptions([.linger2: 2]),
    details: .retransmissionTimeout, survivesOutages: false,
    applicationView: """
      Nothing, the program has closed. A FIN that comes later is answered by a reset. Where the \
      program only shut down its sending side, no timer runs: it waits forever.
      """,
    simulation: FinWait2.timeline)
}

/// The scenario `fin-wait`: we closed, the peer acknowledged, and never closes.
///
/// Corresponds to `__tcp_close`, `tcp_fin_time` and `tcp_keepalive_timer`. What lasts up to 60 s is
/// left to a time-wait socket at once. Anything longer keeps the whole socket for what is above
/// 60 s, and then gets a time-wait socket for that much again, not for 60 s.
package enum FinWait2 {
  /// `TCP_FIN_TIMEOUT_MAX`, the longest TCP_LINGER2.
  package static let longestLinger = 120

  static func timeline(of finWait: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline
  {
    try rules.needTimerPerConnection()
    let lifetime = try lifetime(of: finWait, under: rules)
    return try Timeline(.finWait, under: rules, limits: lifetime.endReasons) {
      tick throws(Unknown) in
      if lifetime.isReset { return [TimeWait(waits: [])] }
      let maximum = tick.jiffies(try RetransmissionTimeout.maximum(of: finWait, under: rules))
      let minimum = try RetransmissionTimeout.minimum(of: finWait, under: rules, at: tick)
      let path = RTTEstimate(finWait.path, minimum: minimum, maximum: maximum, at: tick)
      func simulation(_ timeout: Int) -> TimeWait {
        self.simulation(lifetime.seconds * tick.hertz, timeout: timeout, at: tick)
      }
      let simulations = path.timeouts(simulation).map(simulation)
      return Dictionary(simulations.map { ($0.waits, $0) }) { first, _ in first }
        .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
  }

  /// How long is asked for, and by which setting.
  private struct Lifetime {
    let setting: SettingValue
    let seconds: Int

    /// A negative TCP_LINGER2 sends a reset instead of waiting.
    var isReset: Bool { setting.setting == .option(.linger2) && seconds < 0 }

    var endReasons: [Timeline.EndReason] {
      [
        Timeline.EndReason(.lifetime, [setting], time: .seconds(max(seconds, 0))),
        Timeline.EndReason(.leastLifetime, [], overruling: setting),
      ]
    }
  }

  private static func lifetime(of finWait: Experiment, under rules: KernelRules)
    throws(Unknown) -> Lifetime
  {
    let linger = finWait.setting(.linger2)
    if linger.value < 0 { return Lifetime(setting: linger, seconds: linger.value) }
    let setting = try finWait.setting(.tcpFinTimeout)
    if linger.value > 0, linger.value <= min(setting.value, longestLinger) {
      return Lifetime(setting: linger, seconds: linger.value)
    }
    // A longer one than the sysctl's used to be taken for none.
    guard linger.value > 0, try rules.knows(.lingerOfTwoMinutes) else {
      return Lifetime(setting: setting, seconds: setting.value)
    }
    return Lifetime(setting: linger, seconds: min(linger.value, longestLinger))
  }

  /// - Parameters: in jiffies; `timeout` is the retransmission timeout, of which it lasts three and
  ///   a half at least.
  private static func simulation(_ asked: Int, timeout: Int, at tick: TickRate) -> TimeWait {
    let least = 4 * timeout - timeout / 2
    let lifetime = max(asked, least)
    let rest = lifetime - tick.jiffies(TimeWait.length)
    return TimeWait(
      waits: rest > 0 ? [rest, max(rest, least)] : [lifetime],
      endReasons: lifetime > asked || 0 < rest && rest < least ? .leastLifetime : .lifetime)
  }
}
