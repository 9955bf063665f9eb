package import SysctlFiles

/// What lies around a host's settings: files that would override a plan, and processes that live
/// where it does not reach.
package struct DeploymentContext: Hashable, Sendable {
  /// Lines that keep planned values from holding once the drop-in is there.
  package var overrides: [SysctlOverride]
  /// The file that keeps systemd from starting its loader, so that no drop-in is applied at boot; nil if
  /// none does.
  package var loaderMask: String?
  /// Files that could not be read, with the errno's name.
  package var unreadFiles: [String: String]
  /// Processes in other network namespaces, and how many namespaces these are.
  package var processesElsewhere, namespacesElsewhere: Int
  /// Processes whose namespace this user may not see.
  package var processesUnseen: Int

  package init(
    overrides: [SysctlOverride] = [], loaderMask: String? = nil,
    unreadFiles: [String: String] = [:], processesElsewhere: Int = 0,
    namespacesElsewhere: Int = 0, processesUnseen: Int = 0
  ) {
    (self.overrides, self.loaderMask, self.unreadFiles) = (overrides, loaderMask, unreadFiles)
    self.processesElsewhere = processesElsewhere
    self.namespacesElsewhere = namespacesElsewhere
    self.processesUnseen = processesUnseen
  }
}
