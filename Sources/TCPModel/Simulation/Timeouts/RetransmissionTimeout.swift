/// The retransmission timeout (RTO) and the sums the kernel makes of it.
package enum RetransmissionTimeout {
  /// `TCP_RTO_MIN`, the base of the model timeout of established sockets whatever is configured.
  static let modelBase = Duration.milliseconds(200)
  /// `TCP_RTO_MAX` where it is not a setting.
  static let defaultMaximum = Duration.seconds(120)

  /// How long `retries` retransmissions take if the timeout starts at `base` and doubles up to
  /// `maximum`. Corresponds to `tcp_model_timeout`.
  /// - Parameters: in jiffies; `maximum` is at least 1.
  package static func model(retries: Int, base: Int, maximum: Int) -> Int {
    var threshold = 0
    while (maximum / base) >> (threshold + 1) > 0 { threshold += 1 }
    if retries <= threshold { return ((2 << retries) - 1) * base }
    return ((2 << threshold) - 1) * base + (retries - threshold) * maximum
  }

  /// The longest wait: TCP_RTO_MAX_MS, tcp_rto_max_ms, or 120 s.
  static func maximum(of experiment: Experiment, under rules: KernelRules)
    throws(Unknown) -> Duration
  {
    guard rules.has(.rtoMaximumSetting) else { return defaultMaximum }
    return .milliseconds(try experiment.setting(.rtoMax, else: .tcpRtoMaxMs).value)
  }

  /// The shortest RTO: TCP_RTO_MIN_US, tcp_rto_min_us, or 0.2 s; in jiffies.
  static func minimum(of experiment: Experiment, under rules: KernelRules, at tick: TickRate)
    throws(Unknown) -> Int
  {
    if rules.has(.rtoMaximumSetting), let option = experiment.options[.rtoMin] {
      return max(tick.jiffies(.microseconds(option)), 2)
    }
    guard rules.has(.rtoMinimumSetting) else { return tick.jiffies(modelBase) }
    return tick.jiffies(.microseconds(try experiment.value(.tcpRtoMinUs)))
  }
}

/// The time that a number of retransmissions stands for as a limit, under settings that are known.
struct ModelTimeout {
  let retries: Int
  /// The first wait of the sum, and the longest.
  let base, maximum: Duration

  /// With exact timers, as documentation has it.
  var time: Duration {
    .milliseconds(
      RetransmissionTimeout.model(
        retries: retries, base: Int(base / .milliseconds(1)),
        maximum: Int(maximum / .milliseconds(1))))
  }

  /// As a kernel with this tick sums it up.
  func jiffies(at tick: TickRate) -> Int {
    RetransmissionTimeout.model(
      retries: retries, base: tick.jiffies(base), maximum: tick.jiffies(maximum))
  }
}
