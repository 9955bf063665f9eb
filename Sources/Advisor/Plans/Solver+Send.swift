import TCPModel

extension Solver {
  /// RFC 1122 4.2.3.5 asks for 100 s at least before data is given up; 8 is what gives that.
  static let fewestDataRetries = 8

  /// `send`: a user timeout where the program can set one, else tcp_retries2.
  func solveSend(_ solution: inout Solution) {
    var byHost: [Member] = []
    for member in members {
      guard let objective = member.objective(.send) else { continue }
      if objective.within != nil, reaches(.userTimeout, for: member) {
        if let timeout = userTimeout(member, objective, solution) {
          solution.set(.userTimeout, timeout, for: member.index, .send)
        } else {
          solution.contradictions.append(
            contradiction(member, objective, Self.noUserTimeout(objective)))
        }
      } else {
        byHost.append(member)
      }
    }
    solveCount(
      .tcpRetries2, .send, byHost, fewest: Self.fewestDataRetries, most: 255, &solution)
  }

  private static func noUserTimeout(_ objective: Objective) -> String {
    "no TCP_USER_TIMEOUT does both: it counts from the first retransmission by timeout, which comes"
      + " one or two retransmission timeouts after the send, and the last retransmission before it"
      + " must outlast the outage"
  }

  /// The largest user timeout, in tenths of a second, that meets the objective everywhere.
  private func userTimeout(_ member: Member, _ objective: Objective, _ solution: Solution) -> Int? {
    guard let within = objective.within?.time else { return nil }
    var candidate =
      Int(within.components.seconds) * 10
      + Int(within.components.attoseconds / 100_000_000_000_000_000)
    // One host after the other: the first says how much is too much, the rest mostly agree.
    for host in hosts {
      while candidate > 0 {
        let options = [SocketOption.userTimeout: candidate * 100]
        let latest = situation(member, on: host, solution, options: options).span(.send)
          .range?.latest
        guard let latest, latest > within else { break }
        candidate -= max(1, Int((latest - within).seconds * 10))
      }
    }
    guard candidate > 0 else { return nil }
    let options = [SocketOption.userTimeout: candidate * 100]
    let holds = hosts.allSatisfy {
      self.holds(objective, in: situation(member, on: $0, solution, options: options))
    }
    return holds ? candidate * 100 : nil
  }

  /// A count that the whole host shares: the default where it meets every objective, else the
  /// largest below it, else the smallest above.
  func solveCount(
    _ key: SysctlKey, _ scenario: Scenario, _ members: [Member], fewest: Int, most: Int,
    _ solution: inout Solution
  ) {
    let reached = members.filter { reaches(key, for: $0) }
    for member in members where !reaches(key, for: member) {
      guard let objective = member.objective(scenario) else { continue }
      let holds = hosts.allSatisfy {
        self.holds(objective, in: situation(member, on: $0, solution))
      }
      if !holds {
        solution.contradictions.append(
          contradiction(member, objective, "nothing that the profile allows to change decides it"))
      }
    }
    guard !reached.isEmpty, let today = hosts.compactMap({ $0.count(of: key) }).first else {
      return
    }
    let floor = profiles.allSatisfy(\.allowBelowRFC) ? 1 : min(fewest, today)
    func hold(_ count: Int, _ part: (Objective) -> Objective) -> Bool {
      isDemanded(key, count)
        && reached.allSatisfy { member in
          member.objective(scenario).map { objective in
            hosts.allSatisfy {
              holds(part(objective), in: situation(member, on: $0, solution, sysctls: [key: count]))
            }
          } ?? true
        }
    }
    // More retries never end earlier: where the default takes too long, more of them do as well.
    let isInTime = !isDemanded(key, today) || hold(today, \.onlyWithin)
    let candidates = isInTime ? Array(today...most) : []
    let choice =
      candidates.first { hold($0) { $0 } }
      ?? stride(from: today, through: floor, by: -1).first { hold($0) { $0 } }
    if let choice {
      for member in reached { solution.set(key, choice, for: member.index, scenario) }
    } else {
      solution.contradictions += contradictions(key, scenario, reached, floor: floor, solution)
    }
  }

  /// Names the members that the lowest allowed count does not satisfy, with what it would give.
  private func contradictions(
    _ key: SysctlKey, _ scenario: Scenario, _ members: [Member], floor: Int, _ solution: Solution
  ) -> [Plan.Contradiction] {
    members.compactMap { member in
      guard let objective = member.objective(scenario) else { return nil }
      let situations = hosts.map { situation(member, on: $0, solution, sysctls: [key: floor]) }
      let latest = situations.compactMap { $0.span(scenario).range?.latest }.max()
      let outlived = situations.compactMap { $0.timeline(scenario).survives }.min()
      return contradiction(
        member, objective,
        "no value of \(key) meets every objective; \(floor), the lowest allowed, takes up to "
          + "\(latest?.text ?? "an unknown time") and outlives "
          + (outlived?.text ?? "an unknown time"))
    }
  }
}

extension Host {
  /// The whole number that a sysctl holds; nil where there is none.
  func count(of key: SysctlKey) -> Int? {
    if case .value(let number) = snapshot[key] { number } else { nil }
  }
}
