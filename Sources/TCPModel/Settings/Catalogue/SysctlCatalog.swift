/// Every sysctl the tool knows: unit, compiled default, range, scope and first release.
///
/// Source: net/ipv4/sysctl_net_ipv4.c, `tcp_sk_init` in net/ipv4/tcp_ipv4.c and
/// net/core/neighbour.c, Linux 6.18; ranges checked by writing to that kernel and to 7.3. Defaults
/// and scopes as eleven kernels from 5.10 to 7.3 show them, in the fixtures of the tests.
package enum SysctlCatalog {
  package static let all: [Sysctl] = tcp + ports + icmp + core + neighbour + conntrack + mptcp

  package static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  package static subscript(key: SysctlKey) -> Sysctl? { byKey[key] }

  /// Returns the sysctl of a whole key, dotted or with `/`, or those whose last part is the name.
  package static func sysctls(named name: String) -> [Sysctl] {
    let key = SysctlKey(parsing: name)
    if let sysctl = byKey[key] { return [sysctl] }
    return all.filter { $0.key.shortName == key.rawValue }
  }

  /// Returns what a device has of its own where the neighbour tables say what all get, such as
  /// `net.ipv4.neigh.eth0.mcast_solicit`; nil for every other key.
  package static func ofDevice(_ key: SysctlKey) -> Sysctl? {
    key.sharedByDevices.flatMap { byKey[$0] }.flatMap { $0.isPerNamespace ? $0.renamed(key) : nil }
  }

  /// Returns the sysctl of a key, or what a device has of its own.
  package static func definition(of key: SysctlKey) -> Sysctl? { byKey[key] ?? ofDevice(key) }

  private static let order = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.key, $0) })

  /// Returns the order in which keys are shown: what belongs together stands together.
  package static func areInOrder(_ left: SysctlKey, _ right: SysctlKey) -> Bool {
    (order[left] ?? .max, left) < (order[right] ?? .max, right)
  }
}
