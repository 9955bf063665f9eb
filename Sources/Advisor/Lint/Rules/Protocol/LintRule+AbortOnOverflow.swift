import TCPModel

extension LintRule {
  /// A full accept queue that answers with resets.
  static let abortOnOverflow = LintRule(
    "TA060", "abort-on-overflow", .warning,
    why: "Clients are refused although a moment later there would have been room.",
    source:
      "tcp_abort_on_overflow in https://docs.kernel.org/networking/ip-sysctl.html: it can harm"
      + " clients",
    remedy:
      "Leave it at 0, and lengthen the queue: somaxconn together with the backlog of listen().",
    .keys([.tcpAbortOnOverflow]) { assignment, _ in
      guard assignment.number == 1 else { return nil }
      return LintHit(
        "\(assignment.text): a full accept queue resets clients that could have waited")
    }
  )
}
