package import NetAddress

/// How a race of a name's addresses went, of which the first to answer wins (RFC 8305).
package struct RaceReport: Hashable, Sendable {
  /// An address that had been tried when the race was over, and did not win.
  package struct Loser: Hashable, Sendable {
    package let endpoint: Endpoint
    /// Nil if there was no answer when the race was over.
    package let outcome: ConnectOutcome?

    package init(_ endpoint: Endpoint, _ outcome: ConnectOutcome?) {
      (self.endpoint, self.outcome) = (endpoint, outcome)
    }
  }

  /// Between two attempts, unless one fails before (RFC 8305, 5).
  package static let delay = Duration.milliseconds(250)

  /// From the first attempt to the end of the race, without the look-up: how long a client waits,
  /// unless the race was broken off.
  package let wait: Duration
  /// The losers in the order in which they were tried; all addresses if none won.
  package let losers: [Loser]

  package init(wait: Duration, losers: [Loser]) { (self.wait, self.losers) = (wait, losers) }

  /// Returns whether the race ended by itself: an address won, or all had failed before the deadline.
  /// - Parameter isWon: whether it is the winner's.
  package func isMeasured(isWon: Bool) -> Bool {
    isWon || losers.allSatisfy { $0.outcome != nil && $0.outcome != .undecided }
  }
}
