extension ScenarioDefinition {
  static let timeWait = ScenarioDefinition(
    "after an orderly close", from: "the acknowledgement of the peer's FIN", ending: .unreported,
    sysctls: [],  // Its 60 s are compiled in.
    features: [.timerPerConnection],
    survivesOutages: false,
    applicationView: """
      Until then bind() to the port without SO_REUSEADDR fails with EADDRINUSE, and connect() to \
      the same peer from the same port with EADDRNOTAVAIL, unless tcp_tw_reuse allows it.
      """,
    simulation: TimeWait.timeline)
}

/// The scenario `time-wait`: how long a closed connection keeps its pair of ports.
///
/// Corresponds to `tcp_time_wait` in net/ipv4/tcp_minisocks.c. The time is compiled in
/// (`TCP_TIMEWAIT_LEN`); no sysctl changes it, tcp_fin_timeout least of all.
package struct TimeWait: TimerSimulation {
  package static let length = Duration.seconds(60)

  /// The timers that run one after the other, in jiffies; none: it is over at once.
  let waits: [Int]
  var endReasons: Timeline.EndReasons = .lifetime

  var firstTimer: (delay: Int, wait: Int) { (0, waits.first ?? 0) }
  var longestWait: Int { waits.max() ?? 0 }
  var shiftInvariantUntil: Int { .max }

  func run(from start: Int, on wheel: TimerWheel, into trace: inout EventTrace) {
    trace.reset()
    let end = waits.reduce(start) { wheel.fire(after: $1, at: $0) }
    trace.endSilently(at: end, by: endReasons)
  }

  static func timeline(of timeWait: Experiment, under rules: KernelRules) throws(Unknown)
    -> Timeline
  {
    try rules.needTimerPerConnection()
    let limit = Timeline.EndReason(.lifetime, [], time: length)
    return try Timeline(.timeWait, under: rules, limits: [limit]) { tick throws(Unknown) in
      [TimeWait(waits: [tick.jiffies(length)])]
    }
  }
}
