extension SettingsSnapshot {
  /// Returns the compiled defaults of a release, as a new network namespace has them.
  package static func defaults(of kernel: KernelVersion, tickRate: TickRate? = nil) -> Self {
    let known = SysctlCatalog.all.filter { $0.exists(in: kernel) }
    let readings = known.compactMap { sysctl in
      sysctl.defaultValue(in: kernel).map { (sysctl.key, SysctlReading(parsing: $0, for: sysctl)) }
    }
    return Self(
      source: "the compiled defaults of Linux \(kernel)", kernel: kernel, tickRate: tickRate,
      readings: Dictionary(uniqueKeysWithValues: readings))
  }

  /// Returns the same settings under another release: keys it lacks are absent, keys it adds have
  /// their default. Here the version table decides; presence counts only for the snapshot's own
  /// release, and so does its tick.
  ///
  /// What a capture that names no release does not say is assumed.
  package func moved(to release: KernelVersion) -> Self {
    // The snapshot's own release: what it shows is what that kernel has, backports included.
    if release == kernel { return assumingDefaults() }
    guard let kernel else {
      var named = self
      named.kernel = release
      return named.withoutKeys(after: release).assuming(Self.defaults(of: release))
    }
    return assumingDefaults().moved(from: kernel, to: release)
  }

  /// What a partial capture does not say has the default of its kernel.
  package func assumingDefaults() -> Self {
    guard let kernel, kernel >= KernelRules.oldest, capture != nil, !isWhole else { return self }
    return assuming(Self.defaults(of: kernel))
  }

  private func moved(from kernel: KernelVersion, to release: KernelVersion) -> Self {
    var moved = withoutKeys(after: release)
    let defaults = Self.defaults(of: release)
    for sysctl in SysctlCatalog.all where sysctl.exists(in: release) {
      let isNew = !sysctl.exists(in: kernel) && self[sysctl.key] == .absent
      if isNew || assumed.contains(sysctl.key) { moved[sysctl.key] = defaults[sysctl.key] }
    }
    // Another kernel may be built with another tick.
    (moved.kernel, moved.tickRate) = (release, nil)
    return moved
  }

  private func withoutKeys(after release: KernelVersion) -> Self {
    var older = self
    for sysctl in SysctlCatalog.all where !sysctl.exists(in: release) {
      older[sysctl.key] = .absent
      older.assumed.remove(sysctl.key)
    }
    return older
  }

  /// With the defaults of what is not told; a key that is told to be missing stays absent.
  private func assuming(_ defaults: Self) -> Self {
    var whole = self
    for (key, reading) in defaults.readings where readings[key] == nil {
      whole[key] = reading
      whole.assumed.insert(key)
    }
    return whole
  }

  /// Whether a key that a capture does not have was not there: it has most keys that every kernel has.
  package var isWhole: Bool { Self.isWhole { readings[$0] != nil } }

  /// Returns the same of a capture that has some keys.
  package static func isWhole(having isThere: (SysctlKey) -> Bool) -> Bool {
    2 * keysOfEveryKernel.count(where: isThere) > keysOfEveryKernel.count
  }

  private static let keysOfEveryKernel = SysctlCatalog.tcp.filter { $0.since == nil }.map(\.key)
}
