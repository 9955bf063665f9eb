import TCPModel

extension Solver {
  /// `accept`: TCP_SYNCNT of the listener, which counts its SYN-ACKs, else tcp_synack_retries.
  func solveAccept(_ solution: inout Solution) {
    var byHost: [(member: Member, demands: [Demand])] = []
    for member in members {
      let demands = member.demands(in: .accept)
      guard !demands.isEmpty else { continue }
      // On a socket that connects, TCP_SYNCNT counts SYNs; what listens beside it the host decides.
      let isListener = member.program.direction == .inbound
      if hold(demands, of: member, solution) || !isListener || !reaches(.synCount, for: member) {
        byHost.append((member, demands))
      } else {
        setListener(demands, member, &solution)
      }
    }
    solveShared(.synackRetries, byHost, &solution)
  }

  private func setListener(_ demands: [Demand], _ member: Member, _ solution: inout Solution) {
    var search = CountSearch(of: "TCP_SYNCNT", in: 1...127)
    let asks = demands.map { [solution] demand in
      CountSearch.Ask(demand) {
        holds(demand, of: member, solution, Candidate(options: [.synCount: $0]), $1)
      }
    }
    if let count = search.nearest(to: today(.tcpSynackRetries, solution) ?? 5, meeting: asks) {
      solution.set(.synCount, count, for: member.index, [.accept])
    } else {
      solution.refuse(
        member.name, search.conflict, because: "no TCP_SYNCNT of the listener does it")
    }
  }
}
