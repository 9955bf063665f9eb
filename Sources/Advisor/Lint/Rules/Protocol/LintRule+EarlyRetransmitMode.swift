import TCPModel

extension LintRule {
  /// A mode of early retransmit that is no longer there.
  static let earlyRetransmitMode = LintRule(
    "TA067", "early-retransmit-mode", .warning,
    why: "Kernels know 0, 3 and 4: 1 and 2 switch the tail loss probe off.",
    since: "4.11",
    source: "tcp_early_retrans in ip-sysctl.txt of Linux 4.19; tcp_schedule_loss_probe",
    remedy: "Leave it at 3.",
    .keys([.tcpEarlyRetrans]) { assignment, context in
      guard let mode = assignment.number, (1...2).contains(mode),
        context.newest >= KernelVersion(4, 11)
      else { return nil }
      return LintHit("\(assignment.text): a lost last segment is then not probed for")
    }
  )
}
