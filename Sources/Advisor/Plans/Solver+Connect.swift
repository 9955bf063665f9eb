import TCPModel

extension Solver {
  /// Fewer SYN retransmissions kill connects over lossy links on the whole host.
  static let fewestSYNRetries = 3

  /// `connect`: the program's own limit first, TCP_SYNCNT second, the sysctl last.
  func solveConnect(_ solution: inout Solution) {
    var byHost: [Member] = []
    for member in members {
      guard let objective = member.objective(.connect) else { continue }
      if member.group.direction == .inbound {
        solution.contradictions.append(
          contradiction(member, objective, "inbound connections are never made by connect()"))
      } else if let within = objective.within?.time, member.group.levers.contains(.deadline),
        setDeadline(within / member.group.path.addresses, member, objective, &solution)
      {
        continue
      } else if objective.within != nil, reaches(.synCount, for: member) {
        setCount(member, objective, &solution)
      } else {
        byHost.append(member)
      }
    }
    solveCount(
      .tcpSynRetries, .connect, byHost, fewest: Self.fewestSYNRetries, most: 127, &solution)
  }

  /// - Returns: false where the kernel gives up too soon for what is to be outlived, so that a lever
  ///   which changes the kernel's own limit must be tried.
  private func setDeadline(
    _ deadline: Duration, _ member: Member, _ objective: Objective, _ solution: inout Solution
  ) -> Bool {
    // Whole milliseconds: what every language's connect timeout can say.
    let whole = Duration.milliseconds(
      deadline.components.seconds * 1000 + deadline.components.attoseconds / 1_000_000_000_000_000)
    var attempt = solution
    attempt.programs[member.index, default: Solution.Program()].deadlines[.connect] = whole
    let holds = hosts.allSatisfy { self.holds(objective, in: situation(member, on: $0, attempt)) }
    if holds {
      solution = attempt
    } else if reaches(.synCount, for: member) || reaches(.tcpSynRetries, for: member) {
      return false
    } else {
      let survives = hosts.compactMap {
        situation(member, on: $0, attempt).timeline(.connect).survives
      }.min()
      solution.contradictions.append(
        contradiction(
          member, objective,
          "a program that gives up after \(whole.text) sends its last SYN after "
            + "\((survives ?? .zero).text)"))
    }
    return true
  }

  private func setCount(_ member: Member, _ objective: Objective, _ solution: inout Solution) {
    func situations(_ count: Int) -> [Situation] {
      hosts.map { situation(member, on: $0, solution, options: [.synCount: count]) }
    }
    // More retries never end earlier: what comes after the first that is too long is too long.
    let inTime = (1...127).prefix { count in
      situations(count).allSatisfy { holds(objective.onlyWithin, in: $0) }
    }
    let count = inTime.reversed().first { situations($0).allSatisfy { holds(objective, in: $0) } }
    if let count {
      solution.set(.synCount, count, for: member.index, .connect)
    } else {
      solution.contradictions.append(
        contradiction(member, objective, "no TCP_SYNCNT from 1 to 127 does it"))
    }
  }
}
