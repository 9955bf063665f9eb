package import SysctlFiles
package import TCPModel

extension SettingsSnapshot {
  /// Returns the settings that files give at boot, all others as the kernel has them compiled in;
  /// these are `assumed`.
  ///
  /// - Parameters:
  ///   - remarks: what to know of the kernel that is taken.
  ///   - others: keys besides that the catalogue does not list.
  package init(
    atBoot sequence: BootSequence, source: String, of kernel: KernelVersion,
    tickRate: TickRate? = nil, remarks: [SettingsCapture.Remark] = [],
    and others: [SysctlKey] = []
  ) {
    self = .defaults(of: kernel, tickRate: tickRate)
    self.source = source
    capture = SettingsCapture(.files, remarks: remarks)
    assumed = Set(readings.keys)
    boot(with: sequence, and: others)
  }

  /// Returns what is left after the next boot: what files give, and defaults for the rest. What the
  /// kernel computes stays as it is.
  package func booted(with sequence: BootSequence) -> Self {
    var booted = self
    for sysctl in SysctlCatalog.all where self[sysctl.key].value != nil {
      guard let kernel, sysctl.exists(in: kernel), let usual = sysctl.defaultValue(in: kernel)
      else { continue }
      booted[sysctl.key] = SysctlReading(parsing: usual, for: sysctl)
    }
    booted.boot(with: sequence, and: [])
    return booted
  }

  /// Writes what the boot writes.
  private mutating func boot(with sequence: BootSequence, and others: [SysctlKey]) {
    let known = SysctlCatalog.all.filter { sysctl in
      kernel.map { sysctl.exists(in: $0) } ?? true
    }
    for key in known.map(\.key) + others {
      for write in decided(sequence.writes(to: key), on: key, from: self[key].printed) {
        self.write(write, to: key)
      }
    }
  }

  /// What the kernel refuses leaves the key as it is.
  private mutating func write(_ write: BootWrite, to key: SysctlKey) {
    guard let text = write.value else {
      self[key] = .denied("\(write.owner ?? "its owner") chooses it (\(write.place))")
      assumed.remove(key)
      return
    }
    switch WrittenValue(text, to: key, on: self) {
    case .taken(let value): self[key] = .value(value)
    case .partial(let numbers):
      guard let held = self[key].value?.numbers else { return }
      self[key] = .value(SysctlValue(numbers + held.dropFirst(numbers.count)))
    case .refused: return
    }
    assumed.remove(key)
  }
}
