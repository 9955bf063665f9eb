/// Connecting to one address again and again: each time with a new socket, and with one that is
/// dissolved by connect with AF_UNSPEC in between.
package struct ReconnectTrial: Sendable {
  package struct Way: Sendable {
    package var outcomes: [ConnectOutcome] = []
    /// What the calls on this host took in each round, without waiting for the peer.
    package var costs: [Duration] = []
    package var ports: Set<UInt16> = []

    package init() {}

    package var median: Duration? { TimeStatistics(costs)?.median }
    package var open: Int { outcomes.count { $0.kind == .open } }
  }

  /// An option whose value after dissolving is not what it was.
  package struct ChangedOption: Equatable, Sendable {
    package let option: SocketOption
    package let before, after: Int

    package init(_ option: SocketOption, before: Int, after: Int) {
      (self.option, self.before, self.after) = (option, before, after)
    }
  }

  package var address: String
  package var renewed = Way(), reused = Way()
  package var changed: [ChangedOption] = []
  /// How many options were the same afterwards.
  package var kept = 0
  /// Waiting for the peer, in the median round.
  package var waits: [Duration] = []

  package init(to address: String) { self.address = address }
}
