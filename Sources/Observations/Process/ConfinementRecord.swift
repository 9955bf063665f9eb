/// What a process had given up when it answered.
package struct ConfinementRecord: Hashable, Sendable {
  /// What it kept the right to do, in words.
  package var rights: [String]
  /// Names such as `CAP_NET_ADMIN`.
  package var capabilitiesKept, capabilitiesDropped: [String]
  /// Whether programs that it starts get no rights that it lacks.
  package var hasNoNewPrivileges: Bool
  /// Whether a filter of system calls refuses what it gave up.
  package var filtersCalls: Bool
  /// The version of Landlock, if that guards files.
  package var landlock: Int?
  /// What the kernel did not let it give up: the call, and the errno.
  package var failures: [String]

  package init(
    rights: [String], capabilitiesKept: [String], capabilitiesDropped: [String],
    hasNoNewPrivileges: Bool, filtersCalls: Bool, landlock: Int?, failures: [String]
  ) {
    (self.rights, self.failures) = (rights, failures)
    (self.capabilitiesKept, self.capabilitiesDropped) = (capabilitiesKept, capabilitiesDropped)
    (self.hasNoNewPrivileges, self.filtersCalls) = (hasNoNewPrivileges, filtersCalls)
    self.landlock = landlock
  }
}
