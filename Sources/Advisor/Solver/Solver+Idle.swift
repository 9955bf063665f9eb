import TCPModel

extension Solver {
  /// `idle`: the host's keepalive for programs that only switch it on, and the options of programs
  /// that can set their own.
  func solveIdle(_ solution: inout Solution) {
    var byHost: [Member] = []
    for member in members where asksOfIdle(member) {
      guard switchOn(member, &solution) else { continue }
      let reachesHost = Keepalive.keys.contains { reaches($0, for: member) }
      let reachesProgram = Keepalive.optionNames.contains { reaches($0, for: member) }
      if setsOwnKeepalive(member) || (reachesProgram && !reachesHost) {
        setOptions(member, &solution)
      } else if !reachesHost {
        leave(member, &solution)
      }
      if reachesHost { byHost.append(member) }
    }
    setSysctls(byHost, &solution)
  }

  /// Without a bound nothing is asked that a connection without keepalive does not do already: it
  /// lives for ever.
  private func asksOfIdle(_ member: Member) -> Bool {
    let demands = member.demands(in: .idle)
    if !member.remindedMiddleboxes.isEmpty || demands.contains(where: { $0.kind != .survive }) {
      return true
    }
    return !demands.isEmpty && member.program.sets[.keepalive] ?? 0 != 0
  }

  /// No sysctl switches SO_KEEPALIVE on; only the program can.
  private func switchOn(_ member: Member, _ solution: inout Solution) -> Bool {
    if member.program.sets[.keepalive] ?? 0 != 0 { return true }
    if reaches(.keepalive, for: member) {
      solution.set(.keepalive, 1, for: member.index, [.idle])
      return true
    }
    solution.refuse(
      member.name, idleAsks(of: member, solution, .options).flatMap(\.named),
      because: "only the program can switch SO_KEEPALIVE on, no sysctl can, and the profile does"
        + " not let it")
    return false
  }

  /// The options of a program that can set its own; none where the host's numbers do.
  private func setOptions(_ member: Member, _ solution: inout Solution) {
    let asks = idleAsks(of: member, solution, .options)
    let search = keepaliveSearch(asks, .options, solution)
    guard let found = search?.best() else {
      let conflict = conflict(among: asks, .options, solution)
      return refuse(conflict.map { asks[$0] }, [member], &solution)
    }
    guard found != todaysKeepalive(solution) else { return }
    for (option, value) in found.options where reaches(option, for: member) {
      solution.set(option, value, for: member.index, [.idle])
    }
  }

  /// One set of numbers for all programs of the host. What one of them cannot have whatever the
  /// others ask is left out; where two stand against each other, the host is left as it is.
  private func setSysctls(_ members: [Member], _ solution: inout Solution) {
    let named = profiles.sysctlDemands(on: Keepalive.keys).map(IdleAsk.sysctl)
    guard !members.isEmpty else { return }
    let all = members + bystanders(of: members, solution)
    var asks = all.flatMap { idleAsks(of: $0, solution, .sysctls) }
    while !asks.isEmpty {
      let together = asks + named
      if let found = keepaliveSearch(together, .sysctls, solution)?.best() {
        let served = Set(asks.compactMap { $0.member?.index })
        for member in members where served.contains(member.index) {
          for (key, value) in found.sysctls where reaches(key, for: member) {
            solution.set(key, value, for: member.index, .idle)
          }
        }
        return
      }
      let conflict = conflict(among: together, .sysctls, solution)
      let owners = Set(conflict.compactMap { together[$0].member?.index })
      // A program that is served by its own numbers goes without the host's, and nothing is missing.
      let isServed = owners.allSatisfy { owner in
        setsOwnKeepalive(self.members[owner])
          && hold(self.members[owner].demands(in: .idle), of: self.members[owner], solution)
      }
      if !isServed || owners.count > 1 {
        refuse(conflict.map { together[$0] }, owners.count > 1 ? members : [], &solution)
      }
      if owners.count > 1 { return }
      // A user timeout that is set cannot be left out: its program goes without the host's numbers.
      let hasTimeout = conflict.contains {
        if case .userTimeout = together[$0] { true } else { false }
      }
      asks = asks.indices.filter { index in
        !conflict.contains(index)
          && !((hasTimeout || isServed) && owners.contains(asks[index].member?.index ?? -1))
      }.map { asks[$0] }
    }
  }

  /// Programs that the host's numbers reach and no lever is for, as far as they are served today.
  private func bystanders(of members: [Member], _ solution: Solution) -> [Member] {
    self.members.filter { member in
      let isAsking = members.contains { $0.index == member.index }
      guard !isAsking, asksOfIdle(member), member.program.sets[.keepalive] ?? 0 != 0 else {
        return false
      }
      let options = solution.programs[member.index]?.options ?? [:]
      let setsAll = Keepalive.optionNames.allSatisfy {
        options[$0] != nil || member.program.sets[$0] != nil
      }
      return !setsAll && hold(member.demands(in: .idle), of: member, solution)
    }
  }

  /// A member that no lever reaches: fine where all that is asked holds all the same.
  private func leave(_ member: Member, _ solution: inout Solution) {
    let asks = idleAsks(of: member, solution, .options)
    if keepaliveSearch(asks, .options, solution)?.best() != nil { return }
    solution.refuse(
      member.name, asks.flatMap(\.named),
      because: "nothing that the profile allows to change decides it")
  }

  /// Whether all that is asked of a member's idle connections can be had.
  func hasKeepalive(_ member: Member, _ solution: Solution) -> Bool {
    guard asksOfIdle(member) else { return true }
    let lever = ownLever(member)
    return keepaliveSearch(idleAsks(of: member, solution, lever), lever, solution)?.best() != nil
  }

  /// What of it cannot be had together, by the lever that would be used.
  func idleConflict(of member: Member, _ solution: Solution) -> [IdleAsk] {
    let lever = ownLever(member)
    let asks = idleAsks(of: member, solution, lever)
    return conflict(among: asks, lever, solution).map { asks[$0] }
  }

  private func ownLever(_ member: Member) -> KeepaliveLever {
    let reachesHost = Keepalive.keys.contains { reaches($0, for: member) }
    return setsOwnKeepalive(member) || !reachesHost ? .options : .sysctls
  }

  private func conflict(among asks: [IdleAsk], _ lever: KeepaliveLever, _ solution: Solution)
    -> [Int]
  {
    asks.smallestConflict { keepaliveSearch($0, lever, solution)?.best() != nil }
  }

  /// - Parameter members: all that go without because of it, where it is more than those in conflict.
  private func refuse(
    _ conflict: [IdleAsk], _ members: [Member], _ solution: inout Solution
  ) {
    let names = members.map(\.name) + conflict.compactMap { $0.member?.name }
    let fixed = conflict.compactMap(\.member).flatMap(fixedNumbers)
    let named = conflict.flatMap(\.named) + fixed
    solution.refuse(
      names.distinct.joined(separator: ", "), named.distinct,
      because: "no keepalive numbers with at least \(KeepaliveSearch.shortestIdle) s of silence and"
        + " three probes do it")
  }

  /// Numbers that the program sets and no plan may change.
  private func fixedNumbers(_ member: Member) -> [Plan.Demand] {
    Keepalive.optionNames.compactMap { option in
      guard let value = member.program.sets[option], !reaches(option, for: member) else {
        return nil
      }
      return Plan.Demand(
        text: "\(option) = \(value), which the program sets", place: member.program.place)
    }
  }
}
