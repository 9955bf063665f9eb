import TCPModel

extension [Finding] {
  /// Returns the findings with what a plan does about those that are missed; nothing for what is missed
  /// with the plan as well, such as one of two requirements that contradict each other.
  ///
  /// - Parameter planned: what is found with the plan in place.
  package func remedied(by plan: Plan, leaving planned: [Finding]) -> [Finding] {
    let remedies = Remedies(plan)
    let unmet = Set(planned.filter(\.isMissed).map(\.id))
    return map { finding in
      guard finding.isMissed, !unmet.contains(finding.id) || finding.isAboutProfile,
        let remedy = remedies.remedy(for: finding)
      else { return finding }
      var finding = finding
      finding.remedies = [remedy]
      return finding
    }
  }
}

extension Finding {
  /// Whether the profile is to be changed, which no plan does.
  fileprivate var isAboutProfile: Bool { if case .silentDrop = subject { true } else { false } }
}

/// What the changes of a plan do for each group.
private struct Remedies {
  private struct Concern: Hashable {
    let group: String
    let scenario: Scenario?
  }

  private let sysctls: [SysctlKey: SysctlValue]
  /// The user timeout that the plan has for each group.
  private var userTimeouts: [String: Int] = [:]
  private var parts: [Concern: [Remedy.Part]] = [:]

  init(_ plan: Plan) {
    sysctls = Dictionary(plan.sysctls.map { ($0.key, $0.to) }) { $1 }
    for change in plan.socketOptions where change.option == .userTimeout {
      if userTimeouts[change.group] == nil { userTimeouts[change.group] = change.value }
    }
    add(plan.sysctls, \.effects) { .sysctl($0.key, $0.to) }
    add(plan.deadlines, \.effects) { .deadline($0.time) }
    add(plan.socketOptions, \.effects) { .option($0.option, $0.value) }
  }

  /// Takes in the changes that are made in one place.
  private mutating func add<Row>(
    _ rows: [Row], _ effects: KeyPath<Row, [Plan.Effect]>, _ change: (Row) -> Remedy.Change
  ) {
    var helping: [Concern: (changes: Distinct<Remedy.Change>, timeToEnd: TimeToEnd)] = [:]
    for row in rows {
      for effect in row[keyPath: effects] {
        let concern = Concern(group: effect.group, scenario: effect.objective.scenario)
        helping[concern, default: (Distinct(), effect.after)].changes.insert(change(row))
      }
    }
    for (concern, part) in helping {
      parts[concern, default: []].append(
        Remedy.Part(part.changes.elements, timeToEnd: part.timeToEnd))
    }
  }

  /// Returns the changes that decide the scenario of a finding; nil if there are none.
  func remedy(for finding: Finding) -> Remedy? {
    switch finding.subject {
    case .sysctl(let requirement):
      return sysctls[requirement.key].map { Remedy(.sysctl(requirement.key, $0)) }
    case .silentDrop:
      // Keepalive bounds no write: only a user timeout does, or an objective that asks for one.
      let timeout = userTimeouts[finding.group].map { Remedy.Change.option(.userTimeout, $0) }
      return Remedy(timeout ?? .objective(.send, .within))
    case .rule, .drift, .unreadFile: return nil
    case .bound, .middlebox:
      return parts[Concern(group: finding.group, scenario: finding.scenario)].map { Remedy($0) }
    }
  }
}
