/// All that sets sysctls as a host boots: files with their loader, and then other owners.
package struct BootSettings: Hashable, Sendable {
  package var configuration: SysctlConfiguration
  package var loader: BootLoader
  /// What other owners do, in the order in which they begin.
  package var acts: [OwnerAct]
  package var modules: BootModules

  package init(
    _ configuration: SysctlConfiguration = SysctlConfiguration(),
    loader: BootLoader = BootLoader(.systemdRuns), acts: [OwnerAct] = [],
    modules: BootModules = BootModules()
  ) {
    (self.configuration, self.loader, self.acts) = (configuration, loader, acts)
    self.modules = modules
  }

  /// All that a host's files show besides its sysctl files.
  package init(_ configuration: SysctlConfiguration, on files: any HostFiles) {
    self.init(
      configuration, loader: BootLoader(on: files),
      acts: SysctlOwner.all.compactMap { $0.act(on: files) }, modules: BootModules(on: files))
  }

  /// What could not be read, with the errno's name. Names that lead nowhere are passed over, as by
  /// loaders.
  package var unread: [String: String] {
    let configured =
      configuration.files.values.joined() + [configuration.mainFile].compactMap(\.self)
    let files = configured.compactMap { file in file.errno.map { (file.path, $0) } }
    return Dictionary(files + acts.flatMap { Array($0.unread) }) { $1 }
      .merging(configuration.unreadDirectories) { $1 }
      .filter { $1 != "ENOENT" }
  }

  /// What of that the loader, which is root, may read all the same, so that it may set what is not known
  /// here.
  package var unknown: [String: String] {
    let harmless = acts.filter { !$0.isAtBoot || !$0.settings.isEmpty }.flatMap(\.unread.keys)
    return unread.filter {
      !["EISDIR", "ELOOP", "ENOTDIR"].contains($1) && !harmless.contains($0)
    }
  }
}
