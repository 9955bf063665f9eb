/// The settings of one host or network namespace at one time.
package struct SettingsSnapshot: Sendable {
  /// Where the settings came from, as the report names it: `/proc/sys`, a file, `standard input`.
  package var source: String
  /// nil when the capture does not say which kernel it was taken from.
  package var kernel: KernelVersion?
  /// nil when the tick cannot be known, as of a captured file.
  package var tickRate: TickRate?
  /// The network namespace, for example `net:[4026531840]`; nil when it cannot be known.
  package var namespace: String?
  package var readings: [SysctlKey: SysctlReading]

  package init(
    source: String, kernel: KernelVersion?, tickRate: TickRate?, namespace: String? = nil,
    readings: [SysctlKey: SysctlReading]
  ) {
    (self.source, self.kernel, self.tickRate) = (source, kernel, tickRate)
    (self.namespace, self.readings) = (namespace, readings)
  }

  package subscript(key: SysctlKey) -> SysctlReading {
    get { readings[key] ?? .absent }
    set { readings[key] = newValue }
  }

  /// The compiled defaults of a release, as a new network namespace has them.
  package static func defaults(of kernel: KernelVersion, tickRate: TickRate? = nil) -> Self {
    let known = SysctlCatalog.all.filter { $0.exists(in: kernel) }
    let readings = known.compactMap { sysctl in
      sysctl.defaultValue(in: kernel).map { (sysctl.key, SysctlReading(parsing: $0, for: sysctl)) }
    }
    return Self(
      source: "the compiled defaults of Linux \(kernel)", kernel: kernel, tickRate: tickRate,
      readings: Dictionary(uniqueKeysWithValues: readings))
  }

  /// Whether its kernel has a socket option, by the release; taken for granted where that is not known.
  package func mayHave(_ option: SocketOptionInfo) -> Bool {
    kernel.map(option.exists) ?? true
  }

  /// The same settings under another release: keys it lacks are absent, keys it adds have their
  /// default. Here the version table decides; presence counts only for the snapshot's own release.
  package func moved(to release: KernelVersion) -> Self {
    // The snapshot's own release: what it shows is what that kernel has, backports included.
    if release == kernel { return self }
    var moved = self
    let defaults = Self.defaults(of: release)
    for sysctl in SysctlCatalog.all {
      if !sysctl.exists(in: release) {
        moved[sysctl.key] = .absent
      } else if self[sysctl.key] == .absent, kernel.map({ !sysctl.exists(in: $0) }) ?? true {
        moved[sysctl.key] = defaults[sysctl.key]
      }
    }
    moved.kernel = release
    return moved
  }
}
