package import Advisor

extension SkippedProfile {
  /// Without a full stop.
  package var text: String {
    switch reason {
    case .asksNothing: "no group of `\(profile)` asks anything of connect"
    case .elsewhere(let groups):
      "no group of `\(profile)` speaks of these destinations (\(Self.list(groups)))"
    case .unresolved: "the names that `\(profile)` might speak of are unresolved"
    case .nothing: "nothing was connected to that `\(profile)` might speak of"
    case .messages:
      "messages ended what hung, and `\(profile)` asks about timers alone (survive, recover)"
    case .open:
      "another address of what hung was open, and `\(profile)` asks what is outlived (survive, recover)"
    case .interrupted: "what `\(profile)` asks about was interrupted"
    case .calm: "nothing hung that `\(profile)` asks about"
    }
  }

  private static func list(_ groups: [ConnectionGroup]) -> String {
    groups.map { "\($0.name): \($0.match.wants)" }.joined(separator: "; ")
  }
}

extension ConnectionGroup.Match {
  /// What it asks of a destination.
  fileprivate var wants: String {
    let parts = [remote.map { "remote \($0)" }, remotePort.map { "remote_port \($0)" }]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }
}
