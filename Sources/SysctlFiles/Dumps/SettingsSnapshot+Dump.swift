package import TCPModel

extension SettingsSnapshot {
  /// The settings that a dump holds; its own `kernel.osrelease` names the kernel.
  package init(_ dump: SysctlDump, source: String) {
    var readings: [SysctlKey: SysctlReading] = [:]
    for (key, value) in dump.values {
      readings[key] = SysctlReading(parsing: value, for: SysctlCatalog[key])
    }
    for (key, errno) in dump.denied { readings[key] = .denied(errno) }
    self.init(
      source: source,
      kernel: dump.values[SysctlKey("kernel.osrelease")].flatMap { KernelVersion($0) },
      tickRate: nil, readings: readings)
  }
}
