package import TCPModel

/// What plays begin with: settings, and what is known of the connection.
package struct Circumstances: Sendable {
  package var snapshot: SettingsSnapshot
  package var options: SocketOptions
  package var path: Path

  package init(
    _ snapshot: SettingsSnapshot, options: SocketOptions = SocketOptions(), path: Path = Path()
  ) {
    (self.snapshot, self.options, self.path) = (snapshot, options, path)
  }

  /// A scenario under them; `idle` with probes unless something else is said, because without there
  /// is nothing to decide. Only its end is told.
  func play(_ scenario: Scenario, family: Case.Family = .v4) -> Case {
    var options = options
    if scenario == .idle, options[.keepalive] == nil { options[.keepalive] = 1 }
    var play = Case(scenario, in: snapshot, options: options, family: family, path: path)
    play.isEndEnough = true
    return play
  }

  func setting(_ option: SocketOption, to value: Int) -> Circumstances {
    var changed = self
    changed.options[option] = value
    return changed
  }
}
