import TCPModel

extension PlanDraft {
  /// The parts of the plan that alone meet as much as both of them; empty where it has but one.
  var sufficientParts: Set<Plan.Part> {
    let hasPrograms = !plan.socketOptions.isEmpty || !plan.deadlines.isEmpty
    guard !plan.sysctls.isEmpty, hasPrograms else { return [] }
    let host = missed { host in
      let host = host.applying(sysctls)
      return (host, { GroupState($0, on: host) })
    }
    let programs = missed { host in (host, { self.state($0, on: host) }) }
    return Set([(Plan.Part.host, host), (.programs, programs)].filter { $1 <= missed }.map(\.0))
  }

  /// Returns how many objectives do not hold on hosts and with programs in these states.
  private func missed(
    _ change: (Host) -> (Host, (ConnectionGroup) -> GroupState)
  ) -> Int {
    hosts.flatMap { host in
      let (host, state) = change(host)
      return profiles.flatMap { $0.findings(on: host, cache, state) }
    }.count(where: \.isMissed)
  }
}
