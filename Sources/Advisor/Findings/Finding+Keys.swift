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
