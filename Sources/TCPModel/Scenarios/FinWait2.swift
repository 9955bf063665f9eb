extension ScenarioDefinition {
  static let finWait = ScenarioDefinition(
    "we closed, the peer acknowledged and never closes", from: "the acknowledgement of our FIN",
    ending: .unreported, sysctls: [.tcpFinTimeout, .tcpRtoMinUs, .tcpRtoMaxMs],
    options: [.rtoMax, .rtoMin, .linger2], rehearsalOptions: SocketOptions([.linger2: 2]),
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
    let lifetime = try asked(of: finWait, under: rules)?.seconds
    return try Timeline(.finWait, under: rules) { tick throws(Unknown) in
      // A negative TCP_LINGER2 sends a reset instead of waiting.
      guard let lifetime else { return [TimeWait(waits: [])] }
      let maximum = try RetransmissionTimeout.maximum(of: finWait, under: rules, at: tick)
      let minimum = try RetransmissionTimeout.minimum(of: finWait, under: rules, at: tick)
      let path = RTTEstimate(finWait.path, minimum: minimum, maximum: maximum, at: tick)
      func simulation(_ timeout: Int) -> TimeWait {
        TimeWait(waits: waits(lifetime * tick.hertz, timeout: timeout, at: tick))
      }
      let simulations = path.timeouts(simulation).map(simulation)
      return Dictionary(simulations.map { ($0.waits, $0) }) { first, _ in first }
        .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }
  }

  /// How long is asked for, and whether it is tcp_fin_timeout that asks.
  package struct Lifetime: Sendable {
    package let seconds: Int
    package let isOfSysctl: Bool
  }

  /// - Returns: nil for none at all, and where it cannot be known.
  package static func lifetime(of finWait: Experiment, under rules: KernelRules) -> Lifetime? {
    try? asked(of: finWait, under: rules)
  }

  private static func asked(of finWait: Experiment, under rules: KernelRules)
    throws(Unknown) -> Lifetime?
  {
    let linger = finWait.options[.linger2] ?? 0
    if linger < 0 { return nil }
    let setting = try finWait.value(.tcpFinTimeout)
    if linger == 0 { return Lifetime(seconds: setting, isOfSysctl: true) }
    if linger <= min(setting, longestLinger) { return Lifetime(seconds: linger, isOfSysctl: false) }
    // A longer one than the sysctl's used to be taken for none.
    guard try rules.knows(.lingerOfTwoMinutes) else {
      return Lifetime(seconds: setting, isOfSysctl: true)
    }
    return Lifetime(seconds: min(linger, longestLinger), isOfSysctl: false)
  }

  /// - Parameters: in jiffies; `timeout` is the retransmission timeout, of which it lasts three and
  ///   a half at least.
  private static func waits(_ lifetime: Int, timeout: Int, at tick: TickRate) -> [Int] {
    let least = 4 * timeout - timeout / 2
    let lifetime = max(lifetime, least)
    let rest = lifetime - tick.jiffies(TimeWait.length)
    return rest > 0 ? [rest, max(rest, least)] : [lifetime]
  }
}
