package import TCPModel

/// All there is to say about one sysctl on one host.
package struct SysctlExplanation: Sendable {
  package let sysctl: Sysctl
  package let snapshot: SettingsSnapshot
  package let scenarios: [ScenarioExplanation]
  package let pitfalls: [ApplicablePitfall]
  /// How it stands against the files of the host; nil where there are none.
  package let standing: SysctlStanding?

  package init(of sysctl: Sysctl, in whatIf: WhatIf, standing: SysctlStanding? = nil) {
    // What a device has of its own decides what happens on it.
    let modelled = sysctl.key.sharedByDevices ?? sysctl.key
    let setting = Setting.sysctl(modelled)
    (self.sysctl, snapshot, self.standing) = (sysctl, whatIf.snapshot, standing)
    var whatIf = whatIf
    if let device = sysctl.key.device { whatIf.snapshot.namedDevice = device }
    let deciding = sysctl.key == modelled ? snapshot.decidingAboutNeighbours() : snapshot
    scenarios =
      deciding[sysctl.key] == .absent
      ? []
      : Scenario.allCases.filter { $0.tells(setting) }.map {
        ScenarioExplanation(of: whatIf.experiment($0, family: setting.family))
      }
    pitfalls = ApplicablePitfall.all(of: setting, in: whatIf)
  }

  package var key: SysctlKey { sysctl.key }
  package var reading: SysctlReading { snapshot[key] }
  /// What the devices have of their own, where the neighbour table is not shown; empty elsewhere.
  package var ofDevices: [(device: String, reading: SysctlReading)] {
    reading == .absent ? snapshot.ofDevices(key) : []
  }
  package var preference: String? { sysctl.preference }

  /// What this kernel has compiled in; nil if it computes it, or if nobody knows the kernel.
  package var usual: String? {
    snapshot.kernel.flatMap { sysctl.exists(in: $0) ? sysctl.defaultValue(in: $0) : nil }
  }

  /// Whose setting it is on this kernel; nil if that changed and the kernel is not known.
  package var scope: Sysctl.Scope? { sysctl.scope(in: snapshot.kernel) }

  /// The first release that refuses what is outside the range, where this kernel is older; it may
  /// take more.
  package var rangeCheckedSince: KernelVersion? {
    guard let kernel = snapshot.kernel, let since = sysctl.rangeCheckedSince else { return nil }
    return kernel < since ? since : nil
  }

  /// What this kernel takes; nil if it checks nothing, or if that depends on an unknown tick.
  package var range: ClosedRange<Int>? {
    guard sysctl.isKeptInJiffies else { return sysctl.range }
    return snapshot.tickRate.map { tick in
      let most = Int(Int32.max) / tick.hertz
      return -most...most
    }
  }
}
