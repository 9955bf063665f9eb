import TCPModel

extension LintRule {
  /// Some of the three keepalive settings without the others.
  static let keepaliveIncomplete = LintRule(
    "TA047", "keepalive-incomplete", .note,
    why: "A dead peer is noticed after time + intvl × probes: what is left out adds its default.",
    source: "tcp_keepalive_timer in net/ipv4/tcp_timer.c; simulated",
    remedy: "Set tcp_keepalive_time, tcp_keepalive_intvl and tcp_keepalive_probes together.",
    .keys([.tcpKeepaliveTime]) { assignment, context in
      let others: [SysctlKey] = [.tcpKeepaliveIntvl, .tcpKeepaliveProbes]
      let missing = others.filter { !context.sets($0) }
      guard let time = assignment.number, time > 0, time != 7200, !missing.isEmpty else {
        return nil
      }
      var values = [SysctlKey.tcpKeepaliveTime: time]
      for key in others { values[key] = context.number(key) }
      guard let end = context.end(.idle, with: values) else { return nil }
      let names = missing.map { String($0.shortName) }.listed
      return LintHit(
        "\(assignment.text) without \(names): a dead peer is noticed after \(end.rounded)")
    }
  )
}
