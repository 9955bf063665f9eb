import TCPModel

extension LintRule {
  /// SYN retransmissions of the whole host cut down.
  static let synRetriesLow = LintRule(
    "TA040", "syn-retries-low", .warning,
    why: "Every connect of every program gives up within seconds, also over a path that loses a few"
      + " packets.",
    source:
      "RFC 1122, 4.2.3.5: R2 of a SYN is at least 3 minutes; simulated, and measured on Linux 6.18",
    remedy: "Set a deadline in the program, or TCP_SYNCNT; host-wide at least 3.",
    .keys([.tcpSynRetries]) { assignment, context in
      guard let retries = assignment.number, (1...2).contains(retries) else { return nil }
      let end = context.end(.connect, with: .tcpSynRetries, retries)
      return LintHit(
        "\(assignment.text): connect() to a silent host gives up"
          + (end.map { " after \($0.rounded)" } ?? " early") + ", for every program of the host")
    }
  )
}
