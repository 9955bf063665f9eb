import TCPModel

extension Solver {
  private static let keys: [SysctlKey] = [
    .tcpKeepaliveTime, .tcpKeepaliveIntvl, .tcpKeepaliveProbes,
  ]
  private static let trio: [SocketOption] = [.keepIdle, .keepInterval, .keepCount]

  /// `idle`: the host's keepalive for programs that only switch it on, and the options of programs
  /// that can set their own.
  func solveIdle(_ solution: inout Solution) {
    let asking = members.filter { $0.objective(.idle) != nil || $0.longestIdle != nil }
    var byHost: [Member] = []
    for member in asking {
      // Nothing to notice in time and nothing that forgets: without keepalive it lives for ever.
      let isTimeless = member.objective(.idle)?.within == nil && member.longestIdle == nil
      if isTimeless, member.group.sets[.keepalive] ?? 0 == 0 { continue }
      guard switchOn(member, &solution) else { continue }
      let setsOwn = Self.trio.allSatisfy { reaches($0, for: member) }
      if setsOwn { setOptions(member, &solution) }
      if Self.keys.allSatisfy({ reaches($0, for: member) }) {
        byHost.append(member)
      } else if !setsOwn {
        leave(member, &solution)
      }
    }
    setSysctls(byHost, &solution)
  }

  /// No sysctl switches SO_KEEPALIVE on; only the program can.
  private func switchOn(_ member: Member, _ solution: inout Solution) -> Bool {
    if member.group.sets[.keepalive] ?? 0 != 0 { return true }
    if reaches(.keepalive, for: member) {
      solution.set(.keepalive, 1, for: member.index, .idle)
      return true
    }
    solution.contradictions.append(
      Plan.Contradiction(
        connections: member.group.name, demands: member.idleDemands,
        because: "only the program can switch SO_KEEPALIVE on, no sysctl can, and the profile does"
          + " not let it"))
    return false
  }

  private func setOptions(_ member: Member, _ solution: inout Solution) {
    let demand = demand(of: member, userTimeout: userTimeout(of: member, solution)) {
      [solution] candidate in
      hosts.map { situation(member, on: $0, solution, options: candidate.options) }
    }
    if let found = KeepaliveSearch(demands: [demand], today: today).best() {
      for (option, value) in found.options { solution.set(option, value, for: member.index, .idle) }
      return
    }
    report([member], solution: &solution)
    // Both cannot be had. A user timeout that lets one lost probe kill is worse than none: without
    // it the idle connections at least are as asked.
    guard solution.programs[member.index]?.options[.userTimeout] != nil else { return }
    solution.programs[member.index]?.options[.userTimeout] = nil
    setOptions(member, &solution)
  }

  /// One set of numbers for all programs of the host.
  private func setSysctls(_ members: [Member], _ solution: inout Solution) {
    guard !members.isEmpty else { return }
    let demands = members.map { member in
      // A program that follows its own part sets its own numbers; what reaches the others is played
      // without that part, unless the part relies on the host for these numbers.
      let setsOwn = Self.trio.allSatisfy { reaches($0, for: member) }
      let timeout =
        setsOwn ? member.group.sets[.userTimeout] ?? 0 : userTimeout(of: member, solution)
      return demand(of: member, userTimeout: timeout) {
        [solution] candidate in
        hosts.map { host in
          var situation = situation(member, on: host, solution, sysctls: candidate.sysctls)
          if setsOwn { situation.options = member.group.sets }
          situation.options[.keepalive] = 1
          return situation
        }
      }
    }
    var search = KeepaliveSearch(demands: demands, today: demanded(today, solution))
    search.isAllowed = { candidate in
      candidate.sysctls.allSatisfy { isDemanded($0.key, $0.value) }
    }
    guard let found = search.best() else { return report(members, solution: &solution) }
    for member in members {
      for (key, value) in found.sysctls { solution.set(key, value, for: member.index, .idle) }
    }
  }

  private func demand(
    of member: Member, userTimeout: Int, _ situations: @escaping (Keepalive) -> [Situation]
  ) -> KeepaliveSearch.Demand {
    KeepaliveSearch.Demand(
      objective: member.objective(.idle), longestIdle: member.longestIdle,
      userTimeout: userTimeout, situations: situations)
  }

  private func userTimeout(of member: Member, _ solution: Solution) -> Int {
    solution.programs[member.index]?.options[.userTimeout] ?? member.group.sets[.userTimeout] ?? 0
  }

  /// The numbers with those that a profile names itself.
  private func demanded(_ numbers: Keepalive, _ solution: Solution) -> Keepalive {
    func value(_ key: SysctlKey, else number: Int) -> Int {
      solution.sysctls[key].flatMap { Int($0) } ?? number
    }
    return Keepalive(
      idle: value(.tcpKeepaliveTime, else: numbers.idle),
      interval: value(.tcpKeepaliveIntvl, else: numbers.interval),
      count: value(.tcpKeepaliveProbes, else: numbers.count))
  }

  /// The host's numbers before any plan.
  private var today: Keepalive {
    let host = hosts.first
    return Keepalive(
      idle: host?.count(of: .tcpKeepaliveTime) ?? 7200,
      interval: host?.count(of: .tcpKeepaliveIntvl) ?? 75,
      count: host?.count(of: .tcpKeepaliveProbes) ?? 9)
  }

  /// A member that no lever reaches: fine where all that is asked holds all the same.
  private func leave(_ member: Member, _ solution: inout Solution) {
    let holds = hosts.allSatisfy { host in
      let situation = situation(member, on: host, solution)
      return member.objective(.idle).map { self.holds($0, in: situation) } ?? true
        && situation.isKnown(for: member.longestIdle)
    }
    if !holds {
      solution.contradictions.append(
        Plan.Contradiction(
          connections: member.group.name, demands: member.idleDemands,
          because: "nothing that the profile allows to change decides it"))
    }
  }

  /// What profiles ask of the keepalive sysctls themselves.
  private var sysctlDemands: [Plan.Demand] {
    profiles.flatMap(\.sysctls).filter { Self.keys.contains($0.key) }.map {
      Plan.Demand(text: "\($0.key)", place: $0.place)
    }
  }

  private func report(_ members: [Member], solution: inout Solution) {
    let send = members.compactMap { $0.objective(.send) }.filter { $0.within != nil }
    let bounds = members.compactMap(\.longestIdle).min().map {
      "; a device on the path needs a probe at least every \($0) s"
    }
    let timeouts = members.map { userTimeout(of: $0, solution) }.filter { $0 > 0 }.min().map {
      "; the user timeout of \(Duration.milliseconds($0).text) that send asks for replaces the count"
        + " and must leave room for three probes"
    }
    solution.contradictions.append(
      Plan.Contradiction(
        connections: members.map(\.group.name).joined(separator: ", "),
        demands: members.flatMap(\.idleDemands) + sysctlDemands
          + (timeouts == nil ? [] : send.flatMap(\.demands)),
        because: "no keepalive numbers with at least \(KeepaliveSearch.shortestIdle) s of silence"
          + " and three probes meet it" + (bounds ?? "") + (timeouts ?? "")))
  }
}

extension Solver.Member {
  /// The longest silence, in seconds, that every device on the path remembers twice over.
  fileprivate var longestIdle: Int? {
    group.middleboxes.filter(\.tcpKeepaliveCounts).map { Int($0.longestIdle.components.seconds) }
      .min()
  }
}

extension Solver.Member {
  /// What is asked of idle connections: by the profile, else by the devices on the path.
  fileprivate var idleDemands: [Plan.Demand] {
    objective(.idle)?.demands
      ?? group.middleboxes.filter(\.tcpKeepaliveCounts).map { box in
        Plan.Demand(text: "\(box.name) forgets after \(box.idleTimeout.text)", place: group.place)
      }
  }
}

extension Situation {
  /// Whether the first probe comes within `longest` seconds; nil is any time.
  func isKnown(for longest: Int?) -> Bool {
    guard let longest else { return true }
    guard case .success(let idle?) = keepaliveIdle else { return false }
    return idle <= .seconds(longest)
  }
}

extension Keepalive {
  var options: [SocketOption: Int] {
    [.keepIdle: idle, .keepInterval: interval, .keepCount: count]
  }

  var sysctls: [SysctlKey: Int] {
    [.tcpKeepaliveTime: idle, .tcpKeepaliveIntvl: interval, .tcpKeepaliveProbes: count]
  }
}
