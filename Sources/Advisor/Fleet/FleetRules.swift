package import TCPModel

/// Which profiles the hosts of a fleet are held against, and which groups they are in.
package struct FleetRules: Sendable {
  /// Hosts that it fits, and what they are to meet; what it leaves out fits every host.
  package struct Rule: Sendable {
    package var hosts: [Glob]
    package var groups: Set<String>
    package var kernels: ClosedRange<KernelVersion>?
    /// The place of its profiles.
    package var profiles: Int

    package init(
      hosts: [Glob] = [], groups: Set<String> = [], kernels: ClosedRange<KernelVersion>? = nil,
      profiles: Int
    ) {
      (self.hosts, self.groups, self.kernels) = (hosts, groups, kernels)
      self.profiles = profiles
    }
  }

  /// Each set of profiles that some host may be held against; the first is for those that no rule
  /// fits.
  package let profiles: [[Profile]]
  package let rules: [Rule]
  package let groups: HostGroups

  package init(_ profiles: [[Profile]], rules: [Rule] = [], groups: HostGroups = HostGroups([:])) {
    (self.profiles, self.rules, self.groups) = (profiles, rules, groups)
  }

  /// Returns the first rule that fits a host; nil if none does.
  func rule(for name: String, _ kernel: KernelVersion?, in groups: [String]) -> Rule? {
    rules.first { rule in
      (rule.hosts.isEmpty || rule.hosts.contains { $0.matches(name) })
        && (rule.groups.isEmpty || groups.contains(where: rule.groups.contains))
        && (rule.kernels.map { range in kernel.map(range.contains) ?? false } ?? true)
    }
  }
}

/// Groups of hosts by name, as an inventory has them.
package struct HostGroups: Sendable {
  private var named: [String: [String]] = [:]
  private var patterns: [(glob: Glob, group: String)] = []
  package let names: [String]

  /// - Parameter groups: the hosts of each, by their names or by globs.
  package init(_ groups: [String: [String]]) {
    names = groups.keys.sorted()
    for group in names {
      for host in groups[group] ?? [] {
        if host.utf8.contains(where: { "*?[\\".utf8.contains($0) }) {
          patterns.append((Glob(host), group))
        } else {
          named[host, default: []].append(group)
        }
      }
    }
  }

  package var isEmpty: Bool { names.isEmpty }

  /// Returns the groups of a host, each once.
  func groups(of host: String) -> [String] {
    let own = named[host] ?? []
    if patterns.isEmpty { return own }
    return (own + patterns.filter { $0.glob.matches(host) }.map(\.group)).distinct
  }
}
