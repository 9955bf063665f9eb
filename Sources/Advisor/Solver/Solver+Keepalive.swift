import TCPModel

extension Solver {
  /// Which numbers of keepalive are looked for.
  enum KeepaliveLever { case options, sysctls }

  /// Everything that bounds the keepalive numbers of a member.
  func idleAsks(of member: Member, _ solution: Solution, _ lever: KeepaliveLever) -> [IdleAsk] {
    var asks = member.demands(in: .idle).map { IdleAsk.demand(member, $0) }
    asks += member.remindedMiddleboxes.map { IdleAsk.reminder(member, $0.box, $0.place) }
    let timeout = userTimeout(of: member, solution, lever)
    if timeout > 0 {
      let causes = member.demands(in: .send, .zeroWindow, .close).filter { $0.kind == .within }
      asks.append(.userTimeout(member, milliseconds: timeout, for: causes))
    }
    return asks
  }

  /// A program that follows its own part sets its own numbers; what reaches the others is played
  /// without that part, unless the part relies on the host for these numbers.
  private func userTimeout(of member: Member, _ solution: Solution, _ lever: KeepaliveLever) -> Int
  {
    let today = member.program.sets[.userTimeout] ?? 0
    if lever == .sysctls, setsOwnKeepalive(member) { return today }
    return solution.programs[member.index]?.options[.userTimeout] ?? today
  }

  /// Whether the program can be told all three numbers.
  func setsOwnKeepalive(_ member: Member) -> Bool {
    Keepalive.optionNames.allSatisfy { reaches($0, for: member) }
  }

  /// The search for numbers that suit what is asked; nil where what is named leaves none.
  func keepaliveSearch(_ asks: [IdleAsk], _ lever: KeepaliveLever, _ solution: Solution)
    -> KeepaliveSearch?
  {
    let members = asks.compactMap(\.member)
    guard let allowed = allowed(lever, asks, members, solution) else { return nil }
    return KeepaliveSearch(
      clients: Set(members.map(\.index)).sorted().map {
        client(self.members[$0], asks, lever, solution)
      }, today: todaysKeepalive(solution), allowed: allowed)
  }

  /// What the numbers may be: those that the lever does not reach stay as they are.
  private func allowed(
    _ lever: KeepaliveLever, _ asks: [IdleAsk], _ members: [Member], _ solution: Solution
  ) -> Keepalive.Bounds? {
    let today = todaysKeepalive(solution)
    let own = lever == .options ? members.first.map(ownNumbers) : nil
    func bounds(
      _ option: SocketOption, _ key: SysctlKey, _ all: Keepalive.Bounds,
      _ part: KeyPath<Keepalive.Bounds, ClosedRange<Int>>, fixed: Int
    ) -> ClosedRange<Int>? {
      let isFree =
        lever == .options
        ? members.allSatisfy { reaches(option, for: $0) }
        : members.contains { reaches(key, for: $0) }
      guard isFree else { return fixed...fixed }
      var range = all[keyPath: part]
      for case .sysctl(let demand) in asks where demand.key == key {
        guard let named = demand.range(within: range) else { return nil }
        range = named
      }
      return range
    }
    let all: Keepalive.Bounds = lever == .options ? .options : .sysctls
    guard
      let idle = bounds(
        .keepIdle, .tcpKeepaliveTime, all, \.idle, fixed: own?.idle ?? today.idle),
      let interval = bounds(
        .keepInterval, .tcpKeepaliveIntvl, all, \.interval, fixed: own?.interval ?? today.interval),
      let count = bounds(
        .keepCount, .tcpKeepaliveProbes, all, \.count, fixed: own?.count ?? today.count)
    else { return nil }
    return Keepalive.Bounds(idle: idle, interval: interval, count: count)
  }

  private func client(
    _ member: Member, _ asks: [IdleAsk], _ lever: KeepaliveLever, _ solution: Solution
  ) -> KeepaliveSearch.Client {
    var demands: [Demand] = []
    var reminders: [Int] = []
    var timeout = 0
    for ask in asks where ask.member?.index == member.index {
      switch ask {
      case .demand(_, let demand): demands.append(demand)
      case .reminder(_, let box, _): reminders.append(Int(box.longestIdle.components.seconds))
      case .userTimeout(_, let milliseconds, _): timeout = milliseconds
      case .sysctl: break
      }
    }
    func bounds(_ kind: Objective.Kind) -> [Int] {
      demands.filter { $0.kind == kind }.map { Int($0.time.components.seconds) }
    }
    let own = lever == .sysctls ? ownNumbers(member) : Keepalive.Pins()
    func candidate(_ numbers: Keepalive) -> Candidate {
      var candidate = Candidate()
      candidate.ignoresProgram = lever == .sysctls && setsOwnKeepalive(member)
      candidate.options = [.keepalive: 1, .userTimeout: timeout]
      switch lever {
      case .options: candidate.options.merge(numbers.options) { $1 }
      case .sysctls: candidate.sysctls = numbers.sysctls
      }
      return candidate
    }
    // What is to resume after an outage must outlive it.
    let outages = demands.filter { $0.kind == .recover }.compactMap { $0.objective.survive?.time }
    let survive = (bounds(.survive) + outages.map { Int($0.components.seconds) }).max()
    let uppers = demands.filter { $0.kind != .survive }
    return KeepaliveSearch.Client(
      within: bounds(.within).min(), survive: survive,
      recover: bounds(.recover).min(), longestIdle: reminders.min(), userTimeout: timeout,
      own: own, isInTime: { hold(uppers, of: member, solution, candidate($0)) },
      accepts: { numbers in
        let isReminded = reminders.min().map { numbers.fixed(by: own).idle <= $0 } ?? true
        return isReminded && hold(demands, of: member, solution, candidate(numbers))
      })
  }

  /// What the program sets by itself, so that no sysctl reaches it.
  private func ownNumbers(_ member: Member) -> Keepalive.Pins {
    let sets = member.program.sets
    return Keepalive.Pins(
      idle: sets[.keepIdle], interval: sets[.keepInterval], count: sets[.keepCount])
  }

  /// The host's numbers before any plan, or those that a profile names itself.
  func todaysKeepalive(_ solution: Solution) -> Keepalive {
    Keepalive(
      idle: today(.tcpKeepaliveTime, solution) ?? 7200,
      interval: today(.tcpKeepaliveIntvl, solution) ?? 75,
      count: today(.tcpKeepaliveProbes, solution) ?? 9)
  }
}

extension IdleAsk {
  /// Whose connections it is about; nil for the host.
  var member: Member? {
    switch self {
    case .demand(let member, _), .reminder(let member, _, _), .userTimeout(let member, _, _):
      member
    case .sysctl: nil
    }
  }
}
