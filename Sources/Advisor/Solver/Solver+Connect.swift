import TCPModel

extension Solver {
  /// `connect`: the program's own limit first, a user timeout for the time of connecting where one is
  /// set anyway, TCP_SYNCNT, and the sysctl last; two of them only where none alone does it.
  func solveConnect(_ solution: inout Solution) throws {
    var byHost: [(application: Application, requirements: [Requirement])] = []
    for application in applications {
      let requirements = solution.open(application.requirements(in: .connect))
      guard !requirements.isEmpty else { continue }
      if application.program.direction == .inbound,
        try !satisfiesAll(requirements, of: application, solution)
      {
        solution.refuse(
          [application.name], requirements.map(\.named),
          because: "inbound connections are not made by connect()")
        continue
      }
      let isBounded = requirements.contains { $0.kind == .within }
      let isFine = try satisfiesAll(requirements, of: application, solution)
      if !isFine, try isBounded || !isPossible(.synRetries, requirements, application, solution),
        try setConnect(requirements, application, &solution)
      {
        continue
      }
      byHost.append((application, requirements))
    }
    try solveShared(.synRetries, byHost, &solution)
  }

  /// Tries what the program can do; false where only the host can, or nobody.
  private func setConnect(
    _ requirements: [Requirement], _ application: Application, _ solution: inout Solution
  ) throws -> Bool {
    let deadline = deadline(for: requirements, application)
    if let deadline, try take(deadline, requirements, application, &solution) { return true }
    if let timeout = try connectTimeout(for: requirements, application, solution),
      try take(timeout, requirements, application, &solution)
    {
      return true
    }
    if let count = try synCount(for: requirements, application, solution, Candidate()),
      try take(count, requirements, application, &solution)
    {
      return true
    }
    if try isPossible(.synRetries, requirements, application, solution) { return false }
    if let deadline, let both = try synCount(for: requirements, application, solution, deadline),
      try take(both, requirements, application, &solution)
    {
      return true
    }
    // The deadline bounds the program, so that the host's count is only asked to last long enough.
    if let deadline, reaches(.tcpSynRetries, for: application) {
      var attempt = solution
      attempt.take(deadline, for: application.index)
      if try isPossible(.synRetries, requirements, application, attempt) {
        solution = attempt
        return false
      }
    }
    return try refuseConnect(requirements, application, deadline, &solution)
  }

  private func take(
    _ candidate: Candidate, _ requirements: [Requirement], _ application: Application,
    _ solution: inout Solution
  ) throws -> Bool {
    guard try satisfiesAll(requirements, of: application, solution, candidate) else { return false }
    solution.take(candidate, for: application.index)
    return true
  }

  /// Returns the program's own limit for one address, in whole milliseconds: what every language's
  /// connect timeout can say.
  func deadline(for requirements: [Requirement], _ application: Application) -> Candidate? {
    guard application.program.levers.contains(.deadline) else { return nil }
    let limits = requirements.filter { $0.kind == .within }.map {
      $0.time / $0.group.path.addresses
    }
    guard let limit = limits.min() else { return nil }
    let milliseconds =
      limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000
    return Candidate(deadlines: [.connect: .milliseconds(milliseconds)])
  }

  /// Returns a user timeout for the time of connecting, where the program sets one for data as
  /// well: it replaces the limit of the SYNs. Linux 4.19 to 5.3 send a SYN every jiffy once it is
  /// over.
  private func connectTimeout(
    for requirements: [Requirement], _ application: Application, _ solution: Solution
  ) throws -> Candidate? {
    guard requirements.contains(where: { $0.kind == .within }),
      !application.program.hasSingleUserTimeout,
      reaches(.userTimeout, for: application), userTimeout(of: application, solution) > 0,
      userTimeoutEndsConnects
    else { return nil }
    let longest = requirements.map(\.time).max() ?? .zero
    var search = BoundedSearch(
      of: "TCP_USER_TIMEOUT", in: 10...max(10, Int(longest.components.seconds) * 10))
    let constraints = requirements.map { requirement in
      BoundedSearch.Constraint(requirement) {
        try satisfies(
          requirement, of: application, solution, Candidate(connectUserTimeout: $0 * 100), $1)
      }
    }
    return try search.nearest(to: search.range.upperBound, meeting: constraints).map {
      Candidate(connectUserTimeout: $0 * 100)
    }
  }

  /// TCP_SYNCNT on top of a candidate: the largest in time, or the smallest that lasts long enough.
  private func synCount(
    for requirements: [Requirement], _ application: Application, _ solution: Solution,
    _ candidate: Candidate
  ) throws -> Candidate? {
    guard reaches(.synCount, for: application) else { return nil }
    var search = BoundedSearch(of: "TCP_SYNCNT", in: SocketOption.synCount.range)
    func with(_ count: Int) -> Candidate {
      var candidate = candidate
      candidate.options[.synCount] = count
      return candidate
    }
    let constraints = requirements.map { requirement in
      BoundedSearch.Constraint(requirement) {
        try satisfies(requirement, of: application, solution, with($0), $1)
      }
    }
    let isBounded = requirements.contains { $0.kind == .within } && candidate.deadlines.isEmpty
    let start = isBounded ? search.range.upperBound : 1
    return try search.nearest(to: start, meeting: constraints).map(with)
  }

  private func refuseConnect(
    _ requirements: [Requirement], _ application: Application, _ deadline: Candidate?,
    _ solution: inout Solution
  ) throws -> Bool {
    // The host's own contradiction says what its count would have to be.
    if deadline == nil, !reaches(.synCount, for: application) { return false }
    let conflict = try requirements.smallestConflict { [solution] requirements in
      let deadline = self.deadline(for: requirements, application)
      return try requirements.isEmpty
        || [deadline, synCount(for: requirements, application, solution, Candidate())].contains {
          try $0.map { try satisfiesAll(requirements, of: application, solution, $0) } ?? false
        }
        || deadline.map { try synCount(for: requirements, application, solution, $0) != nil }
          ?? false
    }
    solution.refuse(
      [application.name], conflict.map { requirements[$0].named },
      because: "the first SYN is repeated after 1 s, and no limit of the program's own or count of"
        + " SYNs meets it")
    return true
  }
}

extension Solution {
  /// Makes a candidate for `connect` part of what the program is to do.
  mutating func take(_ candidate: Candidate, for application: Int) {
    for (option, value) in candidate.options { set(option, value, for: application, [.connect]) }
    if let timeout = candidate.connectUserTimeout {
      programs[application, default: Program()].connectUserTimeout = timeout
    }
    programs[application, default: Program()].deadlines.merge(candidate.deadlines) { $1 }
  }
}
