import TCPModel

extension LintRule {
  /// Few challenge ACKs for the whole host.
  static let challengeLimit = LintRule(
    "TA066", "challenge-limit", .warning,
    why:
      "All connections share the limit: who counts answers learns of others, and a restarted peer"
      + " may wait for one.",
    since: "4.7",
    source: "CVE-2016-5696; commits 75ff39ccc1bd and 79e3602caa6f",
    remedy: "Remove the line: Linux 6.0 and later have no limit, each connection has its own.",
    .keys([.tcpChallengeACKLimit]) { assignment, context in
      guard let limit = assignment.number, limit <= 1000, context.newest >= KernelVersion(4, 7)
      else {
        return nil
      }
      return LintHit(
        "\(assignment.text): all connections of the host share so many answers a second")
    }
  )
}
