import TCPModel

extension Solver {
  /// RFC 1122 4.2.3.5 asks for 100 s at least before data is given up.
  private static let shortestOfData = Duration.seconds(100)

  /// A count that the whole host shares, and the lowest value that may be proposed for it.
  struct SharedCount {
    let key: SysctlKey
    let fewest: Int
    /// Why it may not be lower.
    let because: String
    /// Whether it is lower all the same where nothing else meets what is asked.
    var isPreference = false

    /// 8 is what gives `shortestOfData`.
    static let dataRetries = SharedCount(
      key: .tcpRetries2, fewest: 8,
      because: "below 8 it is less than the 100 s of RFC 1122 4.2.3.5 for every program of the host"
    )
    /// Fewer SYN retransmissions kill connects over lossy links on the whole host.
    static let synRetries = SharedCount(
      key: .tcpSynRetries, fewest: 3,
      because: "below 3 a few lost packets fail the connects of every program of the host",
      isPreference: true)
    static let synackRetries = SharedCount(
      key: .tcpSynackRetries, fewest: 2,
      because: "below 2 a few lost packets lose the clients of every listener of the host",
      isPreference: true)
  }

  /// Sets a count of the host so that the demands hold: what it is by default where that does, else
  /// the nearest value that does.
  func solveShared(
    _ count: SharedCount, _ asking: [(application: Application, requirements: [Requirement])],
    _ solution: inout Solution
  ) throws {
    let key = count.key
    let asking = asking.filter { !$0.requirements.isEmpty }
    let (reached, others) = asking.divided { reaches(key, for: $0.application) }
    for (application, requirements) in others {
      for requirement in requirements where try !satisfies(requirement, of: application, solution) {
        solution.refuse(
          [application.name], [requirement.named],
          because: "\(key) decides it, which the profile does not allow a plan to change")
      }
    }
    guard !reached.isEmpty, let today = today(key, solution) else { return }
    // What holds for programs that the lever is not for must go on to hold.
    let bystanders = try others.map { application, requirements in
      (
        application: application,
        requirements: try requirements.filter { try satisfies($0, of: application, solution) }
      )
    }
    if let value = try value(of: count, today, reached + bystanders, solution) {
      for (application, requirements) in reached {
        for requirement in requirements {
          solution.set(key, value, for: application.index, requirement.scenario)
        }
      }
    } else {
      try refuse(count, today, reached + bystanders, &solution)
      // Without a count that fits, a lower RTO maximum would only shorten what there is.
      if key == .tcpRetries2, solution.decides.removeValue(forKey: .tcpRtoMaxMs) != nil {
        solution.sysctls[.tcpRtoMaxMs] = nil
      }
    }
  }

  /// Returns whether the host's count alone could do what one member asks.
  func isPossible(
    _ count: SharedCount, _ requirements: [Requirement], _ application: Application,
    _ solution: Solution
  ) throws -> Bool {
    guard reaches(count.key, for: application), let today = today(count.key, solution) else {
      return false
    }
    return try value(of: count, today, [(application, requirements)], solution) != nil
  }

  private func value(
    of count: SharedCount, _ today: Int,
    _ asking: [(application: Application, requirements: [Requirement])],
    _ solution: Solution
  ) throws -> Int? {
    let isFine =
      try isDemanded(count.key, today)
      && asking.allSatisfy { application, requirements in
        try satisfiesAll(
          requirements, of: application, solution, Candidate(sysctls: [count.key: today]))
      }
    let fewest = floor(count, today, solution)
    if isFine, today >= fewest || profiles.allSatisfy(\.allowBelowRFC) { return today }
    let constraints = constraints(count, asking, solution)
    return try (count.isPreference ? [fewest, 1] : [fewest]).firstResult { floor in
      var search = search(count, floor: floor)
      return try search.nearest(to: today, meeting: constraints)
    }
  }

  private func constraints(
    _ count: SharedCount, _ asking: [(application: Application, requirements: [Requirement])],
    _ solution: Solution
  ) -> [BoundedSearch.Constraint] {
    asking.flatMap { application, requirements in
      requirements.map { requirement in
        BoundedSearch.Constraint(requirement) {
          try satisfies(
            requirement, of: application, solution, Candidate(sysctls: [count.key: $0]), $1)
        }
      }
    }
  }

  /// Returns the search with what profiles and conventions ask of the key itself.
  private func search(_ count: SharedCount, floor: Int) -> BoundedSearch {
    let range = SysctlCatalog[count.key]?.range ?? 0...255
    var search = BoundedSearch(of: "\(count.key)", in: max(range.lowerBound, 1)...range.upperBound)
    for requirement in profiles.sysctlRequirements(on: [count.key]) {
      guard let allowed = requirement.range(within: range) else { continue }
      search.add(requirement.named, allowed, isUpper: allowed.upperBound < range.upperBound)
    }
    if let first = profiles.first(where: { !$0.allowBelowRFC }) {
      let location = FileLocation(file: first.file, line: 1, column: 1)
      search.add(
        Plan.ConflictParty(text: "\(count.key) at least \(floor)", location: location),
        floor...range.upperBound,
        isUpper: false)
    }
    return search
  }

  /// Returns what may not be gone below: a lower RTO maximum makes each retransmission count for
  /// less.
  private func floor(_ count: SharedCount, _ today: Int, _ solution: Solution) -> Int {
    guard count.key == .tcpRetries2, solution.decides[.tcpRtoMaxMs] != nil,
      let maximum = solution.sysctls[.tcpRtoMaxMs]?.number
    else { return min(count.fewest, today) }
    return (count.fewest...255).first { retries in
      ModelTimeout(ofDataWith: retries, maximum: .milliseconds(maximum)).time >= Self.shortestOfData
    } ?? 255
  }

  private func refuse(
    _ count: SharedCount, _ today: Int,
    _ asking: [(application: Application, requirements: [Requirement])],
    _ solution: inout Solution
  ) throws {
    let names = asking.map(\.application.name)
    let floor = count.isPreference ? 1 : floor(count, today, solution)
    var search = search(count, floor: floor)
    for constraint in constraints(count, asking, solution) { try search.add(constraint) }
    let convention = "\(count.key) at least \(floor)"
    let conflict = search.conflict
    let isConvention = conflict.contains { $0.text == convention }
    solution.refuse(
      names, conflict.filter { $0.text != convention },
      because: isConvention
        ? "\(count.because); allow_below_rfc: true permits it"
        : conflict.count == 1
          ? "no value of \(count.key) meets it" : "no value of \(count.key) meets both")
  }
}

extension Array {
  /// Returns the elements that meet a condition, and the rest.
  func divided(by condition: (Element) -> Bool) -> (met: [Element], rest: [Element]) {
    (filter(condition), filter { !condition($0) })
  }
}
