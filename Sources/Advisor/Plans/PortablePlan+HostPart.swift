import TCPModel

extension PortablePlan {
  /// What the profiles require where the plan's sysctls are in place on all kernels, and programs are
  /// as the profiles say that they are today.
  package var findingsOfHostPart: [Finding] {
    let groups = EqualGroups(of: profiles)
    let hosts = kernels.compactMap { try? Host(defaultsOf: $0) }.map { $0.applying(sysctls) }
    return groups.expanded(
      groups.profiles.findings(onEachOf: hosts, asking: TimelineCache(knowing: known)))
  }
}
