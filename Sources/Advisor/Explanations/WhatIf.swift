import NetAddress
package import TCPModel

/// What a simulation begins with: settings, and what is known of the connection.
package struct WhatIf: Sendable {
  package var snapshot: SettingsSnapshot
  package var options: SocketOptions
  package var path: Path

  package init(
    _ snapshot: SettingsSnapshot, options: SocketOptions = SocketOptions(), path: Path = Path()
  ) {
    (self.snapshot, self.options, self.path) = (snapshot, options, path)
  }

  /// Returns a scenario under them; `idle` with probes unless something else is said, because
  /// without there is nothing to decide. Only its end is given.
  func experiment(_ scenario: Scenario, family: AddressFamily = .v4) -> Experiment {
    var options = options
    scenario.definition.enable(&options)
    var experiment = Experiment(
      scenario, in: snapshot, options: options, family: family, path: path)
    experiment.precision = .ends
    return experiment
  }

  func setting(_ option: SocketOption, to value: Int) -> WhatIf {
    var changed = self
    changed.options[option] = value
    return changed
  }
}
