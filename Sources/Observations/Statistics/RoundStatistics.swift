/// Several connects to one address taken together.
package struct RoundStatistics: Equatable, Sendable {
  package let rounds: Int
  package let counts: [ConnectOutcome.Kind: Int]
  /// Rounds that somebody answered, be it with a refusal or an ICMP message.
  package let answers: Int
  /// Of the rounds that ended in `timed`; those of a refusal say nothing of a connection.
  package let times: TimeStatistics?
  /// The one outcome that `times` are of: open or refused.
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

  /// The share without an answer of the rounds that left this host; nil where none did.
  package var loss: Double? {
    let sent = rounds - (counts[.localError] ?? 0) - (counts[.unresolved] ?? 0)
    return sent > 0 ? Double(sent - answers) / Double(sent) : nil
  }
}

extension ConnectResult {
  /// Whether somebody else said something to it; what this host says of its own neighbours and
  /// routes is no answer.
  package var hasReply: Bool {
    if case .unreachable = outcome, let report { return !report.isOwn }
    return outcome.isAnswer
  }

  /// Nil where it never came to a connect.
  package var connectTime: Duration? {
    switch outcome {
    case .open, .refused, .unreachable, .timedOut, .undecided: time
    case .localError, .unresolved: nil
    }
  }
}
