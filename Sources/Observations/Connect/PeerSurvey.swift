package import TCPModel

/// What one connection shows before others are compared: how the peer behaves towards a client that
/// says nothing, and what dissolving keeps.
package struct PeerSurvey: Sendable {
  /// What the peer did within `watched`.
  package enum Conduct: Equatable, Sendable {
    case silent
    /// It speaks first.
    case sends(bytes: Int)
    case closes
    case resets
  }

  /// An option that had been set to something else than its default when the socket was dissolved.
  package struct OptionFate: Equatable, Sendable {
    package let option: SocketOption
    package let before, after: Int

    package init(_ option: SocketOption, before: Int, after: Int) {
      (self.option, self.before, self.after) = (option, before, after)
    }

    package var isKept: Bool { before == after }
  }

  package var outcome: ConnectOutcome
  /// What the peer did by itself; nil if no connection was established.
  package var conduct: Conduct?
  package var watched = Duration.zero
  package var options: [OptionFate] = []
  /// What SO_ERROR said after dissolving.
  package var errorLeft: String?
  /// The smoothed round trip in TCP_INFO.
  package var roundTripBefore: Duration?
  package var roundTripAfter: Duration?

  package init(_ outcome: ConnectOutcome) { self.outcome = outcome }

  /// Returns what became of options that were set to something else than their defaults; the others
  /// could not show that they go back to them.
  package static func fates(
    of before: SocketOptions, _ after: SocketOptions, defaults: SocketOptions
  ) -> [OptionFate] {
    before.sorted.compactMap { option, value in
      guard value != defaults[option], let after = after[option] else { return nil }
      return OptionFate(option, before: value, after: after)
    }
  }

  package var kept: [SocketOption] { options.filter(\.isKept).map(\.option) }
  package var changed: [OptionFate] { options.filter { !$0.isKept } }
}
