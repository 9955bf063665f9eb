import TCPModel

/// The hosts of a search under the sysctls that are tried; those of the last try are kept, because
/// what is tried is asked of one group after the other.
final class ChangedHosts {
  private let hosts: [Host]
  private var sysctls: [SysctlKey: SysctlValue] = [:]
  private var changed: [Host]

  init(_ hosts: [Host]) { (self.hosts, changed) = (hosts, hosts) }

  /// Returns every host with settings, and others on top.
  func applying(_ settings: [SysctlKey: SysctlValue], _ others: [SysctlKey: Int]) -> [Host] {
    let sysctls = settings.merging(others.mapValues(SysctlValue.number)) { $1 }
    if sysctls != self.sysctls {
      (self.sysctls, changed) = (sysctls, hosts.map { $0.applying(sysctls) })
    }
    return changed
  }
}
