import TCPModel

extension Solver {
  /// `accept`: TCP_SYNCNT of the listener, which counts its SYN-ACKs, else tcp_synack_retries.
  func solveAccept(_ solution: inout Solution) throws {
    var byHost: [(application: Application, requirements: [Requirement])] = []
    for application in applications {
      let requirements = application.requirements(in: .accept)
      guard !requirements.isEmpty else { continue }
      // On a socket that connects, TCP_SYNCNT counts SYNs; what listens beside it the host decides.
      let isListener = application.program.direction == .inbound
      if try satisfiesAll(requirements, of: application, solution) || !isListener
        || !reaches(.synCount, for: application)
      {
        byHost.append((application, requirements))
      } else {
        try setListener(requirements, application, &solution)
      }
    }
    try solveShared(.synackRetries, byHost, &solution)
  }

  private func setListener(
    _ requirements: [Requirement], _ application: Application, _ solution: inout Solution
  ) throws {
    var search = BoundedSearch(of: "TCP_SYNCNT", in: SocketOption.synCount.range)
    let constraints = requirements.map { [solution] requirement in
      BoundedSearch.Constraint(requirement) {
        try satisfies(
          requirement, of: application, solution, Candidate(options: [.synCount: $0]), $1)
      }
    }
    let today = today(.tcpSynackRetries, solution) ?? 5
    if let count = try search.nearest(to: today, meeting: constraints) {
      solution.set(.synCount, count, for: application.index, [.accept])
    } else {
      solution.refuse(
        [application.name], search.conflict,
        because: "no value of TCP_SYNCNT on the listener meets it")
    }
  }
}
