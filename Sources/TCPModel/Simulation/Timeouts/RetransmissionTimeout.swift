/// The retransmission timeout (RTO) and its bounds.
package enum RetransmissionTimeout {
  /// `TCP_TIMEOUT_INIT`, before there is a round trip to go by; RFC 6298.
  package static let initial = Duration.seconds(1)
  /// `TCP_RTO_MIN` where it is not a setting, and the base of the model timeout of established
  /// sockets whatever is configured.
  package static let defaultMinimum = Duration.milliseconds(200)
  /// `TCP_RTO_MAX` where it is not a setting.
  package static let defaultMaximum = Duration.seconds(120)

  /// Returns the longest wait: TCP_RTO_MAX_MS, tcp_rto_max_ms, or 120 s.
  static func maximum(of experiment: Experiment, under rules: KernelRules)
    throws(Unknown) -> Duration
  {
    guard rules.has(.rtoMaximumSetting) else { return defaultMaximum }
    return .milliseconds(try experiment.setting(.rtoMax, else: .tcpRtoMaxMs).value)
  }

  /// Returns the shortest RTO: TCP_RTO_MIN_US, tcp_rto_min_us, or 0.2 s.
  static func minimum(of experiment: Experiment, under rules: KernelRules)
    throws(Unknown) -> Duration
  {
    if rules.has(.rtoMaximumSetting), let option = experiment.options[.rtoMin] {
      return .microseconds(option)
    }
    guard rules.has(.rtoMinimumSetting) else { return defaultMinimum }
    return .microseconds(try experiment.value(.tcpRtoMinUs))
  }

  /// Returns the same in jiffies: two at least where a program sets it (`TCP_TIMEOUT_MIN`).
  static func minimum(of experiment: Experiment, under rules: KernelRules, at tick: TickRate)
    throws(Unknown) -> Int
  {
    let jiffies = tick.jiffies(try minimum(of: experiment, under: rules))
    return rules.has(.rtoMaximumSetting) && experiment.options[.rtoMin] != nil
      ? max(jiffies, 2) : jiffies
  }
}

/// How long a number of retransmissions takes if the timeout starts at `base` and doubles up to
/// `maximum`. Corresponds to `tcp_model_timeout`.
package struct ModelTimeout: Sendable {
  let retries: Int
  let base, maximum: Duration

  init(retries: Int, base: Duration, maximum: Duration) {
    (self.retries, self.base, self.maximum) = (retries, base, maximum)
  }

  /// That of data on established connections.
  package init(ofDataWith retries: Int, maximum: Duration) {
    self.init(retries: retries, base: RetransmissionTimeout.defaultMinimum, maximum: maximum)
  }

  /// With exact timers, as documentation has it; exact to the millisecond.
  package var time: Duration {
    .milliseconds(sum(Int(base / .milliseconds(1)), Int(maximum / .milliseconds(1))))
  }

  /// As a kernel with this tick adds it up.
  func jiffies(at tick: TickRate) -> Int { sum(tick.jiffies(base), tick.jiffies(maximum)) }

  private func sum(_ base: Int, _ maximum: Int) -> Int {
    var threshold = 0
    while (maximum / base) >> (threshold + 1) > 0 { threshold += 1 }
    if retries <= threshold { return ((2 << retries) - 1) * base }
    return ((2 << threshold) - 1) * base + (retries - threshold) * maximum
  }
}
