import TCPModel

extension Solver {
  /// What holds neither by itself nor by the solution, and what no contradiction has named yet:
  /// scenarios that no setting decides which a plan may propose, and what others left no room for.
  func refuseRest(_ solution: inout Solution) throws {
    for application in applications {
      for group in application.parts {
        for requirement in group.group.requirements(in: group.profile.name)
        where try !satisfies(requirement, of: application, solution)
          && !solution.refuses(requirement)
        {
          solution.refuse(
            [application.name], [requirement.named],
            because: reason(requirement, application, solution))
        }
      }
    }
  }

  private func reason(_ requirement: Requirement, _ application: Application, _ solution: Solution)
    -> String
  {
    let timeout = userTimeout(of: application, solution)
    switch requirement.scenario {
    case .send where timeout > 0, .zeroWindow where timeout > 0, .close where timeout > 0:
      return "the user timeout of \(Duration.milliseconds(timeout).text) decides it"
    case .connect, .accept, .idle, .send:
      return "the other objectives leave no setting that meets it"
    case .neighbour, .movedAddress, .zeroWindow, .close, .finWait, .timeWait:
      let keys = requirement.scenario.sysctls.map(\.rawValue).joined(separator: ", ")
      return keys.isEmpty
        ? "the kernel's constants decide it" : "\(keys) decide it, and no plan changes that for it"
    }
  }
}
