package import Advisor

extension SkippedProfile {
  /// Without a full stop.
  package var text: String {
    switch reason {
    case .asksNothing: "no group of `\(profile)` has objectives for connect"
    case .elsewhere(let groups):
      "no group of `\(profile)` matches these destinations (\(Self.list(groups)))"
    case .unresolved: "names that `\(profile)` may match are unresolved"
    case .nothing: "no attempted destination may match `\(profile)`"
    case .messages:
      "messages ended the attempts that hung, and `\(profile)` has objectives for timers alone (survive, recover)"
    case .open:
      "another address was open, and `\(profile)` has objectives for outages alone (survive, recover)"
    case .interrupted: "what `\(profile)` matches was interrupted"
    case .calm: "nothing hung that `\(profile)` matches"
    }
  }

  private static func list(_ groups: [ConnectionGroup]) -> String {
    groups.map { "\($0.name): \($0.match.wants)" }.joined(separator: "; ")
  }
}

extension ConnectionGroup.Match {
  /// What it asks of a destination.
  fileprivate var wants: String {
    let parts = [remote.map { "remote \($0.text)" }, remotePort.map { "remote_port \($0)" }]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}
