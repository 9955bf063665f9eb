/// What sockets do on a kernel: steps in a row, each with what comes of it.
///
/// For example `connect closed: EINPROGRESS, epoll: 0x201d`. The laboratory's `FactRun` lists the steps.
package struct SocketFact: Sendable {
  package let id: String
  /// The steps with their results.
  package let claim: String
  /// Why nobody can say what comes of it on this kernel; nil if the claim should hold.
  package let doubt: String?

  package init(_ id: String, _ claim: String, doubt: String? = nil) {
    (self.id, self.claim, self.doubt) = (id, claim, doubt)
  }

  /// What should be seen; nil if nobody can say.
  package var expected: String? { doubt == nil ? claim : nil }

  /// The steps alone, so that whoever runs them cannot know what is expected.
  package var steps: String {
    claim.split(separator: ",").map { $0.prefix { $0 != ":" } }.joined(separator: ",")
  }
}

/// What was seen when the steps of a socket fact were run.
package enum FactObservation: Equatable, Sendable {
  /// The steps with their results.
  case seen(String)
  case notRun(because: String)
}
