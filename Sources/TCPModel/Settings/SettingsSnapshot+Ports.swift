extension SettingsSnapshot {
  /// How many local ports connect() has to choose from for one destination: those of
  /// net.ipv4.ip_local_port_range without those that are reserved; nil if the range is not known.
  ///
  /// Corresponds to `__inet_hash_connect`, which goes through all of them, the odd ones last.
  package var localPorts: Int? {
    guard case .value(.numbers(let range)) = self[.ipLocalPortRange], range.count == 2,
      range[0] <= range[1]
    else { return nil }
    let ports = range[0]...range[1]
    return ports.count - reservedPorts.count { ports.contains($0) }
  }

  /// The ports of a list such as `8080,9148-9150`.
  private var reservedPorts: Set<Int> {
    guard case .value(.text(let list)) = self[.ipLocalReservedPorts] else { return [] }
    var ports: Set<Int> = []
    for part in list.split(separator: ",") {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, 0...65535 ~= first, last <= 65535,
        first <= last
      else { continue }
      ports.formUnion(first...last)
    }
    return ports
  }
}
