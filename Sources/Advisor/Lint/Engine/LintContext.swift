import SysctlFiles
import TCPModel

/// What rules know beside the assignment that they look at.
struct LintContext {
  /// The releases that the files are for; at least one.
  let kernels: [KernelVersion]
  let host: LintHost
  /// The releases of programs that their files are for, by the names of the formats.
  let releases: [String: ProgramRelease]
  let group: LintGroup
  /// The last assignment of each key, in the order of loading.
  let settings: [SysctlKey: LintAssignment]
  /// The keys to which templates give values.
  private let templated: Set<SysctlKey>
  /// What becomes of each assignment that has no effect, under the first loader that is asked.
  let shadowed: [LintClaimPlace: SysctlClaim]
  private let timelines: TimelineCache
  private let names: LintNames

  init(
    of group: LintGroup, for kernels: [KernelVersion], on host: LintHost,
    releases: [String: ProgramRelease], _ timelines: TimelineCache, _ names: LintNames
  ) {
    (self.kernels, self.host, self.group) = (kernels, host, group)
    self.releases = releases
    (self.timelines, self.names) = (timelines, names)
    var settings: [SysctlKey: LintAssignment] = [:]
    // As strcmp(3) has it: by bytes of the names.
    let files = group.files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for file in files {
      for assignment in file.assignments {
        if let key = assignment.key { settings[key] = assignment }
      }
    }
    self.settings = settings
    templated = files.reduce(into: []) { $0.formUnion($1.template.keys) }
    let claims = group.configuration?.load(by: .systemd).shadowed ?? []
    shadowed = Dictionary(
      claims.map { (LintClaimPlace(file: $0.entry.file, line: $0.entry.line), $0) }
    ) { first, _ in first }
  }

  /// The oldest and the newest release that the files are for.
  var oldest: KernelVersion { kernels.min() ?? KernelRules.newestChecked }
  var newest: KernelVersion { kernels.max() ?? KernelRules.newestChecked }

  /// Returns the number that the files set a key to; nil if they do not.
  func number(_ key: SysctlKey) -> Int? { settings[key]?.number }

  func sets(_ key: SysctlKey) -> Bool { settings[key] != nil || templated.contains(key) }

  /// Returns what became of a key that kernels have no more, or ignore.
  func retired(_ assignment: LintAssignment) -> RetiredSysctl? {
    guard assignment.sysctl == nil, let key = assignment.key else { return nil }
    return names.facts(of: key).retired
  }

  /// Returns the key that a misspelt one probably means.
  func meant(_ assignment: LintAssignment) -> SysctlKey? {
    guard assignment.sysctl == nil, let key = assignment.key else { return nil }
    return names.facts(of: key).meant
  }

  /// Returns whether kernels are known to have a key.
  func isKnown(_ key: SysctlKey) -> Bool {
    SysctlCatalog[key] != nil || OtherSysctl[key] != nil || names.facts(of: key).retired != nil
  }

  /// Returns when a scenario ends with a setting, all others as the newest release has them; nil if
  /// it does not, or nobody knows.
  func end(_ scenario: Scenario, with key: SysctlKey, _ value: Int) -> TimeRange? {
    end(scenario, with: [key: value])
  }

  func end(_ scenario: Scenario, with values: [SysctlKey: Int]) -> TimeRange? {
    guard let kernel = kernels.filter({ KernelRules.objection(to: $0) == nil }).max() else {
      return nil
    }
    let question = LintNames.Question(scenario: scenario, kernel: kernel, values: values)
    if let end = names.ends[question] { return end }
    let end = simulatedEnd(scenario, on: kernel, with: values)
    names.ends[question] = .some(end)
    return end
  }

  private func simulatedEnd(
    _ scenario: Scenario, on kernel: KernelVersion, with values: [SysctlKey: Int]
  ) -> TimeRange? {
    var snapshot = SettingsSnapshot.defaults(of: kernel, tickRate: host.tickRate)
    for (key, value) in values { snapshot[key] = .value(.number(value)) }
    guard let rules = try? KernelRules(of: snapshot) else { return nil }
    var options = SocketOptions()
    if scenario == .idle { options[.keepalive] = 1 }
    let timeline = timelines.timeline(
      of: Experiment(scenario, in: snapshot, options: options), under: rules)
    return timeline.range
  }
}

/// A line of a file, in a configuration.
struct LintClaimPlace: Hashable {
  let file: String
  let line: Int
}
