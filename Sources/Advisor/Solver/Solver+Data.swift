import TCPModel

extension Solver {
  /// `send`, `zero-window` and `close`: a user timeout where the program can set one, an RTO maximum
  /// of its own where a stalled reader must live, else tcp_retries2.
  func solveData(_ solution: inout Solution) throws {
    var byHost: [(application: Application, requirements: [Requirement])] = []
    for application in applications {
      let requirements = solution.open(application.dataRequirements)
      let isSatisfied = try satisfiesAll(requirements, of: application, solution)
      let isSet =
        try isSatisfied
        ? lowerUserTimeout(keeping: requirements, application, &solution)
        : setData(requirements, application, &solution)
      if !isSet {
        byHost.append(
          (application, requirements.filter { isDecidedByRetries($0, application, solution) }))
      }
    }
    try solveShared(.dataRetries, byHost, &solution)
  }

  /// A user timeout replaces the count for data on its way, and not for a closed window.
  private func isDecidedByRetries(
    _ requirement: Requirement, _ application: Application, _ solution: Solution
  ) -> Bool {
    switch requirement.scenario {
    case .send, .idle: userTimeout(of: application, solution) == 0
    case .zeroWindow: requirement.kind == .within
    default: false
    }
  }

  func userTimeout(of application: Application, _ solution: Solution) -> Int {
    solution.programs[application.index]?.options[.userTimeout] ?? application.program.sets[
      .userTimeout] ?? 0
  }

  /// Lowers a user timeout that the program sets where an idle connection has to have ended before it
  /// is over, whatever keepalive does: to the end of the probes that suit without one. Only programs
  /// that can be told all of keepalive get one, so that it is never lowered in vain.
  /// - Parameter requirements: what holds of data, and is to hold.
  /// - Returns: whether it was lowered, so that the host's own count has no say about this data.
  private func lowerUserTimeout(
    keeping requirements: [Requirement], _ application: Application, _ solution: inout Solution
  ) throws -> Bool {
    let bounds = application.idleRequirements.filter { $0.kind == .within }.map(\.time)
    let today = userTimeout(of: application, solution)
    guard let bound = bounds.min(), .milliseconds(today) >= bound,
      reaches(.userTimeout, for: application), setsOwnKeepalive(application),
      canSwitchOn(application)
    else { return false }
    var lowered = solution
    lowered.set(.userTimeout, 0, for: application.index, [.idle])
    guard let numbers = try keepalive(of: application, lowered) else { return false }
    // Set once and for all, it decides how long connecting survives, and when that ends unless something
    // else bounds it.
    let canBound = canBoundConnect(application)
    let ofConnect =
      application.program.hasSingleUserTimeout
      ? application.requirements(in: .connect).filter { $0.kind == .survive || !canBound } : []
    for tenths in [Self.rounded(numbers.end * 10), numbers.end * 10].distinct
    where tenths * 100 < today {
      lowered.set(
        .userTimeout, tenths * 100, for: application.index, Set(requirements.map(\.scenario)))
      guard try satisfiesAll(requirements + ofConnect, of: application, lowered),
        try keepalive(of: application, lowered) != nil
      else { continue }
      solution = lowered
      return true
    }
    return false
  }

  /// Sets what the program can set; false where the host has to do it.
  private func setData(
    _ requirements: [Requirement], _ application: Application, _ solution: inout Solution
  ) throws -> Bool {
    var conflict: [Plan.ConflictParty] = []
    var because = ""
    if reaches(.userTimeout, for: application) {
      let (timeout, search) = try userTimeout(requirements, application, solution)
      if let timeout {
        solution.set(
          .userTimeout, timeout, for: application.index, Set(requirements.map(\.scenario)))
        return true
      }
      (conflict, because) = try whyNoUserTimeout(search, application, solution)
    }
    if let maximum = try maximum(for: requirements, application, solution) {
      solution.set(.rtoMax, maximum, for: application.index, Set(requirements.map(\.scenario)))
      return false
    }
    guard !conflict.isEmpty, try !isPossible(.dataRetries, requirements, application, solution)
    else {
      return false
    }
    solution.refuse([application.name], conflict, because: because)
    return true
  }

  /// Returns what people write: whole seconds below a minute, fives of them above. In tenths of a second.
  private static func rounded(_ tenths: Int) -> Int { tenths - tenths % (tenths < 600 ? 10 : 50) }

  /// A search in tenths of a second among user timeouts that people write.
  private static func userTimeoutSearch(for requirements: [Requirement]) -> BoundedSearch {
    let longest = requirements.map(\.time).max() ?? .zero
    let most = min(
      Int((longest + .seconds(240)).components.seconds) * 10,
      SocketOption.userTimeout.range.upperBound / 100)
    let written = stride(from: 10, through: most, by: 10).filter { Self.rounded($0) == $0 }
    var search = BoundedSearch(of: SocketOption.userTimeout.name, among: written)
    search.text = { Duration.milliseconds($0 * 100).text }
    return search
  }

  private func userTimeoutAsks(
    _ requirements: [Requirement], _ application: Application, _ solution: Solution
  )
    -> [BoundedSearch.Constraint]
  {
    var asking = requirements
    if application.program.hasSingleUserTimeout, !canBoundConnect(application) {
      asking += application.requirements(in: .connect)
    }
    return asking.map { requirement in
      BoundedSearch.Constraint(requirement) {
        try satisfies(
          requirement, of: application, solution, Candidate(options: [.userTimeout: $0 * 100]), $1)
      }
    }
  }

  private func canBoundConnect(_ application: Application) -> Bool {
    application.program.levers.contains(.deadline) || reaches(.synCount, for: application)
  }

  /// Returns the largest user timeout, in milliseconds, with which keepalive can do what is asked
  /// of it, with room for it where a smaller one leaves some; the smallest where nothing bounds it.
  /// - Returns: also what was found out about its limits.
  private func userTimeout(
    _ requirements: [Requirement], _ application: Application, _ solution: Solution
  ) throws -> (milliseconds: Int?, BoundedSearch) {
    let constraints = userTimeoutAsks(requirements, application, solution)
    let isBounded = constraints.contains(where: \.isUpper)
    func nearest(_ search: inout BoundedSearch) throws -> Int? {
      try search.nearest(
        to: isBounded ? search.range.upperBound : search.range.lowerBound, meeting: constraints)
    }
    var search = Self.userTimeoutSearch(for: requirements)
    var most = try nearest(&search)
    if most == nil, let untried = search.untried {
      var between = BoundedSearch(of: search.name, in: untried)
      between.text = search.text
      most = try nearest(&between)
      if most != nil { search = between }
    }
    guard let most else { return (nil, search) }
    let (found, isRoomy) = try largest(of: [most], beside: application, solution)
    if let found, isRoomy { return (found * 100, search) }
    for constraint in constraints where !constraint.isUpper { try search.add(constraint) }
    // What ends idle connections later than they may be found out does not do.
    let idle = application.idleRequirements.filter { $0.kind == .within }.map(\.time).min()
    let highest = min(most, idle.map { Int($0.components.seconds) * 10 } ?? most)
    let least = search.nearest(to: search.range.lowerBound) ?? highest
    let step = max(10, (highest - least) / 32 / 10 * 10)
    let tenths = stride(from: highest / 10 * 10, through: least, by: -step)
    let written = tenths.map(Self.rounded).filter { $0 >= least }
    let smaller = (written + tenths).distinct.filter { $0 >= (found ?? 0) * 3 / 4 }
    let (another, isRoomier) = try largest(of: smaller, beside: application, solution)
    return ((isRoomier ? another : found ?? another).map { $0 * 100 }, search)
  }

  /// Returns the first user timeout that leaves room for keepalive, unless that is much less than the
  /// first beside which there is any.
  private func largest(of timeouts: [Int], beside application: Application, _ solution: Solution)
    throws -> (timeout: Int?, isRoomy: Bool)
  {
    var largest: Int?
    for timeout in timeouts where timeout >= (largest ?? 0) * 3 / 4 {
      switch try keepaliveRoom(beside: timeout * 100, application, solution) {
      case .none: continue
      case .little: largest = largest ?? timeout
      case .enough: return (timeout, true)
      }
    }
    return (largest, false)
  }

  private func keepaliveRoom(
    beside timeout: Int, _ application: Application, _ solution: Solution
  ) throws -> KeepaliveRoom {
    var solution = solution
    solution.set(.userTimeout, timeout, for: application.index, [.send])
    return try keepaliveRoom(application, solution)
  }

  private func whyNoUserTimeout(
    _ search: BoundedSearch, _ application: Application, _ solution: Solution
  ) throws -> (
    [Plan.ConflictParty], String
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
    attempt.set(.userTimeout, most * 100, for: application.index, [.send])
    return (
      try idleConflict(of: application, attempt).flatMap(\.named),
      "the user timeout replaces the count of keepalive probes, and three of them must fit"
    )
  }

  /// Returns the largest RTO maximum, in milliseconds, that bounds data by the host's own
  /// tcp_retries2.
  private func maximum(
    for requirements: [Requirement], _ application: Application, _ solution: Solution
  ) throws -> Int? {
    let isAsked = requirements.contains {
      $0.kind == .recover || ($0.scenario == .zeroWindow && $0.kind == .survive)
    }
    guard isAsked, reaches(.rtoMax, for: application) else { return nil }
    let today =
      solution.programs[application.index]?.options[.rtoMax] ?? SocketOption.rtoMax.range.upperBound
    var search = BoundedSearch(of: "TCP_RTO_MAX_MS", in: 10...today / 100)
    let constraints = requirements.map { requirement in
      BoundedSearch.Constraint(requirement, isUpper: requirement.kind != .survive) {
        try satisfies(
          requirement, of: application, solution, Candidate(options: [.rtoMax: $0 * 100]), $1)
      }
    }
    return try search.nearest(to: today / 100, meeting: constraints).map { $0 * 100 }
  }
}
