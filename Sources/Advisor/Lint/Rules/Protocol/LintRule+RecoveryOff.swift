import TCPModel

extension LintRule {
  /// Selective acknowledgements or large windows switched off.
  static let recoveryOff = LintRule(
    "TA058", "recovery-off", .warning,
    why:
      "Losses are made good one in a round trip, or windows stay below 64 KiB; what it once guarded"
      + " against is mended.",
    source:
      "RFC 2018, RFC 7323; CVE-2019-11477 is mended in 5.2 and in all stable series since June 2019",
    remedy: "Leave it at 1.",
    .keys([.tcpSack, SysctlKey("net.ipv4.tcp_dsack"), .tcpWindowScaling]) { assignment, _ in
      guard assignment.number == 0 else { return nil }
      let loss =
        assignment.key == .tcpWindowScaling
        ? "windows stay below 64 KiB, which one round trip of 10 ms makes 52 Mbit/s"
        : assignment.key == .tcpSack
          ? "of several losses only one is made good in a round trip"
          : "retransmissions that were not needed are no longer recognised"
      return LintHit("\(assignment.text): \(loss)")
    }
  )
}
