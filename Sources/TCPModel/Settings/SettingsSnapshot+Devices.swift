package import NetAddress

extension SettingsSnapshot {
  /// Returns the devices whose own neighbour settings are known, but for the loopback, sorted.
  package func neighbourDevices(_ family: AddressFamily) -> [String] {
    let devices = readings.compactMap { key, reading in
      reading == .absent || key.family != family ? nil : key.device
    }
    return Set(devices).subtracting(["lo"]).sorted()
  }

  /// Returns what the devices have of their own of a neighbour setting that is for all of them.
  package func ofDevices(_ key: SysctlKey) -> [(device: String, reading: SysctlReading)] {
    let devices = key.family.map(neighbourDevices) ?? []
    return devices.map { ($0, self[key.ofDevice($0)]) }
  }

  /// Returns the same with what decides about neighbours in the place of what all devices begin
  /// with.
  ///
  /// That is what the named device has. Where none is named and what all begin with is not shown, as
  /// in every network namespace but the first, it is what the only device has, or any of those that
  /// have the same. Where they differ nothing decides.
  package func decidingAboutNeighbours() -> Self {
    var deciding = self
    for family in AddressFamily.allCases {
      let keys = Scenario.neighbourSysctls.filter { $0.family == family }
      let untold = keys.filter { self[$0] == .absent || assumed.contains($0) }
      guard namedDevice != nil || !untold.isEmpty,
        let device = namedDevice ?? onlyDevice(family, with: untold)
      else { continue }
      deciding.decidingDevices[family] = device
      let hasOwn = keys.contains { self[$0.ofDevice(device)] != .absent }
      for key in namedDevice == nil ? untold : keys {
        let own = self[key.ofDevice(device)]
        if own == .absent, hasOwn || assumed.contains(key) { continue }
        deciding[key] = own
        deciding.assumed.remove(key)
      }
    }
    return deciding
  }

  /// Returns the device that stands for all; nil where there is none, or where they differ.
  private func onlyDevice(_ family: AddressFamily, with keys: [SysctlKey]) -> String? {
    let devices = neighbourDevices(family)
    guard let first = devices.first else { return nil }
    let settings = keys.map { self[$0.ofDevice(first)] }
    let isShared = devices.dropFirst().allSatisfy { device in
      zip(keys, settings).allSatisfy { key, setting in self[key.ofDevice(device)] == setting }
    }
    return isShared ? first : nil
  }

  /// Returns the key that a neighbour setting is read from, where a device decides; other keys stay
  /// as they are.
  package func decidingKey(_ key: SysctlKey) -> SysctlKey {
    key.family.flatMap { decidingDevices[$0] }.map(key.ofDevice) ?? key
  }

  /// Returns why a sysctl is not there.
  func absence(of key: SysctlKey) -> String {
    let absence = "\(decidingKey(key)) is not in \(source)"
    let devices = key.family.map(neighbourDevices) ?? []
    guard key.family.map({ decidingDevices[$0] == nil }) ?? false, let first = devices.first else {
      return absence
    }
    return "\(absence), and the devices differ: name \(first) or another with --device"
  }
}
