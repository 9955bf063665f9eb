import TCPModel

extension Solver {
  /// What holds neither by itself nor by the solution, and what no contradiction has named yet:
  /// scenarios that no setting decides which a plan may propose, and what others left no room for.
  func refuseRest(_ solution: inout Solution) {
    for member in members {
      for group in member.parts {
        for demand in group.group.demands(in: group.profile.name)
        where !holds(demand, of: member, solution) && !solution.refuses(demand) {
          solution.refuse(member.name, [demand.named], because: reason(demand, member, solution))
        }
      }
    }
  }

  private func reason(_ demand: Demand, _ member: Member, _ solution: Solution) -> String {
    let timeout = userTimeout(of: member, solution)
    switch demand.scenario {
    case .send where timeout > 0, .zeroWindow where timeout > 0, .close where timeout > 0:
      return "the user timeout of \(Duration.milliseconds(timeout).text) decides it"
    case .connect, .accept, .idle, .send:
      return "what else is asked leaves no setting that does it"
    case .neighbour, .zeroWindow, .close, .finWait, .timeWait:
      let keys = demand.scenario.sysctls.map(\.rawValue).joined(separator: ", ")
      return keys.isEmpty
        ? "the kernel's constants decide it" : "\(keys) decide it, and no plan changes that for it"
    }
  }
}
