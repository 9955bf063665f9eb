package import TCPModel

/// What lies around a host's settings: files that would override a plan, and processes that live
/// where it does not reach.
package struct DeploymentContext: Hashable, Sendable {
  /// A line of a file that is read after the drop-in and sets a planned key.
  package struct Override: Hashable, Sendable {
    package var file: String
    package var line: Int
    package var key: SysctlKey
    package var value: String

    package init(file: String, line: Int, key: SysctlKey, value: String) {
      (self.file, self.line, self.key, self.value) = (file, line, key, value)
    }
  }

  package var overrides: [Override]
  /// Files that could not be read, with the errno's name.
  package var unreadFiles: [String: String]
  /// Processes in other network namespaces, and how many namespaces these are.
  package var processesElsewhere, namespacesElsewhere: Int
  /// Processes whose namespace this user may not see.
  package var processesUnseen: Int

  package init(
    overrides: [Override] = [], unreadFiles: [String: String] = [:], processesElsewhere: Int = 0,
    namespacesElsewhere: Int = 0, processesUnseen: Int = 0
  ) {
    (self.overrides, self.unreadFiles) = (overrides, unreadFiles)
    self.processesElsewhere = processesElsewhere
    self.namespacesElsewhere = namespacesElsewhere
    self.processesUnseen = processesUnseen
  }
}
