import TCPModel

extension LintRule {
  /// SYN-ACK retransmissions cut down against floods.
  static let synackRetriesLow = LintRule(
    "TA041", "synack-retries-low", .warning,
    why:
      "A client whose ACK is lost a few times is dropped within seconds; against floods there are"
      + " SYN cookies.",
    source: "simulated, and measured on Linux 6.18; tcp_syncookies in"
      + " https://docs.kernel.org/networking/ip-sysctl.html",
    remedy: "Leave it at 5, with tcp_syncookies = 1.",
    .keys([.tcpSynackRetries]) { assignment, context in
      guard let retries = assignment.number, (1...2).contains(retries) else { return nil }
      let end = context.end(.accept, with: .tcpSynackRetries, retries)
      return LintHit(
        "\(assignment.text): a client whose ACK does not arrive is dropped"
          + (end.map { " after \($0.rounded)" } ?? " early"))
    }
  )
}
