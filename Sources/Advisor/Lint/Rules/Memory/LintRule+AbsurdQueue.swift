import TCPModel

extension LintRule {
  /// Queues longer than anybody serves.
  static let absurdQueue = LintRule(
    "TA073", "absurd-queue", .note,
    why: "What waits so far back has long been given up by who sent it; the queue costs memory and"
      + " time.",
    source: "netdev_max_backlog in Documentation/admin-guide/sysctl/net.rst; listen(2)",
    remedy: "Measure drops first (/proc/net/softnet_stat, nstat), and raise it in steps.",
    .keys([.netdevMaxBacklog, .somaxconn, .tcpMaxSynBacklog]) { assignment, _ in
      let most = assignment.key == .netdevMaxBacklog ? 99_999 : 65_535
      guard let length = assignment.number, length > most else { return nil }
      return LintHit("\(assignment.text) is longer than what can be served in time")
    }
  )
}
