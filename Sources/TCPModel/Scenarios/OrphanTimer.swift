extension ScenarioDefinition {
  static let close = ScenarioDefinition(
    "closed locally with data unacknowledged", from: "close()", ending: .unreported,
    sysctls: [.tcpOrphanRetries, .tcpRtoMinUs, .tcpRtoMaxMs, .tcpEarlyRetrans, .tcpSack],
    options: [.userTimeout, .rtoMax, .rtoMin], features: send.features,
    details: [.retransmissionTimeout, .segments],
    fewestSegments: 0,  // A FIN may be all there is to send.
    applicationView: """
      Nothing: close() has returned long ago, and no program is notified that the data was lost. Only \
      SO_LINGER makes close() wait, as long as it says.
      """,
    simulation: OrphanTimer.timeline)
}

/// The scenario `close`: data that nobody acknowledges, of a connection no program holds any more.
///
/// Corresponds to `tcp_orphan_retries` and `tcp_write_timeout`: retransmitted like any data, with
/// tcp_orphan_retries in the place of tcp_retries2. Nobody is told when it is dropped.
package enum OrphanTimer {
  /// What tcp_orphan_retries = 0 stands for, as long as the timeout is below its maximum.
  package static let safeRetries = 8

  static func simulations(of close: Experiment, under rules: KernelRules) throws(Unknown)
    -> SimulationSet<DataRetransmission>
  {
    let retries = try close.setting(.tcpOrphanRetries)
    let limits = try DataRetransmission.Limits(
      of: close, retries, actingAs: retries.value == 0 ? safeRetries : retries.value, under: rules)
    // The FIN leaves behind the data if there is any, in a segment of its own.
    var orphan = close
    orphan.path.segments += 1
    return SimulationSet(limits: limits.endReasons) { [orphan] tick throws(Unknown) in
      try DataRetransmission.simulations(of: orphan, within: limits, under: rules, at: tick)
    }
  }

  static func timeline(of close: Experiment, under rules: KernelRules) throws(Unknown) -> Timeline {
    try Timeline(.close, under: rules, simulations(of: close, under: rules), close.precision)
  }
}
