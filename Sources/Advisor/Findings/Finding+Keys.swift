package import TCPModel

extension Finding {
  /// The sysctls that would have to change; none unless it is missed.
  package var keysToChange: [SysctlKey] {
    guard isMissed else { return [] }
    if case .sysctl(let requirement) = subject { return [requirement.key] }
    let keys = remedies.flatMap(\.parts).flatMap(\.changes).compactMap { change in
      if case .sysctl(let key, _) = change { key } else { nil }
    }
    return Set(keys).sorted()
  }
}

extension [Finding] {
  /// The sysctls that decide what they are about.
  package var decidingKeys: [SysctlKey] {
    flatMap { finding -> [SysctlKey] in
      if case .sysctl(let requirement) = finding.subject { return [requirement.key] }
      return finding.scenario?.sysctls ?? []
    }
  }
}
