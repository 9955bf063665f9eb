import TCPModel

extension Solver {
  /// `connect`: the program's own limit first, a user timeout for the time of connecting where one is
  /// set anyway, TCP_SYNCNT, and the sysctl last; two of them only where none alone does it.
  func solveConnect(_ solution: inout Solution) {
    var byHost: [(member: Member, demands: [Demand])] = []
    for member in members {
      let demands = solution.open(member.demands(in: .connect))
      guard !demands.isEmpty else { continue }
      if member.program.direction == .inbound, !hold(demands, of: member, solution) {
        solution.refuse(
          member.name, demands.map(\.named),
          because: "inbound connections are not made by connect()")
        continue
      }
      let isBounded = demands.contains { $0.kind == .within }
      let isFine = hold(demands, of: member, solution)
      if !isFine, isBounded || !isPossible(.synRetries, demands, member, solution),
        setConnect(demands, member, &solution)
      {
        continue
      }
      byHost.append((member, demands))
    }
    solveShared(.synRetries, byHost, &solution)
  }

  /// Tries what the program can do; false where only the host can, or nobody.
  private func setConnect(_ demands: [Demand], _ member: Member, _ solution: inout Solution) -> Bool
  {
    let deadline = deadline(for: demands, member)
    if let deadline, take(deadline, demands, member, &solution) { return true }
    if let timeout = connectTimeout(for: demands, member, solution),
      take(timeout, demands, member, &solution)
    {
      return true
    }
    if let count = synCount(for: demands, member, solution, Candidate()),
      take(count, demands, member, &solution)
    {
      return true
    }
    if isPossible(.synRetries, demands, member, solution) { return false }
    if let deadline, let both = synCount(for: demands, member, solution, deadline),
      take(both, demands, member, &solution)
    {
      return true
    }
    // The deadline bounds the program, so that the host's count is only asked to last long enough.
    if let deadline, reaches(.tcpSynRetries, for: member) {
      var attempt = solution
      attempt.take(deadline, for: member.index)
      if isPossible(.synRetries, demands, member, attempt) {
        solution = attempt
        return false
      }
    }
    return refuseConnect(demands, member, deadline, &solution)
  }

  private func take(
    _ candidate: Candidate, _ demands: [Demand], _ member: Member, _ solution: inout Solution
  ) -> Bool {
    guard hold(demands, of: member, solution, candidate) else { return false }
    solution.take(candidate, for: member.index)
    return true
  }

  /// The program's own limit for one address, in whole milliseconds: what every language's connect
  /// timeout can say.
  private func deadline(for demands: [Demand], _ member: Member) -> Candidate? {
    guard member.program.levers.contains(.deadline) else { return nil }
    let limits = demands.filter { $0.kind == .within }.map { $0.time / $0.group.path.addresses }
    guard let limit = limits.min() else { return nil }
    let milliseconds =
      limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000
    return Candidate(deadlines: [.connect: .milliseconds(milliseconds)])
  }

  /// A user timeout for the time of connecting, where the program sets one for data as well: it
  /// replaces the limit of the SYNs. Linux 4.19 to 5.3 send a SYN every jiffy once it is over.
  private func connectTimeout(for demands: [Demand], _ member: Member, _ solution: Solution)
    -> Candidate?
  {
    guard demands.contains(where: { $0.kind == .within }), !member.program.hasSingleUserTimeout,
      reaches(.userTimeout, for: member), userTimeout(of: member, solution) > 0,
      userTimeoutEndsConnects
    else { return nil }
    let longest = demands.map(\.time).max() ?? .zero
    var search = CountSearch(
      of: "TCP_USER_TIMEOUT", in: 10...max(10, Int(longest.components.seconds) * 10))
    let asks = demands.map { demand in
      CountSearch.Ask(demand) {
        holds(demand, of: member, solution, Candidate(connectUserTimeout: $0 * 100), $1)
      }
    }
    return search.nearest(to: search.range.upperBound, meeting: asks).map {
      Candidate(connectUserTimeout: $0 * 100)
    }
  }

  /// TCP_SYNCNT on top of a candidate: the largest in time, or the smallest that lasts long enough.
  private func synCount(
    for demands: [Demand], _ member: Member, _ solution: Solution, _ candidate: Candidate
  ) -> Candidate? {
    guard reaches(.synCount, for: member) else { return nil }
    var search = CountSearch(of: "TCP_SYNCNT", in: 1...127)
    func with(_ count: Int) -> Candidate {
      var candidate = candidate
      candidate.options[.synCount] = count
      return candidate
    }
    let asks = demands.map { demand in
      CountSearch.Ask(demand) { holds(demand, of: member, solution, with($0), $1) }
    }
    let isBounded = demands.contains { $0.kind == .within } && candidate.deadlines.isEmpty
    return search.nearest(to: isBounded ? search.range.upperBound : 1, meeting: asks).map(with)
  }

  private func refuseConnect(
    _ demands: [Demand], _ member: Member, _ deadline: Candidate?, _ solution: inout Solution
  ) -> Bool {
    // The host's own contradiction says what its count would have to be.
    if deadline == nil, !reaches(.synCount, for: member) { return false }
    let conflict = demands.smallestConflict { [solution] demands in
      let deadline = self.deadline(for: demands, member)
      return demands.isEmpty
        || [deadline, synCount(for: demands, member, solution, Candidate())].contains {
          $0.map { hold(demands, of: member, solution, $0) } ?? false
        }
        || deadline.map { synCount(for: demands, member, solution, $0) != nil } ?? false
    }
    solution.refuse(
      member.name, conflict.map { demands[$0].named },
      because: "the first SYN is repeated after 1 s, and no limit of the program's own or count of"
        + " SYNs does it")
    return true
  }
}

extension Solution {
  /// Makes a candidate for `connect` part of what the program is to do.
  fileprivate mutating func take(_ candidate: Candidate, for member: Int) {
    for (option, value) in candidate.options { set(option, value, for: member, [.connect]) }
    if let timeout = candidate.connectUserTimeout {
      programs[member, default: Program()].connectUserTimeout = timeout
    }
    programs[member, default: Program()].deadlines.merge(candidate.deadlines) { $1 }
  }
}
