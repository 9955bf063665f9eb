extension SysctlCatalog {
  /// Keys that kernels have and that look like others which are listed.
  private static let lookAlikes = [
    "net.nf_conntrack_max", "net.ipv4.tcp_tw_timeout", "net.netfilter.nf_conntrack_buckets",
    "net.netfilter.nf_conntrack_sctp_timeout_*",
    "net.netfilter.nf_conntrack_dccp_timeout_*", "net.ipv?.neigh.*.retrans_time",
    "net.ipv?.neigh.*.base_reachable_time",
  ].map { Glob($0) }

  /// As many letters differ in `tcp_keepalive_interval`, which is often written for `…_intvl`.
  private static let letters = 3

  /// Returns the key that somebody meant who wrote another one, which no kernel has, of nearly the
  /// same name or in another directory; nil if nothing is near, and for keys that are known.
  package static func meant(by key: SysctlKey) -> SysctlKey? {
    guard key.rawValue.hasPrefix("net.") else { return nil }
    let namesakes = byName[key.shortName] ?? []
    let siblings = namesByDirectory[key.directory] ?? []
    // First what is quick: a capture may hold any number of keys that look like none.
    guard namesakes.count == 1 || !siblings.isEmpty, !isKnown(key) else { return nil }
    if namesakes.count == 1 { return namesakes[0] }
    return NearestName.of(String(key.shortName), among: siblings, limit: letters).map(key.sibling)
  }

  private static func isKnown(_ key: SysctlKey) -> Bool {
    byKey[key] != nil || OtherSysctl[key] != nil || key.sharedByDevices != nil
      || RetiredSysctl(key) != nil || lookAlikes.contains { $0.matches(key.rawValue) }
  }

  private static let byName = Dictionary(grouping: all.map(\.key), by: \.shortName)
  private static let namesByDirectory = Dictionary(
    grouping: all.map(\.key) + OtherSysctl.byKey.keys.sorted(), by: \.directory
  )
  .mapValues { keys in keys.map { String($0.shortName) } }
}

extension SysctlKey {
  /// What comes before the last part, with its dot.
  fileprivate var directory: Substring {
    Substring(rawValue.utf8.dropLast(shortName.utf8.count))
  }
}
