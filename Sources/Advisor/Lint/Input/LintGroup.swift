package import SysctlFiles
package import TCPModel

/// Files that are loaded together, in any order.
package struct LintGroup: Sendable {
  package let files: [LintFile]
  /// The same as loaders see them; nil where it is not known which are loaded, or just one is.
  package let configuration: SysctlConfiguration?
  /// Whether they are those that this host reads at boot.
  package let isHost: Bool

  package init(_ files: [LintFile], configuration: SysctlConfiguration? = nil, isHost: Bool = false)
  {
    (self.files, self.configuration, self.isHost) = (files, configuration, isHost)
  }
}

/// What is known of the machine that files are for.
package struct LintHost: Sendable {
  /// The modules that are there at boot: built in, or loaded by modules-load.d; nil: unknown.
  package var modules: BootModules?
  /// Nil: unknown.
  package var tickRate: TickRate?

  package init(modules: BootModules? = nil, tickRate: TickRate? = nil) {
    (self.modules, self.tickRate) = (modules, tickRate)
  }
}
