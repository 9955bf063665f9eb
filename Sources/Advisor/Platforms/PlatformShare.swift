package import TCPModel

/// What a platform gets of a plan, and what comes of it.
package struct PlatformShare: Sendable {
  /// Why a sysctl of the plan does not arrive as it is planned.
  package enum Objection: Hashable, Sendable {
    /// One for the whole machine, on the releases named.
    case oneForAll(on: [KernelVersion])
    /// The platform has no field for it.
    case noField
    /// The platform's field cannot hold it.
    case unfit
    /// The platform's range does not hold it; it gets the nearest that does what is asked, or the
    /// nearest.
    case cut(to: SysctlValue)
    /// The platform would hold it, and gets what goes with others that were cut.
    case adjusted(to: SysctlValue)
    /// Somebody would have to permit what a new network namespace has by itself.
    case needless
  }

  package struct Objected: Sendable {
    package let change: Plan.SysctlChange
    package let objection: Objection
    /// What is asked of it and of what it decides, as it stands then.
    package let findings: [Finding]
  }

  package let platform: Platform
  /// All that was planned.
  package let whole: PortablePlan
  /// What arrives; its times are what comes about then.
  package let plan: PortablePlan
  /// In the order of the plan.
  package let objected: [Objected]
  /// What is missed of what the whole plan meets.
  package let missed: [Finding]

  /// Where values are cut, so that something is missed, others are sought within what the platform
  /// takes, for the same programs.
  package init(of plan: PortablePlan, on platform: Platform) {
    let cut = PlatformShare(of: plan, on: platform, planned: plan)
    let other = cut.missed.isEmpty ? nil : cut.plannedAnew
    let anew = other.map { PlatformShare(of: plan, on: platform, planned: $0) }
    self = [anew].compactMap(\.self).first { $0.missed.count < cut.missed.count } ?? cut
  }

  /// - Parameter planned: what is handed to the platform of all that `plan` asks for.
  private init(of plan: PortablePlan, on platform: Platform, planned: PortablePlan) {
    (self.platform, whole) = (platform, plan)
    let arriving = planned.sysctls(arrivingOn: platform)
    self.plan = planned.arriving(with: arriving)
    let asked = Set(plan.findings.map(\.id))
    let findings = self.plan.findings.filter { asked.contains($0.id) }
    objected = plan.plan.sysctls.compactMap { change in
      change.objection(platform, arriving[change.key], on: plan.kernels).map {
        Objected(
          change: change, objection: $0, findings: findings.filter(change.decides).worstOfEach)
      }
    }
    missed = plan.missed(beside: findings, without: objected.map(\.change))
  }

  /// The plan that keeps within the ranges of the platform; nil where it would ask other things of
  /// programs.
  private var plannedAnew: PortablePlan? {
    var profiles = whole.profiles
    guard !profiles.isEmpty else { return nil }
    for case (let key, let range?) in objected.map({ ($0.change.key, platform.range(of: $0)) }) {
      for bound in [
        SysctlRequirement.Bound.atLeast([range.lowerBound]), .atMost([range.upperBound]),
      ] {
        profiles[0].sysctls.append(
          SysctlRequirement(
            key, bound, why: "\(platform.name) takes \(range.lowerBound) to \(range.upperBound)",
            source: nil, location: FileLocation(file: profiles[0].file, line: 1, column: 1)))
      }
    }
    guard
      let plan = try? PortablePlan(
        for: profiles, kernels: whole.kernels, programs: whole.programs,
        asking: TimelineCache(knowing: whole.known)),
      plan.plan.socketOptions == whole.plan.socketOptions,
      plan.plan.deadlines == whole.plan.deadlines,
      Set(plan.sysctls.keys).isSuperset(of: whole.sysctls.keys)
    else { return nil }
    return plan
  }
}

extension PortablePlan {
  /// Returns what a platform sets of the sysctls.
  fileprivate func sysctls(arrivingOn platform: Platform) -> [SysctlKey: SysctlValue] {
    var sysctls: [SysctlKey: SysctlValue] = [:]
    for change in plan.sysctls {
      switch platform.objection(to: change, on: kernels) {
      case nil: sysctls[change.key] = change.to
      case .cut(let value), .adjusted(let value): sysctls[change.key] = value
      case .oneForAll, .noField, .unfit, .needless: break
      }
    }
    return sysctls
  }
}

extension Plan.SysctlChange {
  /// Returns what is to be said of what arrived in its place; nil if it has arrived.
  fileprivate func objection(
    _ platform: Platform, _ arrived: SysctlValue?, on kernels: [KernelVersion]
  ) -> PlatformShare.Objection? {
    let objection = platform.objection(to: self, on: kernels)
    guard let arrived, arrived != to else { return objection }
    return objection == nil ? .adjusted(to: arrived) : .cut(to: arrived)
  }
}

extension Platform {
  /// The range that a number was cut to; nil for what was not, or is none.
  fileprivate func range(of objected: PlatformShare.Objected) -> ClosedRange<Int>? {
    guard case .cut = objected.objection,
      case .number(let range)? = field(objected.change.key)?.kind
    else { return nil }
    return range
  }

  /// Returns what keeps a change from arriving as it is; nil if nothing does.
  fileprivate func objection(to change: Plan.SysctlChange, on kernels: [KernelVersion])
    -> PlatformShare.Objection?
  {
    if place == .namespace {
      let shared = kernels.filter { !change.key.isPerNamespace(in: $0) }
      if !shared.isEmpty { return .oneForAll(on: shared) }
      if !change.isChange, needsPermission(change.key) { return .needless }
    }
    guard fields != nil else { return nil }
    guard let field = field(change.key) else { return .noField }
    switch field.fit(change.to) {
    case .taken: return nil
    case .cut(let value): return .cut(to: value)
    case .refused: return .unfit
    }
  }
}

extension Plan.SysctlChange {
  /// Whether a finding is about what it is there for.
  fileprivate func decides(_ finding: Finding) -> Bool {
    if case .sysctl(let requirement) = finding.subject { return requirement.key == key }
    return effects.contains {
      $0.group == finding.group && $0.objective.scenario == finding.scenario
    }
  }
}

extension PortablePlan {
  /// Returns what is missed of what the whole plan meets, each once; also a demand on a sysctl of
  /// which nobody knows what it is by itself.
  fileprivate func missed(beside findings: [Finding], without changes: [Plan.SysctlChange])
    -> [Finding]
  {
    let keys = Set(changes.map(\.key))
    let unknown = findings.filter { finding in
      guard case .sysctl(let requirement) = finding.subject else { return false }
      return finding.isUnknown && keys.contains(requirement.key)
    }
    return missedBeside(findings) + unknown.worstOfEach
  }
}

extension SysctlKey {
  /// Whether a network namespace, or that of IPC, has one of its own; what is not known is taken to
  /// be what its beginning says.
  package func isPerNamespace(in release: KernelVersion) -> Bool {
    if let sysctl = SysctlCatalog.definition(of: self) { return sysctl.scope(in: release) != .host }
    return ["net.", "kernel.shm", "kernel.msg", "fs.mqueue."].contains { rawValue.hasPrefix($0) }
      || rawValue == "kernel.sem"
  }
}
