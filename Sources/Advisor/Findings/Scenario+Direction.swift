import TCPModel

extension ConnectionGroup {
  /// The scenarios that a report tells of: how it is reached, idle and sending, and what is asked.
  var reportedScenarios: [Scenario] {
    let usual: [Scenario] = [direction == .outbound ? .connect : .accept, .idle, .send]
    let asked = objectives.map(\.scenario)
    return Scenario.allCases.filter { usual.contains($0) || asked.contains($0) }
  }

  /// The scenarios that a change for others may reach as well.
  var affectedScenarios: [Scenario] {
    reportedScenarios + [.zeroWindow, .close].filter { !reportedScenarios.contains($0) }
  }
}
