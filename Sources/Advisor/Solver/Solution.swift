import TCPModel

/// The settings that meet a set of profiles on given hosts, before anything is compared with what is
/// set today.
struct Solution {
  /// What a program is to set.
  struct Program: Hashable {
    var options: [SocketOption: Int] = [:]
    /// TCP_USER_TIMEOUT for the time of connecting, in milliseconds.
    var connectUserTimeout: Int?
    var deadlines: [Scenario: Duration] = [:]
    /// The scenarios that each option is there for.
    var scenarios: [SocketOption: Set<Scenario>] = [:]

    mutating func set(_ option: SocketOption, _ value: Int, for scenarios: Set<Scenario>) {
      options[option] = value
      self.scenarios[option, default: []].formUnion(scenarios)
    }
  }

  /// Every key that decides an objective through the sysctl lever, also where it is the default.
  var sysctls: [SysctlKey: SysctlValue] = [:]
  /// By the index of the member.
  var programs: [Int: Program] = [:]
  /// For each key the members and scenarios it is there for.
  var decides: [SysctlKey: [(application: Int, scenario: Scenario)]] = [:]
  var contradictions: [Plan.Contradiction] = []

  mutating func set(_ key: SysctlKey, _ value: Int, for application: Int, _ scenario: Scenario) {
    sysctls[key] = .number(value)
    if decides[key]?.contains(where: { $0 == (application, scenario) }) != true {
      decides[key, default: []].append((application, scenario))
    }
  }

  mutating func set(
    _ option: SocketOption, _ value: Int, for application: Int, _ scenarios: Set<Scenario>
  ) {
    programs[application, default: Program()].set(option, value, for: scenarios)
  }

  /// Returns whether a contradiction names the demand already.
  func refuses(_ requirement: Requirement) -> Bool {
    contradictions.contains { contradiction in
      contradiction.requirements.contains {
        $0.location == requirement.bound.location && $0.text == requirement.named.text
      }
    }
  }

  /// Returns those demands that are still to be solved: what only an RTO maximum would have met is
  /// given up.
  func open(_ requirements: [Requirement]) -> [Requirement] {
    requirements.filter { $0.kind != .recover || !refuses($0) }
  }

  /// Says of all contradictions but the first ones that the search was broken off.
  mutating func giveUp(after first: Int) {
    for index in contradictions.indices.dropFirst(first) {
      let contradiction = contradictions[index]
      contradictions[index] = Plan.Contradiction(
        group: contradiction.group, requirements: contradiction.requirements,
        because: "nothing was found within the budget of the search, because the groups and their"
          + " paths differ in too many ways; fewer groups in a profile or a narrower rtt help")
    }
  }

  mutating func refuse(_ group: String, _ requirements: [Plan.ConflictParty], because: String) {
    let contradiction = Plan.Contradiction(
      group: group, requirements: requirements, because: because)
    if !contradictions.contains(contradiction) { contradictions.append(contradiction) }
  }
}

extension GroupState {
  /// Takes in what the program is to set.
  mutating func follow(_ program: Solution.Program) {
    options = options.overridden(by: SocketOptions(program.options))
    connectUserTimeout = program.connectUserTimeout
    deadlines.merge(program.deadlines) { $1 }
  }
}
