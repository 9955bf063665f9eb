import TCPModel

extension Solver {
  /// `recover`: the longest wait between retransmissions, which only the RTO maximum bounds (Linux
  /// 6.15 and later): TCP_RTO_MAX_MS where the program can set it, else tcp_rto_max_ms.
  func solveMaximum(_ solution: inout Solution) {
    var byHost: [(member: Member, demands: [Demand])] = []
    for member in members {
      let demands = recoveries(of: member).filter { !resumes($0, of: member, solution) }
      guard !demands.isEmpty else { continue }
      if reaches(.rtoMax, for: member) {
        var search = maximumSearch("TCP_RTO_MAX_MS")
        for demand in demands {
          search.add(
            CountSearch.Ask(demand, isUpper: true) { [solution] in
              resumes(demand, of: member, solution, Candidate(options: [.rtoMax: $0 * 100]), $1)
            })
        }
        if let maximum = search.largest {
          solution.set(
            .rtoMax, maximum * 100, for: member.index, Set(demands.map(\.scenario)))
        } else {
          solution.refuse(member.name, search.conflict, because: "no RTO maximum does it")
        }
      } else {
        byHost.append((member, demands))
      }
    }
    solveSharedMaximum(byHost, &solution)
  }

  /// What is asked of the waits between retransmissions; those of `idle` are keepalive's.
  private func recoveries(of member: Member) -> [Demand] {
    member.demands(in: .connect, .send, .zeroWindow).filter {
      $0.kind == .recover && !($0.scenario == .connect && member.program.direction == .inbound)
    }
  }

  private func solveSharedMaximum(
    _ asking: [(member: Member, demands: [Demand])], _ solution: inout Solution
  ) {
    let key = SysctlKey.tcpRtoMaxMs
    var search = maximumSearch("\(key)")
    var reached: [(member: Member, demands: [Demand])] = []
    for (member, demands) in asking {
      guard allHave(key), reaches(key, for: member) else {
        refuseMaximum(member, demands, solution: &solution)
        continue
      }
      reached.append((member, demands))
      for demand in demands {
        search.add(
          CountSearch.Ask(demand, isUpper: true) { [solution] in
            resumes(demand, of: member, solution, Candidate(sysctls: [key: $0 * 100]), $1)
          })
      }
    }
    guard !reached.isEmpty else { return }
    guard let maximum = search.largest, isDemanded(key, maximum * 100) else {
      return solution.refuse(
        reached.map(\.member.name).joined(separator: ", "),
        search.conflict + profiles.sysctlDemands(on: [key]).map(\.named),
        because: "no \(key) does it")
    }
    // A lower maximum shortens what tcp_retries2 stands for: both must do together.
    for (member, demands) in reached {
      let outages = member.demands(in: .send).filter { $0.kind == .survive }
      var attempt = solution
      attempt.sysctls[key] = "\(maximum * 100)"
      if userTimeout(of: member, solution) > 0 || reaches(.userTimeout, for: member) { continue }
      guard isPossible(.dataRetries, outages, member, attempt) else {
        return solution.refuse(
          member.name,
          demands.map { $0.needing("\(key) at most \(maximum * 100)") }
            + outages.map { $0.needing("\(SysctlKey.tcpRetries2) above 255 then") },
          because: "the RTO maximum is also what each of the retransmissions counts for")
      }
    }
    for (member, demands) in reached {
      for demand in demands { solution.set(key, maximum * 100, for: member.index, demand.scenario) }
    }
  }

  /// In tenths of a second, as far as the kernel takes it.
  private func maximumSearch(_ name: String) -> CountSearch {
    var search = CountSearch(of: name, in: 10...1200)
    search.text = { "\($0 * 100)" }
    return search
  }

  /// Whether traffic resumes in time if the connection lives long enough, which other settings see
  /// to: here a user timeout that is long enough for every wait to have grown to its longest.
  private func resumes(
    _ demand: Demand, of member: Member, _ solution: Solution, _ candidate: Candidate = Candidate(),
    _ precision: Precision = .all
  ) -> Bool {
    var candidate = candidate
    candidate.options[.userTimeout] = 1_200_000
    candidate.connectUserTimeout = 1_200_000
    if demand.scenario == .connect { candidate.options[.synCount] = 127 }
    let demand = demand.after(outageOf: .seconds(600))
    return holds(demand, of: member, solution, candidate, precision)
  }

  private func refuseMaximum(
    _ member: Member, _ demands: [Demand], solution: inout Solution
  ) {
    let older = hosts.filter { !$0.rules.has(.rtoMaximumSetting) }.map(\.rules.release)
    let because =
      older.isEmpty
      ? "which the profile does not let a plan change"
      : "a setting that Linux has since 6.15: not in \(KernelVersion.list(older))"
    solution.refuse(
      member.name, demands.map(\.named), because: "only a lower RTO maximum does it, \(because)")
  }
}
