import TCPModel

extension LintRule {
  /// SYN cookies never, or always.
  static let syncookiesMode = LintRule(
    "TA059", "syncookies-mode", .warning,
    why:
      "1 uses them when a queue is full; 0 drops clients then, and 2, for tests, takes options from"
      + " every connection.",
    source: "tcp_syncookies in https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 1.",
    .keys([.tcpSyncookies]) { assignment, _ in
      guard let mode = assignment.number, mode != 1, (0...2).contains(mode) else { return nil }
      return LintHit(
        mode == 0
          ? "\(assignment.text): a full queue of half-open connections then drops new clients"
          : "\(assignment.text): cookies for every connection are meant for tests")
    }
  )
}
