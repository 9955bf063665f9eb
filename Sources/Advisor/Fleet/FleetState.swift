import TCPModel

/// What decides how a host stands under profiles: hosts of one state are judged once, and of each state
/// nothing else is kept.
struct FleetState: Hashable {
  /// The place of the profiles among those of the fleet.
  let profiles: Int
  /// Nil where the capture names none.
  let release: String?
  private let hertz: Int?
  private let isWhole: Bool
  /// Of the keys that decide, in their order.
  private let values: [HostCapture.Value?]
  /// What the host has, where this is another network namespace of it.
  private let valuesOfHost: [HostCapture.Value?]?
  /// By the places of keys that decide.
  private let valuesAtBoot: [Int: String]
  private let ofDevices: [SysctlKey: String]

  /// - Parameter namespace: another one than the host's own.
  init(
    of capture: HostCapture, in namespace: HostCapture.Namespace? = nil, under profiles: Int,
    _ keys: FleetKeys
  ) {
    let deciding = keys.deciding[profiles]
    self.profiles = profiles
    hertz = capture.hertz
    isWhole = keys.isWhole(capture.values)
    let ofHost = deciding.map { capture.values[$0] }
    if let namespace {
      // What a namespace does not show is the host's.
      values = zip(deciding, ofHost).map { namespace.values[$0] ?? $1 }
      (valuesOfHost, valuesAtBoot, ofDevices) = (ofHost, [:], namespace.ofDevices)
    } else {
      (values, valuesOfHost, ofDevices) = (ofHost, nil, capture.ofDevices)
      valuesAtBoot =
        capture.valuesAtBoot.isEmpty
        ? [:] : capture.valuesAtBoot.filter { deciding.contains($0.key) }
    }
    release = capture.release.map { [isWhole] text in
      guard let kernel = KernelVersion(text), isWhole, !Self.differing.contains(kernel) else {
        return text
      }
      return kernel.series
    }
  }

  /// The series of which stable releases do not all do the same.
  private static let differing = Set(
    Dictionary(grouping: KernelRules.everyRelease) { $0 }.filter { $0.value.count > 1 }.keys)

  var kernel: KernelVersion? { release.flatMap { KernelVersion($0) } }

  var isOfNamespace: Bool { valuesOfHost != nil }

  /// The settings that decide, as a host has them, or a namespace of it.
  func host(_ keys: FleetKeys) throws(Unknown) -> Host { try Host(snapshot(values, keys)) }

  /// The settings of the host, where this is another namespace of it; nil where it is not.
  func hostAround(_ keys: FleetKeys) throws(Unknown) -> Host? {
    guard let valuesOfHost else { return nil }
    return try Host(snapshot(valuesOfHost, keys))
  }

  /// The same after the next boot; nil where that is not known, or changes nothing.
  func hostAtBoot(_ keys: FleetKeys) throws(Unknown) -> Host? {
    if valuesAtBoot.isEmpty { return nil }
    var snapshot = snapshot(values, keys)
    for (place, text) in valuesAtBoot {
      snapshot[keys.keys[place]] = HostCapture.Value.text(text).reading(of: keys.keys[place])
    }
    return try Host(snapshot)
  }

  private func snapshot(_ values: [HostCapture.Value?], _ keys: FleetKeys) -> SettingsSnapshot {
    var readings: [SysctlKey: SysctlReading] = [:]
    for (place, value) in zip(keys.deciding[profiles], values) {
      let key = keys.keys[place]
      // What most keys are in, and this one is not, was not there.
      readings[key] = value?.reading(of: key) ?? (isWhole ? .absent : nil)
    }
    for (key, text) in ofDevices {
      readings[key] = SysctlReading(parsing: text, for: SysctlCatalog.definition(of: key))
    }
    let snapshot = SettingsSnapshot(
      source: "the capture", kernel: kernel, tickRate: hertz.flatMap { TickRate(hertz: $0) },
      readings: readings, capture: SettingsCapture(.dump))
    return isWhole ? snapshot : snapshot.assumingDefaults()
  }
}
