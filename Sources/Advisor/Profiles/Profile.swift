package import TCPModel

/// What an administrator asks of the connections of a host.
package struct Profile: Hashable, Sendable {
  package var name: String
  package var summary: String
  /// At least one.
  package var groups: [ConnectionGroup]
  package var sysctls: [SysctlRequirement]
  /// Patterns such as `net.ipv4.tcp_keepalive_*` of the sysctls a plan may name; nil is all.
  package var sysctlsAllowed: [String]?
  /// Whether a plan may go below RFC 1122's minima on a whole host.
  package var allowBelowRFC: Bool
  /// Rules of `lint` that do not count.
  package var lintIgnores: [LintIgnore] = []
  /// The file, as errors name it.
  package var file: String

  package init(
    name: String, summary: String, groups: [ConnectionGroup], sysctls: [SysctlRequirement] = [],
    sysctlsAllowed: [String]? = nil, allowBelowRFC: Bool = false, file: String
  ) {
    (self.name, self.summary, self.groups, self.sysctls) = (name, summary, groups, sysctls)
    (self.sysctlsAllowed, self.allowBelowRFC, self.file) = (sysctlsAllowed, allowBelowRFC, file)
  }

  /// Returns whether a plan may name the key.
  package func allows(_ key: SysctlKey) -> Bool {
    sysctlsAllowed?.contains { Glob($0).matches(key.rawValue) } ?? true
  }
}

extension [Profile] {
  /// The keys on whose values they have a say.
  package var sysctlKeys: [SysctlKey] { flatMap(\.sysctls).map(\.key) }
}
