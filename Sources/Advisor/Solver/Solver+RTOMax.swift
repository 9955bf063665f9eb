import TCPModel

extension Solver {
  /// `recover`: the longest wait between retransmissions, which only the RTO maximum bounds (Linux
  /// 6.15 and later): TCP_RTO_MAX_MS where the program can set it, else tcp_rto_max_ms.
  func solveMaximum(_ solution: inout Solution) throws {
    var byHost: [(application: Application, requirements: [Requirement])] = []
    for application in applications {
      let requirements = try recoveries(of: application).filter {
        try !resumes($0, of: application, solution)
      }
      guard !requirements.isEmpty else { continue }
      if reaches(.rtoMax, for: application) {
        var search = maximumSearch("TCP_RTO_MAX_MS")
        for requirement in requirements {
          try search.add(
            BoundedSearch.Constraint(requirement, isUpper: true) { [solution] in
              try resumes(
                requirement, of: application, solution, Candidate(options: [.rtoMax: $0 * 100]), $1)
            })
        }
        if let maximum = search.largest {
          solution.set(
            .rtoMax, maximum * 100, for: application.index, Set(requirements.map(\.scenario)))
        } else {
          solution.refuse([application.name], search.conflict, because: "no RTO maximum meets it")
        }
      } else {
        byHost.append((application, requirements))
      }
    }
    try solveSharedMaximum(byHost, &solution)
  }

  /// Returns what is asked of the waits between retransmissions; those of `idle` are keepalive's.
  private func recoveries(of application: Application) -> [Requirement] {
    application.requirements(in: .connect, .send, .zeroWindow).filter {
      $0.kind == .recover
        && !($0.scenario.isOfConnecting && application.program.direction == .inbound)
    }
  }

  private func solveSharedMaximum(
    _ asking: [(application: Application, requirements: [Requirement])], _ solution: inout Solution
  ) throws {
    let key = SysctlKey.tcpRtoMaxMs
    var search = maximumSearch("\(key)")
    var reached: [(application: Application, requirements: [Requirement])] = []
    for (application, requirements) in asking {
      guard allHave(key), reaches(key, for: application) else {
        refuseMaximum(application, requirements, solution: &solution)
        continue
      }
      reached.append((application, requirements))
      for requirement in requirements {
        try search.add(
          BoundedSearch.Constraint(requirement, isUpper: true) { [solution] in
            try resumes(
              requirement, of: application, solution, Candidate(sysctls: [key: $0 * 100]), $1)
          })
      }
    }
    guard !reached.isEmpty else { return }
    guard let maximum = search.largest, isDemanded(key, maximum * 100) else {
      return solution.refuse(
        reached.map(\.application.name),
        search.conflict + profiles.sysctlRequirements(on: [key]).map(\.named),
        because: "no value of \(key) meets it")
    }
    for (application, requirements) in reached {
      let outages = application.requirements(in: .send).filter { $0.kind == .survive }
      guard try outlasts(outages, application, maximum: maximum * 100, solution) else {
        return solution.refuse(
          [application.name],
          requirements.map { $0.needing("\(key) at most \(maximum * 100)") }
            + outages.map { $0.needing("\(SysctlKey.tcpRetries2) above 255 then") },
          because: "the RTO maximum is also what each of the retransmissions counts for")
      }
    }
    for (application, requirements) in reached {
      for requirement in requirements {
        solution.set(key, maximum * 100, for: application.index, requirement.scenario)
      }
    }
  }

  /// A lower maximum shortens what tcp_retries2 stands for: both must do together.
  private func outlasts(
    _ outages: [Requirement], _ application: Application, maximum: Int, _ solution: Solution
  ) throws -> Bool {
    if userTimeout(of: application, solution) > 0 || reaches(.userTimeout, for: application) {
      return true
    }
    var attempt = solution
    attempt.sysctls[.tcpRtoMaxMs] = .number(maximum)
    return try isPossible(.dataRetries, outages, application, attempt)
  }

  /// In tenths of a second, as far as the kernel takes it.
  private func maximumSearch(_ name: String) -> BoundedSearch {
    let range = SocketOption.rtoMax.range
    var search = BoundedSearch(of: name, in: range.lowerBound / 100...range.upperBound / 100)
    search.text = { "\($0 * 100)" }
    return search
  }

  /// Returns whether traffic resumes in time if the connection lives long enough, which other
  /// settings see to: here a user timeout that is long enough for every wait to have grown to its
  /// longest.
  private func resumes(
    _ requirement: Requirement, of application: Application, _ solution: Solution,
    _ candidate: Candidate = Candidate(),
    _ sampling: Sampling = .all
  ) throws -> Bool {
    var candidate = candidate
    let longEnough = 10 * SocketOption.rtoMax.range.upperBound
    candidate.options[.userTimeout] = longEnough
    candidate.connectUserTimeout = longEnough
    if requirement.scenario == .connect {
      candidate.options[.synCount] = SocketOption.synCount.range.upperBound
    }
    let requirement = requirement.after(outageOf: .seconds(600))
    return try satisfies(requirement, of: application, solution, candidate, sampling)
  }

  private func refuseMaximum(
    _ application: Application, _ requirements: [Requirement], solution: inout Solution
  ) {
    let older = hosts.filter { !$0.rules.has(.rtoMaximumSetting) }.map(\.rules.release)
    let because =
      older.isEmpty
      ? "which the profile does not allow a plan to change"
      : "a setting that Linux has since 6.15: not in \(KernelVersion.list(older))"
    solution.refuse(
      [application.name], requirements.map(\.named),
      because: "only a lower RTO maximum meets it, \(because)")
  }
}
