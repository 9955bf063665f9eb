package import TCPModel

/// What is written to keys at boot, one after the other.
package struct BootSequence: Sendable {
  package let settings: BootSettings
  /// What the loader of the boot makes of the files, and what the other one would.
  package let load, otherLoad: SysctlLoad
  /// What TuneD applies again; nil if it does not.
  private let reapplied: SysctlLoad?

  package init(of settings: BootSettings) {
    self.settings = settings
    load = settings.configuration.load(
      by: settings.loader.loader, isRun: settings.loader.unit.mask == nil)
    otherLoad = settings.configuration.load(by: settings.loader.other)
    reapplied =
      settings.acts.contains { $0.reappliesFiles && $0.isAtBoot }
      ? settings.configuration.load(by: .tuned) : nil
  }

  /// Returns what is written to a key at the next boot, the last that the kernel takes holds.
  package func writes(to key: SysctlKey) -> [BootWrite] { writes(to: key, after: load) }

  /// Returns what is written where one of the loaders runs at boot.
  func writes(to key: SysctlKey, after load: SysctlLoad) -> [BootWrite] {
    let byLoader = load.writes(to: key)
    let acts = settings.acts.filter(\.isAtBoot)
    return acts.filter(\.isBeforeFiles).flatMap { $0.writes(to: key) }
      + byLoader.map { BootWrite($0) }
      + acts.filter { !$0.isBeforeFiles }.flatMap { act in
        act.writes(to: key)
          + (act.reapplies(key) ? reapplied?.writes(to: key) ?? [] : [])
          // The line that holds anyway is no other owner's.
          .map { BootWrite($0, by: $0 == byLoader.last ? nil : act.owner) }
      }
  }

  /// The keys that anything sets by name, sorted.
  package var keys: [SysctlKey] {
    Set(
      load.keys + otherLoad.keys + settings.acts.flatMap { $0.settings.compactMap(\.pattern.key) }
    )
    .filter { $0.rawValue.isName }.sorted()
  }

  /// The globs that set anything.
  package var globs: [SysctlGlob] {
    let patterns =
      (load.entries + otherLoad.entries).filter { $0.value != nil }.map(\.statement.pattern)
      + settings.acts.flatMap { $0.settings.map(\.pattern) }
    return Set(patterns.compactMap(\.glob)).filter { $0.path.isName }.sorted { $0.path < $1.path }
  }

  package func provenance(of key: SysctlKey) -> Provenance {
    Provenance(
      key: key, loader: settings.loader, modules: settings.modules, claims: load.claims(on: key),
      entry: load.winner(for: key), otherEntry: otherLoad.winner(for: key),
      owned: settings.acts.flatMap { act in
        act.settings.filter { $0.pattern.matches(key) }.map { (act, $0) }
      },
      writes: writes(to: key), otherWrites: writes(to: key, after: otherLoad))
  }
}

extension OwnerAct {
  /// Whether it sets a key again as files say.
  fileprivate func reapplies(_ key: SysctlKey) -> Bool {
    reappliesFiles && !reappliesNot.contains { Glob($0).matches(key.rawValue) }
  }

  fileprivate func writes(to key: SysctlKey) -> [BootWrite] {
    settings.filter { $0.pattern.matches(key) }.map { BootWrite($0, by: owner) }
  }
}

/// Where a key's value comes from.
package struct Provenance: Sendable {
  package let key: SysctlKey
  package let loader: BootLoader
  package let modules: BootModules
  /// All that sysctl files say of it, and what the loader of the boot makes of that.
  package let claims: [SysctlClaim]
  /// What holds of the files under the loader of the boot, and under the other one.
  package let entry, otherEntry: SysctlEntry?
  /// What other owners do to it, whether at boot or not.
  package let owned: [(act: OwnerAct, setting: OwnedSetting)]
  /// What is written at the next boot; the last holds that the kernel takes.
  package let writes: [BootWrite]
  /// The same where the other loader runs instead.
  package let otherWrites: [BootWrite]
}
