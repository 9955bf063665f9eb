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
  let applications: [Application]
  var solution: Solution
  let profiles: [Profile]
  let hosts: [Host]
  let extent: Extent
  let cache: TimelineCache
  /// The index of each application by the name of its connections.
  let indices: [String: Int]
  /// The scenarios of each group that are missed today, and those that changes for these reach.
  private var active: Set<ApplicationScenario> = []
  /// The sysctls of the solution that these hosts need, once the plan is made.
  private(set) var sysctls: [SysctlKey: SysctlValue] = [:]
  /// The hosts with these.
  private(set) var plannedHosts: [Host] = []

  /// - Parameter today: the findings on the hosts as they are.
  init(
    _ solution: Solution, for profiles: [Profile], on hosts: [Host], _ extent: Extent,
    today: [Finding], asking cache: TimelineCache
  ) {
    self.cache = cache
    (self.solution, self.profiles, self.hosts, self.extent) = (solution, profiles, hosts, extent)
    applications = Application.all(of: profiles)
    indices = Dictionary(applications.map { ($0.name, $0.index) }) { $1 }
    activate(for: today)
    replay()
    withdraw(against: today)
    plan = makePlan()
  }

  /// The solution as emitted text has it, of which hosts get other sysctls than it says.
  init(
    _ solution: Solution, for profiles: [Profile], on hosts: [Host],
    arriving sysctls: [SysctlKey: SysctlValue], asking cache: TimelineCache
  ) {
    self.cache = cache
    (self.solution, self.profiles, self.hosts, extent) = (solution, profiles, hosts, .everything)
    applications = Application.all(of: profiles)
    indices = Dictionary(applications.map { ($0.name, $0.index) }) { $1 }
    self.sysctls = sysctls
    simulate()
    plan = makePlan()
  }

  /// Simulates everything with the whole plan in place.
  private mutating func replay() {
    sysctls = neededSysctls
    simulate()
  }

  private mutating func simulate() {
    plannedHosts = hosts.map { $0.applying(sysctls) }
    findings = plannedHosts.flatMap { host in
      profiles.flatMap { $0.findings(on: host, cache) { state($0, on: host) } }
    }
  }

  /// Takes in contradictions of groups that it has none for.
  mutating func explain(with contradictions: [Plan.Contradiction]) {
    let known = Set(plan.contradictions.map(\.groups))
    plan.contradictions += standing(contradictions.filter { !known.contains($0.groups) })
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
      replay()
      missed = aims(of: findings)
    }
  }

  /// What was met and is missed now rejects what the program of that group was to change, and where
  /// that is not the cause, what the host was to change for the scenario.
  private mutating func withdraw(against today: [Finding]) {
    let missedBefore = Dictionary(grouping: today.filter(\.isMissed), by: \.group)
    let missedToday = Set(missedBefore.values.joined().map(\.id))
    func worsened() -> [Finding] {
      findings.filter { $0.isMissed && !missedToday.contains($0.id) }
    }
    guard !worsened().isEmpty else { return }
    for finding in worsened() {
      guard let application = indices[finding.group],
        solution.programs.removeValue(forKey: application) != nil
      else { continue }
      refuse(finding, missedBefore)
    }
    replay()
    for finding in worsened() {
      guard let scenario = finding.scenario else { continue }
      refuse(finding, missedBefore)
      for key in scenario.sysctls {
        solution.sysctls[key] = nil
        guard let decided = solution.decides.removeValue(forKey: key) else { continue }
        // Those who would have been served go without.
        for application in Set(decided.map(\.application)).sorted() {
          refuse(finding, missedBefore, for: applications[application].name)
        }
      }
    }
    replay()
  }

  /// A search that was cut off has not shown that nothing meets it.
  /// - Parameter group: who goes without because of it; nil stands for the finding's own.
  private mutating func refuse(
    _ finding: Finding, _ missedBefore: [String: [Finding]], for group: String? = nil
  ) {
    if solution.isCutOff { return }
    let name = group ?? finding.group
    let missed = missedBefore[name] ?? []
    let named = profiles.sysctlRequirements(on: finding.scenario?.sysctls ?? [])
    let parties = (missed + [finding]).map {
      Plan.ConflictParty(text: $0.id, location: $0.location)
    }
    solution.refuse(
      [name], parties.distinct + named.map(\.named),
      because: "\(finding.id) holds today, and what is asked besides would break it")
  }

  private func aims(of findings: [Finding]) -> Set<ApplicationScenario> {
    Set(
      findings.filter(\.isMissed).compactMap { finding in
        guard let index = indices[finding.group], let scenario = finding.scenario else {
          return nil
        }
        return ApplicationScenario(application: index, scenario: scenario)
      })
  }

  private var neededSysctls: [SysctlKey: SysctlValue] {
    var sysctls: [SysctlKey: SysctlValue] = [:]
    for (key, value) in solution.sysctls where hosts.contains(where: { has(key, $0) }) {
      let isNeeded = solution.decides[key]?.contains { isActive($0.application, [$0.scenario]) }
      if isNeeded == true {
        sysctls[key] = value
      } else if let required = required(key, value) {
        sysctls[key] = required
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

  /// Returns what a profile asks of a key itself, as near as can be to what the host has; nil if
  /// that is as asked.
  private func required(_ key: SysctlKey, _ value: SysctlValue) -> SysctlValue? {
    let requirements = profiles.sysctlRequirements(on: [key])
    guard !requirements.isEmpty else { return nil }
    if extent == .everything { return value }
    guard let today = hosts.first?.snapshot[key].value,
      !requirements.allSatisfy({ $0.isMet(by: today) })
    else { return nil }
    return requirements.reduce(today) { $1.value(from: $0) ?? $0 }
  }

  /// Returns what the program of a member is to set, as far as it is needed.
  func program(of application: Application) -> Solution.Program {
    guard var program = solution.programs[application.index] else { return Solution.Program() }
    program.options = program.options.filter { option, _ in
      isActive(application.index, program.scenarios[option] ?? [])
    }
    program.deadlines = program.deadlines.filter {
      isActive(application.index, Set($0.key.withSameDeadline))
    }
    if !isActive(application.index, [.connect]) { program.connectUserTimeout = nil }
    return program
  }

  private func isActive(_ application: Int, _ scenarios: Set<Scenario>) -> Bool {
    extent == .everything
      || scenarios.contains {
        active.contains(ApplicationScenario(application: application, scenario: $0))
      }
  }

  /// Returns a group with the program part of the plan in place, on a host that has its part.
  func state(_ group: ConnectionGroup, on host: Host) -> GroupState {
    var state = GroupState(group, on: host)
    guard let index = indices[group.name] else { return state }
    state.follow(program(of: applications[index]))
    return state
  }
}
