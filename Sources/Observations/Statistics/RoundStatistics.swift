/// Several connects to one address taken together.
package struct RoundStatistics: Equatable, Sendable {
  package let rounds: Int
  package let counts: [ConnectOutcome.Kind: Int]
  /// Rounds that somebody answered, be it with a refusal or an ICMP message.
  package let answers: Int
  /// The times of the rounds that ended in `timed`; nil if there are none.
  package let times: TimeStatistics?
  /// The one outcome whose times are kept, open or refused: a refusal's say nothing of a connection.
  package let timed: ConnectOutcome.Kind?

  package init(_ results: [ConnectResult], expecting expected: Set<ConnectOutcome.Kind> = [.open]) {
    var counts: [ConnectOutcome.Kind: Int] = [:]
    for result in results { counts[result.outcome.kind, default: 0] += 1 }
    (rounds, self.counts, answers) = (results.count, counts, results.count(where: \.hasReply))
    let answered = [ConnectOutcome.Kind.open, .refused].filter { counts[$0] != nil }
    let timed = answered.first { expected.contains($0) } ?? answered.first
    self.timed = timed
    times = TimeStatistics(results.filter { $0.outcome.kind == timed }.map(\.time))
  }

  /// The share of the rounds that left this host which had no answer, from 0 to 1; nil if none left.
  package var loss: Double? {
    let sent = rounds - (counts[.localError] ?? 0) - (counts[.unresolved] ?? 0)
    return sent > 0 ? Double(sent - answers) / Double(sent) : nil
  }
}

extension ConnectResult {
  /// Whether another host answered; an error by this host's own neighbour table and routes is no
  /// answer.
  package var hasReply: Bool {
    if case .unreachable = outcome, let report { return !report.isOwn }
    return outcome.isAnswer
  }

  /// From connect to its outcome; nil if there was no connect.
  package var connectTime: Duration? {
    switch outcome {
    case .open, .refused, .unreachable, .timedOut, .undecided: time
    case .localError, .unresolved: nil
    }
  }
}
