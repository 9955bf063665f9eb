package import TCPModel

/// Settings together with the rules of the kernel they are read by.
package struct Host: Sendable {
  package var snapshot: SettingsSnapshot
  package var rules: KernelRules

  /// The host that a snapshot was taken from.
  package init(_ snapshot: SettingsSnapshot) throws(Unknown) {
    self.snapshot = snapshot
    rules = try KernelRules(of: snapshot)
  }

  /// A host of this release that nobody has set anything on, at every common tick.
  package init(defaultsOf kernel: KernelVersion) throws(Unknown) {
    try self.init(.defaults(of: kernel))
  }

  /// The same settings and kernel at every common tick as well: what holds there holds wherever
  /// configuration management carries it.
  package var atEveryTick: Host {
    var host = self
    host.rules = rules.with(
      tickRates: TickRate.common + rules.tickRates.filter { !TickRate.common.contains($0) })
    return host
  }

  /// Returns the host with sysctls changed; keys that it does not have stay absent.
  package func applying(_ sysctls: [SysctlKey: SysctlValue]) -> Host {
    var host = self
    for (key, value) in sysctls where snapshot[key] != .absent {
      host.snapshot[key] = .value(value)
    }
    return host
  }
}
