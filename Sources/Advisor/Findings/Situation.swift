package import TCPModel

/// The connections of a group on a host, and what their program is taken to do.
package struct Situation: Sendable {
  package var group: ConnectionGroup
  package var host: Host
  /// What the program sets on an established connection; the basis of every finding.
  package var options: SocketOptions
  /// The program's own limits.
  package var deadlines: [Scenario: Duration]

  /// The program as it is today.
  package init(_ group: ConnectionGroup, on host: Host) {
    (self.group, self.host, options, deadlines) = (group, host, group.sets, [:])
  }

  /// What happens in a scenario, the program's own limits included; for `connect` to one address.
  package func timeline(_ scenario: Scenario) -> Timeline {
    let timeline = Timeline(
      of: Case(scenario, in: host.snapshot, options: options(in: scenario), path: group.path),
      under: host.rules)
    guard let deadline = deadlines[scenario] else { return timeline }
    return timeline.limited(to: deadline, roundTrip: group.path.roundTrip.upperBound)
  }

  /// When a scenario ends; `connect` tries the addresses of a name one after the other.
  package func span(_ scenario: Scenario) -> Span {
    timeline(scenario).span.repeated(scenario == .connect ? group.path.addresses : 1)
  }

  /// What a finding or an effect rests on: the options that decide the scenario.
  package func basis(in scenario: Scenario) -> SocketOptions {
    options(in: scenario).deciding(scenario)
  }

  /// A user timeout that the plan sets is set once the connection stands; only one that the program
  /// is known to set today holds while it connects.
  package func options(in scenario: Scenario) -> SocketOptions {
    var options = options
    if scenario == .connect { options[.userTimeout] = group.sets[.userTimeout] }
    return options
  }
}
