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
  var decides: [SysctlKey: Distinct<ApplicationScenario>] = [:]
  private(set) var contradictions = Distinct<Plan.Contradiction>()
  /// The demands that they name.
  private var refused: Set<Refused> = []
  /// Whether the search came to its end before it was through.
  var isCutOff = false
  /// The members whose idle connections no more is looked for: what the programs of the others are told may
  /// rely on numbers of keepalive that are still to be found.
  var idleSolved: Set<Int> = []

  mutating func set(_ key: SysctlKey, _ value: Int, for application: Int, _ scenario: Scenario) {
    sysctls[key] = .number(value)
    decides[key, default: Distinct()].insert(
      ApplicationScenario(application: application, scenario: scenario))
  }

  mutating func set(
    _ option: SocketOption, _ value: Int, for application: Int, _ scenarios: Set<Scenario>
  ) {
    programs[application, default: Program()].set(option, value, for: scenarios)
  }

  /// Returns whether a contradiction names the demand already.
  func refuses(_ requirement: Requirement) -> Bool {
    refused.contains(Refused(requirement.named))
  }

  /// Returns those demands that are still to be solved: what only an RTO maximum would have met is
  /// given up.
  func open(_ requirements: [Requirement]) -> [Requirement] {
    requirements.filter { $0.kind != .recover || !refuses($0) }
  }

  mutating func refuse(_ groups: [String], _ requirements: [Plan.ConflictParty], because: String) {
    contradictions.insert(
      Plan.Contradiction(groups: groups, requirements: requirements, because: because))
    refused.formUnion(requirements.map(Refused.init))
  }

  /// A demand by what it says and where.
  private struct Refused: Hashable {
    let text: String
    let location: FileLocation

    init(_ party: Plan.ConflictParty) { (text, location) = (party.text, party.location) }
  }
}

/// One scenario of one program.
struct ApplicationScenario: Hashable {
  let application: Int
  let scenario: Scenario
}

extension GroupState {
  /// Takes in what the program is to set.
  mutating func follow(_ program: Solution.Program) {
    options = options.overridden(by: SocketOptions(program.options))
    connectUserTimeout = program.connectUserTimeout
    deadlines.merge(program.deadlines) { $1 }
  }
}
