package import TCPModel

/// What is emitted for configuration management: a function of the profiles and kernels alone, so
/// that the text is the same on every host, before and after it is applied.
package struct PortablePlan: Sendable {
  package let profiles: [Profile]
  package let kernels: [KernelVersion]
  /// What is known of programs, which targets for these ask.
  package let programs: [KnownProgram]
  /// The files of profiles that are not built in, for targets whose hosts read them again.
  package let files: [ProfileFile]
  /// Every setting that decides an objective, also where it is the default; before is the compiled
  /// default of the kernels, after what holds on all of them, at every common tick.
  package private(set) var plan: Plan
  /// What the profiles require, with the whole plan in place on all kernels.
  package let findings: [Finding]
  /// Whose values from before the plan its sysctls are; nil for the plan itself.
  package private(set) var restoration: Restoration?
  /// What was simulated for it.
  let known: TimelineCache.Known
  private let solution: Solution

  /// - Throws: `Unknown` when a kernel is older than what is modelled.
  package init(
    for profiles: [Profile], kernels: [KernelVersion], programs: [KnownProgram] = [],
    files: [ProfileFile] = []
  ) throws(Unknown) {
    try self.init(
      for: profiles, kernels: kernels, programs: programs, files: files, asking: TimelineCache())
  }

  init(
    for profiles: [Profile], kernels: [KernelVersion], programs: [KnownProgram],
    files: [ProfileFile] = [], asking cache: TimelineCache
  ) throws(Unknown) {
    (self.profiles, self.kernels, self.programs) = (profiles, kernels, programs)
    self.files = files
    var baselines: [Host] = []
    for kernel in kernels { baselines.append(try Host(defaultsOf: kernel)) }
    let groups = EqualGroups(of: profiles)
    let solution = Solver(for: groups.profiles, on: baselines, asking: cache).solve()
    let today = groups.profiles.findings(onEachOf: baselines, asking: cache)
    let draft = PlanDraft(
      solution, for: groups.profiles, on: baselines, .everything, today: today, asking: cache)
    (plan, findings) = (groups.expanded(draft.plan), groups.expanded(draft.findings))
    known = cache.known
    self.solution = draft.solution
  }

  /// What a host had before a plan.
  package struct Restoration: Sendable {
    /// Where that was read.
    package let source: String
    /// Keys that cannot be taken back, with what was read; nil where the source does not say.
    package let unknown: [(key: SysctlKey, reading: SysctlReading?)]
  }

  /// Returns the plan that sets all keys of this one to what a host had.
  /// - Parameter isPlain: whether a value can stand in a file as it is.
  package func restoring(_ snapshot: SettingsSnapshot, _ isPlain: (String) -> Bool) -> PortablePlan
  {
    var unknown: [(SysctlKey, SysctlReading?)] = []
    var restored = self
    restored.plan = Plan()
    restored.plan.sysctls = plan.sysctls.compactMap { change in
      let reading = snapshot.assumed.contains(change.key) ? nil : snapshot[change.key]
      guard let value = reading?.value, isPlain(value.printed) else {
        unknown.append((change.key, reading))
        return nil
      }
      return Plan.SysctlChange(
        key: change.key, from: .value(change.to), to: value, effects: [], requirement: nil,
        middlebox: nil)
    }
    restored.restoration = Restoration(source: snapshot.source, unknown: unknown)
    return restored
  }

  /// The plan where only some of its sysctls arrive, or with other values; all else is as planned.
  private init(_ whole: PortablePlan, arriving sysctls: [SysctlKey: SysctlValue]) {
    (profiles, kernels, programs) = (whole.profiles, whole.kernels, whole.programs)
    files = whole.files
    solution = whole.solution
    known = whole.known
    let groups = EqualGroups(of: profiles)
    let draft = PlanDraft(
      solution, for: groups.profiles, on: kernels.compactMap { try? Host(defaultsOf: $0) },
      arriving: sysctls, asking: TimelineCache(knowing: whole.known))
    (plan, findings) = (groups.expanded(draft.plan), groups.expanded(draft.findings))
  }

  /// Returns the plan where these are all of its sysctls that arrive; what is said of times is what
  /// comes about then.
  package func arriving(with sysctls: [SysctlKey: SysctlValue]) -> PortablePlan {
    sysctls == self.sysctls ? self : PortablePlan(self, arriving: sysctls)
  }

  /// Whether something is requested that the plan cannot meet, or that was not searched. What a
  /// silent device would need is a matter of the profile, not of a plan.
  package var leavesSomethingMissed: Bool {
    !plan.unsearched.isEmpty
      || findings.contains { finding in
        if case .silentDrop = finding.subject { return false }
        return finding.isMissed
      }
  }

  /// The profiles' names as files are named after them, joined by `+`.
  package var name: String { profiles.joinedName }
  package var fileName: String { Self.fileName(for: name) }

  /// Returns the name of the drop-in for profiles of that name.
  package static func fileName(for name: String) -> String { "60-tcpadvisor-\(name).conf" }
}

extension [Profile] {
  /// The name of all of them, joined by `+`.
  package var joinedName: String { map(\.name).joined(separator: "+") }
}

extension PortablePlan {
  /// An option of a group's sockets, and when to set it.
  package struct SetOption: Hashable, Sendable {
    package var option: SocketOption
    package var value: Int
    package var when: Plan.Moment
    /// Whether the program sets it already today.
    package var isToday: Bool
  }

  /// Everything that the program of a group has to set: what it sets today, and what is planned.
  package func options(of group: ConnectionGroup) -> [SetOption] {
    let planned = plan.socketOptions.filter { $0.group == group.name }
    let today = group.sets.sorted.filter { entry in !planned.contains { $0.option == entry.option }
    }
    return today.map { option, value in
      let moment: Plan.Moment = group.direction == .inbound ? .listen : .beforeConnect
      return SetOption(option: option, value: value, when: moment, isToday: true)
    } + planned.map { SetOption(option: $0.option, value: $0.value, when: $0.when, isToday: false) }
  }
}
