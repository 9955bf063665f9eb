import TCPModel

extension Solver {
  /// `send`, `zero-window` and `close`: a user timeout where the program can set one, an RTO maximum
  /// of its own where a stalled reader must live, else tcp_retries2.
  func solveData(_ solution: inout Solution) {
    var byHost: [(member: Member, demands: [Demand])] = []
    for member in members {
      let demands = solution.open(member.demands(in: .send, .zeroWindow, .close))
      if hold(demands, of: member, solution) || !setData(demands, member, &solution) {
        byHost.append((member, demands.filter { isDecidedByRetries($0, member, solution) }))
      }
    }
    solveShared(.dataRetries, byHost, &solution)
  }

  /// A user timeout replaces the count for data on its way, and not for a closed window.
  private func isDecidedByRetries(_ demand: Demand, _ member: Member, _ solution: Solution) -> Bool
  {
    switch demand.scenario {
    case .send: userTimeout(of: member, solution) == 0
    case .zeroWindow: demand.kind == .within
    default: false
    }
  }

  func userTimeout(of member: Member, _ solution: Solution) -> Int {
    solution.programs[member.index]?.options[.userTimeout] ?? member.program.sets[.userTimeout] ?? 0
  }

  /// Sets what the program can set; false where the host has to do it.
  private func setData(_ demands: [Demand], _ member: Member, _ solution: inout Solution) -> Bool {
    var conflict: [Plan.Demand] = []
    var because = ""
    if reaches(.userTimeout, for: member) {
      var search = userTimeoutSearch(demands)
      if let timeout = userTimeout(&search, demands, member, solution) {
        solution.set(.userTimeout, timeout, for: member.index, Set(demands.map(\.scenario)))
        return true
      }
      (conflict, because) = whyNoUserTimeout(search, member, solution)
    }
    if let maximum = maximum(for: demands, member, solution) {
      solution.set(.rtoMax, maximum, for: member.index, Set(demands.map(\.scenario)))
      return false
    }
    guard !conflict.isEmpty, !isPossible(.dataRetries, demands, member, solution) else {
      return false
    }
    solution.refuse(member.name, conflict, because: because)
    return true
  }

  /// In tenths of a second.
  private func userTimeoutSearch(_ demands: [Demand]) -> CountSearch {
    let longest = demands.map(\.time).max() ?? .zero
    var search = CountSearch(
      of: "TCP_USER_TIMEOUT", in: 1...Int((longest + .seconds(240)).components.seconds) * 10)
    search.text = { Duration.milliseconds($0 * 100).text }
    return search
  }

  private func userTimeoutAsks(_ demands: [Demand], _ member: Member, _ solution: Solution)
    -> [CountSearch.Ask]
  {
    var asking = demands
    if member.program.hasSingleUserTimeout, !canBoundConnect(member) {
      asking += member.demands(in: .connect)
    }
    return asking.map { demand in
      CountSearch.Ask(demand) {
        holds(demand, of: member, solution, Candidate(options: [.userTimeout: $0 * 100]), $1)
      }
    }
  }

  private func canBoundConnect(_ member: Member) -> Bool {
    member.program.levers.contains(.deadline) || reaches(.synCount, for: member)
  }

  /// The largest user timeout, in milliseconds, with which keepalive can do what is asked of it; the
  /// smallest where nothing bounds it.
  private func userTimeout(
    _ search: inout CountSearch, _ demands: [Demand], _ member: Member, _ solution: Solution
  ) -> Int? {
    let asks = userTimeoutAsks(demands, member, solution)
    let isBounded = asks.contains(where: \.isUpper)
    guard let most = search.nearest(to: isBounded ? search.range.upperBound : 1, meeting: asks)
    else { return nil }
    if hasKeepalive(beside: most * 100, member, solution) { return most * 100 }
    for ask in asks where !ask.isUpper { search.add(ask) }
    // What ends idle connections later than they may be found out does not do.
    let idle = member.demands(in: .idle).filter { $0.kind == .within }.map(\.time).min()
    let highest = min(most, idle.map { Int($0.components.seconds) * 10 } ?? most)
    let least = search.nearest(to: 1) ?? highest
    let step = max(10, (highest - least) / 32 / 10 * 10)
    return stride(from: highest / 10 * 10, through: least, by: -step).first {
      hasKeepalive(beside: $0 * 100, member, solution)
    }.map { $0 * 100 }
  }

  /// Whether keepalive numbers exist that do what is asked together with a user timeout.
  private func hasKeepalive(beside timeout: Int, _ member: Member, _ solution: Solution) -> Bool {
    var solution = solution
    solution.set(.userTimeout, timeout, for: member.index, [.send])
    return hasKeepalive(member, solution)
  }

  private func whyNoUserTimeout(_ search: CountSearch, _ member: Member, _ solution: Solution) -> (
    [Plan.Demand], String
  ) {
    guard let most = search.largest else {
      return (
        search.conflict,
        "the user timeout counts from the first retransmission by timeout, one or two"
          + " retransmission timeouts after the send; it must come after the last retransmission"
          + " that is needed, and a reader that keeps its window closed for that long is given up"
      )
    }
    var attempt = solution
    attempt.set(.userTimeout, most * 100, for: member.index, [.send])
    return (
      idleConflict(of: member, attempt).flatMap(\.named),
      "the user timeout replaces the count of keepalive probes, and three of them must fit"
    )
  }

  /// The largest RTO maximum, in milliseconds, that bounds data by the host's own tcp_retries2.
  private func maximum(for demands: [Demand], _ member: Member, _ solution: Solution) -> Int? {
    let isAsked = demands.contains {
      $0.kind == .recover || ($0.scenario == .zeroWindow && $0.kind == .survive)
    }
    guard isAsked, reaches(.rtoMax, for: member) else { return nil }
    let today = solution.programs[member.index]?.options[.rtoMax] ?? 120_000
    var search = CountSearch(of: "TCP_RTO_MAX_MS", in: 10...today / 100)
    let asks = demands.map { demand in
      CountSearch.Ask(demand, isUpper: demand.kind != .survive) {
        holds(demand, of: member, solution, Candidate(options: [.rtoMax: $0 * 100]), $1)
      }
    }
    return search.nearest(to: today / 100, meeting: asks).map { $0 * 100 }
  }
}
