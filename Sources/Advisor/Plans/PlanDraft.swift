import TCPModel

/// A solution held against hosts: what they need of it, with the effect of each change.
struct PlanDraft {
  /// How much of the solution goes into the plan.
  enum Extent {
    /// Every setting that decides an objective, as emitted text has it.
    case everything
    /// Only what meets objectives that are missed today, as a single host needs it.
    case whatIsMissed
  }

  private(set) var plan = Plan()
  private(set) var findings: [Finding] = []
  let members: [Member]
  var solution: Solution
  let profiles: [Profile]
  let hosts: [Host]
  let extent: Extent
  let oracle: Oracle
  /// The scenarios of each group that are missed today, and those that changes for these reach.
  private var active: Set<Aim> = []

  /// One scenario of one member.
  private struct Aim: Hashable {
    let member: Int
    let scenario: Scenario
  }

  init(
    _ solution: Solution, for profiles: [Profile], on hosts: [Host], _ extent: Extent,
    asking oracle: Oracle
  ) {
    self.oracle = oracle
    (self.solution, self.profiles, self.hosts, self.extent) = (solution, profiles, hosts, extent)
    members = Member.all(of: profiles)
    let today = findingsToday
    activate(for: today)
    findings = plannedFindings
    withdraw(against: today)
    plan = makePlan()
  }

  private var findingsToday: [Finding] {
    hosts.flatMap { host in
      profiles.flatMap { $0.findings(on: host, oracle) { Situation($0, on: host) } }
    }
  }

  private var plannedFindings: [Finding] {
    hosts.flatMap { host in
      profiles.flatMap {
        $0.findings(on: host.applying(sysctls), oracle) { situation($0, on: host) }
      }
    }
  }

  /// Takes in contradictions of groups that it has none for.
  mutating func explain(with contradictions: [Plan.Contradiction]) {
    let known = Set(plan.contradictions.map(\.connections))
    plan.contradictions += contradictions.filter { !known.contains($0.connections) }
  }

  /// How many objectives do not hold with the plan.
  var missed: Int { findings.count(where: \.isMissed) }

  /// A change can make what held miss, as a user timeout does to keepalive: then what the solution
  /// has for that is needed too.
  private mutating func activate(for today: [Finding]) {
    guard extent == .whatIsMissed else { return }
    var missed = aims(of: today)
    while !missed.isSubset(of: active) {
      active.formUnion(missed)
      missed = aims(of: plannedFindings)
    }
  }

  /// What was met and is missed now rejects what the program of that group was to change, and where
  /// that is not the cause, what the host was to change for the scenario.
  private mutating func withdraw(against today: [Finding]) {
    let missedToday = Set(today.filter(\.isMissed).map(\.id))
    func worsened() -> [Finding] {
      findings.filter { $0.isMissed && !missedToday.contains($0.id) }
    }
    guard !worsened().isEmpty else { return }
    for finding in worsened() {
      guard let member = members.first(where: { $0.name == finding.connections }),
        solution.programs.removeValue(forKey: member.index) != nil
      else { continue }
      refuse(finding)
    }
    findings = plannedFindings
    for finding in worsened() {
      guard let scenario = finding.scenario else { continue }
      refuse(finding)
      for key in scenario.sysctls {
        solution.sysctls[key] = nil
        guard let decided = solution.decides.removeValue(forKey: key) else { continue }
        // Those who would have been served go without.
        for member in Set(decided.map(\.member)).sorted() {
          refuse(finding, for: members[member].name)
        }
      }
    }
    findings = plannedFindings
  }

  /// - Parameter connections: who goes without because of it; nil stands for the finding's own.
  private mutating func refuse(_ finding: Finding, for connections: String? = nil) {
    let named = profiles.sysctlDemands(on: finding.scenario?.sysctls ?? [])
    solution.refuse(
      connections ?? finding.connections,
      [Plan.Demand(text: finding.id, place: finding.place)] + named.map(\.named),
      because: "\(finding.id) holds today, and what is asked besides would break it")
  }

  private func aims(of findings: [Finding]) -> Set<Aim> {
    Set(
      findings.filter(\.isMissed).flatMap { finding in
        members.filter { $0.name == finding.connections }.compactMap { member in
          finding.scenario.map { Aim(member: member.index, scenario: $0) }
        }
      })
  }

  /// The sysctls of the solution that this host needs.
  var sysctls: [SysctlKey: String] {
    var sysctls: [SysctlKey: String] = [:]
    for (key, value) in solution.sysctls where hosts.contains(where: { has(key, $0) }) {
      let isNeeded = solution.decides[key]?.contains { isActive($0.member, [$0.scenario]) }
      if isNeeded == true {
        sysctls[key] = value
      } else if let demanded = demanded(key, value) {
        sysctls[key] = demanded
      }
    }
    return sysctls
  }

  /// Emitted text also names keys whose default the kernel computes from the machine.
  private func has(_ key: SysctlKey, _ host: Host) -> Bool {
    if host.snapshot[key] != .absent { return true }
    return extent == .everything
      && SysctlCatalog[key].map { $0.defaultValue == nil && $0.exists(in: host.rules.release) }
        ?? true
  }

  /// What a profile asks of a key itself, as near as can be to what the host has; nil where that is
  /// as asked.
  private func demanded(_ key: SysctlKey, _ value: String) -> String? {
    let demands = profiles.sysctlDemands(on: [key])
    guard !demands.isEmpty else { return nil }
    if extent == .everything { return value }
    guard let today = hosts.first?.snapshot[key].printed,
      !demands.allSatisfy({ $0.isMet(by: today) })
    else { return nil }
    return demands.reduce(today) { $1.value(from: $0) ?? $0 }
  }

  /// What the program of a member is to set, as far as it is needed.
  func program(of member: Member) -> Solution.Program {
    guard var program = solution.programs[member.index] else { return Solution.Program() }
    program.options = program.options.filter { option, _ in
      isActive(member.index, program.scenarios[option] ?? [])
    }
    program.deadlines = program.deadlines.filter { isActive(member.index, [$0.key]) }
    if !isActive(member.index, [.connect]) { program.connectUserTimeout = nil }
    return program
  }

  private func isActive(_ member: Int, _ scenarios: Set<Scenario>) -> Bool {
    extent == .everything
      || scenarios.contains { active.contains(Aim(member: member, scenario: $0)) }
  }

  /// A group on a host with the whole plan in place.
  func situation(_ group: ConnectionGroup, on host: Host) -> Situation {
    var situation = Situation(group, on: host.applying(sysctls))
    guard let member = members.first(where: { $0.name == group.name }) else { return situation }
    situation.follow(program(of: member))
    return situation
  }
}
