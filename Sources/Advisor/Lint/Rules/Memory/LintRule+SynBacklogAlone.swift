import TCPModel

extension LintRule {
  /// The queue of half-open connections raised alone.
  static let synBacklogAlone = LintRule(
    "TA074", "syn-backlog-alone", .note,
    why:
      "A listener has as many as the backlog of listen() allows, cut to somaxconn: the smaller one"
      + " counts.",
    source: "inet_csk_reqsk_queue_is_full and tcp_conn_request",
    remedy: "Raise net.core.somaxconn and the backlog of the program as well.",
    .keys([.tcpMaxSynBacklog]) { assignment, context in
      guard let length = assignment.number, !context.sets(.somaxconn),
        let usual = SysctlCatalog[.somaxconn]?.defaultValue(in: context.newest).flatMap({ Int($0) }
        ),
        length > usual
      else { return nil }
      return LintHit(
        "\(assignment.text) without net.core.somaxconn, which cuts each queue to \(usual)")
    }
  )
}
