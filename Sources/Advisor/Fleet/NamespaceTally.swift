/// In which states the network namespaces of hosts are, beside the hosts' own.
struct NamespaceTally {
  /// Hosts whose namespaces are in the same states.
  struct Kind {
    var hosts = HostTally()
    /// How many namespaces are in each state, over all of these hosts.
    var counts: [Int: Int] = [:]
  }

  private(set) var kinds: [[Int]: Kind] = [:]

  /// Takes in those of a host.
  ///
  /// - Parameter counts: how many are in each state.
  mutating func add(_ counts: [Int: Int], of host: String, _ kernel: String) {
    if counts.isEmpty { return }
    let states = counts.keys.sorted()
    kinds[states, default: Kind()].hosts.add(host, kernel)
    kinds[states]?.counts.merge(counts, uniquingKeysWith: +)
  }
}
